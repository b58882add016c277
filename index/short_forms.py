"""Indonesian short forms and what they stand for: "menlu" is "menteri luar negeri".

The news uses both, often in one article, and neither BM25 nor the encoder knows that they are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

_WORDS = """
menlu=menteri luar negeri
menhan=menteri pertahanan
menkeu=menteri keuangan
menkes=menteri kesehatan
mendagri=menteri dalam negeri
mendag=menteri perdagangan
mentan=menteri pertanian
menag=menteri agama
menaker=menteri ketenagakerjaan
menhub=menteri perhubungan
mensos=menteri sosial
menpora=menteri pemuda dan olahraga
mendikbud=menteri pendidikan dan kebudayaan
menkumham=menteri hukum dan hak asasi manusia
mensesneg=menteri sekretaris negara
menko=menteri koordinator
wamenlu=wakil menteri luar negeri
wamenhan=wakil menteri pertahanan
wapres=wakil presiden
wagub=wakil gubernur
wabup=wakil bupati
kemlu=kementerian luar negeri
kemenlu=kementerian luar negeri
kemhan=kementerian pertahanan
kemenhan=kementerian pertahanan
kemenkeu=kementerian keuangan
kemenkes=kementerian kesehatan
kemendagri=kementerian dalam negeri
kemendag=kementerian perdagangan
kemenag=kementerian agama
kemenhub=kementerian perhubungan
kemensos=kementerian sosial
dubes=duta besar
kedubes=kedutaan besar
konjen=konsul jenderal
jubir=juru bicara
sekjen=sekretaris jenderal
dirjen=direktur jenderal
dirut=direktur utama
kades=kepala desa
capres=calon presiden
cawapres=calon wakil presiden
caleg=calon legislatif
cagub=calon gubernur
pilpres=pemilihan presiden
pilkada=pemilihan kepala daerah
pileg=pemilihan legislatif
pemilu=pemilihan umum
parpol=partai politik
ormas=organisasi kemasyarakatan
pemda=pemerintah daerah
pemprov=pemerintah provinsi
pemkot=pemerintah kota
pemkab=pemerintah kabupaten
perda=peraturan daerah
polda=kepolisian daerah
polres=kepolisian resor
polsek=kepolisian sektor
kapolda=kepala kepolisian daerah
kapolres=kepala kepolisian resor
kapolsek=kepala kepolisian sektor
lapas=lembaga pemasyarakatan
rutan=rumah tahanan
bandara=bandar udara
puskesmas=pusat kesehatan masyarakat
rudal=peluru kendali
ponsel=telepon seluler
medsos=media sosial
bansos=bantuan sosial
miras=minuman keras
sembako=sembilan bahan pokok
lansia=lanjut usia
"""
_CAPITALS = """
AS=Amerika Serikat
ASN=aparatur sipil negara
BI=Bank Indonesia
BUMN=badan usaha milik negara
DPR=Dewan Perwakilan Rakyat
HAM=hak asasi manusia
IMF=Dana Moneter Internasional
KBRI=kedutaan besar Republik Indonesia
KPK=Komisi Pemberantasan Korupsi
KTT=konferensi tingkat tinggi
LSM=lembaga swadaya masyarakat
MA=Mahkamah Agung
MK=Mahkamah Konstitusi
MPR=Majelis Permusyawaratan Rakyat
OKI=Organisasi Kerja Sama Islam
PBB=Perserikatan Bangsa-Bangsa
PDB=produk domestik bruto
PM=perdana menteri
PNS=pegawai negeri sipil
RI=Republik Indonesia
RS=rumah sakit
RUU=rancangan undang-undang
TKI=tenaga kerja Indonesia
TNI=Tentara Nasional Indonesia
UE=Uni Eropa
UU=undang-undang
WHO=Organisasi Kesehatan Dunia
WNA=warga negara asing
WNI=warga negara Indonesia
"""


def _pairs(lines: str) -> Iterator[tuple[str, str]]:
    for line in lines.split("\n"):
        if line:
            short, _, full = line.partition("=")
            yield short, full


_FULL = dict(chain(_pairs(_WORDS), _pairs(_CAPITALS)))
_SHORT: dict[str, str] = {}
for _short, _full in _FULL.items():
    _known = _SHORT.get(_full.casefold())
    _SHORT[_full.casefold()] = f"{_known} {_short}" if _known else _short
LONGEST = max(len(full.split()) for full in _SHORT)
"""Words of a full form, at most."""


def full_form(word: str) -> str | None:
    """What a short form stands for; those of capitals only count in capitals: "as" is an axle."""
    return _FULL.get(word) or _FULL.get(word.casefold())


def short_forms(phrase: str) -> str | None:
    """The short forms of a phrase, with spaces between them."""
    return _SHORT.get(phrase.casefold())
