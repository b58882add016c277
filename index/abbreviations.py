"""Words that end in a full stop without ending a sentence; Indonesian, English and neighbours.

All entries are case-folded and stand without their last full stop, except ``STARTERS``.
"""

from __future__ import annotations

NEVER_END = frozenset(
    # Titles and forms of address, which a name follows.
    "prof dr drs dra ir h hj kh k.h ust tn ny nn sdr sdri mr mrs ms messrs st sr hon rev fr gen "
    "maj lt col sgt capt cmdr adm brig gov sen rep pres gubern irjen brigjen komjen jend letjen "
    "mayjen kol letkol kapt kompol akbp akp ipda iptu bripka herr hr frau dott sig ing lic doc "
    "mme mlle sra srta dña d.ª "
    # What a number, place or thing follows.
    "rp no nos nr pt cv ud jl jln jend gg kav kec kab kel kp ds rt rw tlp telp hp art pp hlm hal "
    "vol vols ed eds fig figs cf e.g i.e viz vs v approx ca c.f a.n u.p d.a c.q s.d tgl thn "
    "jan feb mar apr agt agu ags sep sept okt oct nov des dec z.b d.h u.a bzw art.".split()
)
MAY_END = frozenset(
    # These may close a sentence; they do when a usual first word follows.
    "dll dsb dst dkk etc al inc ltd co corp bros jr sn phd ph.d m.d b.a m.a a.m p.m a.s u.s u.k "
    "u.n e.u d.c s.h s.e s.t s.pd m.si m.hum m.pd s.sos s.ag s.kom m.sc b.sc tbk bhd sdn plc ave "
    "blvd rd usw z.o.o s.a s.p.a".split()
)
STARTERS = frozenset(
    "Ia Dia Mereka Kami Kita Saya Itu Ini Hal Namun Tetapi Tapi Sementara Selain Menurut Pada Di "
    "Dalam Dari Untuk Karena Setelah Sebelum Ketika Saat Jika Bila Adapun Sedangkan Oleh Dengan "
    "Kemudian Lalu Para Seorang Sebuah Akan Juga Bahkan Hingga Sebelumnya Beliau Nama Apa Siapa "
    "The He She It They We I You A An This That These Those In On At But And However After Before "
    "When While As For From His Her Its Their There If Since Then Although What Who Where Why How "
    "Der Die Das Er Sie Es Le La Les Il Elle El Los Las Él Ella Een De Het".split()
)
"""Capitalised words that seldom are part of a name and often begin a sentence."""
GERMAN_MONTHS = frozenset(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)
"""After "3." these go on with the date."""
