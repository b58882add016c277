"""Words that end in a full stop without ending a sentence; Indonesian, English and neighbours.

Without their last full stop. ``STARTERS`` and ``GERMAN_MONTHS`` are as written, all else is in
lower case.
"""

from __future__ import annotations

NEVER_END = frozenset(
    "prof dr drs dra jl jln pt cv tn ny nn mr mrs ms messrs k.h e.g i.e cf viz approx c.f a.n u.p "
    "d.a c.q s.d z.b d.h u.a bzw hr dhr mevr mme mlle sra d.ª".split()
)
"""A name or thing always follows these."""
TITLES = frozenset(
    "h hj kh ir ud ust sdr sdri hon rev fr gen maj lt col sgt capt cmdr adm brig gov sen rep pres "
    "st irjen brigjen komjen jend letjen mayjen kol letkol kapt kompol akbp akp ipda iptu bripka "
    "kec kab kel kp ds kav gg mgr msgr insp det supt frau herr dott sig ing lic doc nyi".split()
)
"""A name follows these when they begin with a capital ("Sen. Warren", but "lima sen.")."""
NUMBERED = frozenset(
    "no nos nr rp us$ art ps pp p hlm hal vol vols fig figs ch sec rt rw telp tel tgl thn ca kl "
    "jan feb mar apr jun jul aug agt agu ags sep sept okt oct nov des dec".split()
)
"""A number follows these; before a word they are words themselves ("banyak hal.")."""
MAY_END = frozenset(
    "dll dsb dst dkk etc al inc ltd co corp bros jr sr sn phd ph.d m.d b.a m.a a.m p.m a.s u.s u.k "
    "u.n e.u d.c s.h s.e s.t s.pd m.si m.hum m.pd s.sos s.ag s.kom m.sc b.sc tbk bhd sdn plc ave "
    "blvd rd usw z.o.o s.a s.p.a vs".split()
)
"""These close a sentence when one of STARTERS follows."""
STARTERS = frozenset(
    "Ia Dia Mereka Kami Kita Saya Itu Ini Hal Namun Tetapi Tapi Sementara Selain Menurut Pada Di "
    "Dalam Dari Untuk Karena Setelah Sebelum Ketika Saat Jika Bila Adapun Sedangkan Oleh Dengan "
    "Kemudian Lalu Para Seorang Sebuah Akan Juga Bahkan Hingga Sebelumnya Beliau Apa Siapa Seperti "
    "Sejak Beberapa Banyak Meski Meskipun Akibat Atas Bagi Salah Sebanyak Sekitar Tidak Ada Maka "
    "Dan Atau Kini Jadi Hanya Semua Setiap Bukan Terkait "
    "The He She It They We I You A An This That These Those In On At But And However After Before "
    "When While As For From His Her Its Their There If Since Then Although What Who Where Why How "
    "Der Die Das Er Sie Es Le La Les Il Elle El Los Las Él Ella Een De Het".split()
)
"""Capitalised words that seldom are part of a name and often begin a sentence."""
GERMAN_MONTHS = frozenset(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)
"""After "3." these go on with the date."""
