"""Which kind of answer a question asks for.

Patterns for English and Indonesian together: they do not collide, so a question needs no language
label to be read. A question in another language gets ``Kind.OTHER`` and is answered without this
help.
"""

from __future__ import annotations

import re

from qa.kinds import Kind

_PLACES_EN = (
    "cit(?:y|ies)|towns?|villages?|countr(?:y|ies)|states?|places?|regions?|provinces?|districts?|"
    "islands?|continents?|areas?|capitals?"
)
_PLACES_ID = (
    "ibu ?kota|kota|desa|negara|tempat|daerah|wilayah|provinsi|kabupaten|kecamatan|distrik|pulau|"
    "benua"
)
_ACTORS_EN = (
    "part(?:y|ies)|groups?|bod(?:y|ies)|organi[sz]ations?|agenc(?:y|ies)|compan(?:y|ies)|teams?|"
    "peoples?|nations?|powers?|tribes?|clubs?|officials?|leaders?|ministers?|ministr(?:y|ies)|"
    "sides?|ships?|rivers?|mountains?"
)
_ACTORS_ID = (
    "partai|kelompok|badan|organisasi|lembaga|perusahaan|bangsa|kekuatan|suku|klub|tim|pejabat|"
    "pemimpin|menteri|kementerian|pihak|kapal|gunung|sungai"
)
_SIZES_EN = (
    "number|amount|area|population|height|length|depth|width|altitude|distance|age|size|weight|"
    "speed|temperature|percentage|proportion|share|price|cost|death toll|toll"
)
_SIZES_ID = (
    "jumlah|banyaknya|luas|jarak|tinggi|panjang|lebar|kedalaman|ketinggian|umur|usia|berat|"
    "kecepatan|suhu|persentase|harga|biaya"
)
_NO_VERB = r"(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b)"
_ASKS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.TIME,
        r"when|kapan(?:kah)?|bilamana|"
        r"(?:tahun|tanggal|bulan|hari|abad|jam|pukul) (?:ke[- ]?)?(?:berapa|apa|mana)(?:kah)?|"
        r"(?:(?:in|on|at|by|since|until|from|during) )?(?:what|which) "
        r"(?:year|date|day|month|time|century|decade)|what(?:'s| is| was) the date|"
        r"(?:sebutkan|give|state) (?:the )?(?:tanggal|tahun|date|year)",
    ),
    (
        Kind.DURATION,
        r"how long(?! (?:is|are|was|were) (?:the|a|an|its)\b)|how many (?:years|months|weeks|days|"
        r"hours|minutes)|(?:se|selama )?berapa lama(?:kah)?|selama apa|(?:selama )?berapa "
        r"(?:tahun|bulan|pekan|minggu|hari|jam|menit)(?:kah)?",
    ),
    (
        Kind.NUMBER,
        r"how (?:many|much|long|old|far|big|large|tall|high|often|fast|deep|wide|heavy)|"
        r"(?:se)?berapa(?:kah)?|"
        rf"(?:what(?:'s| is| was| are| were) the (?:\w+ )?|(?:what|which) |give the |state the )"
        rf"(?:{_SIZES_EN})|sebutkan (?:{_SIZES_ID})",
    ),
    (
        Kind.PLACE,
        r"where|(?:di|ke|dari|asal) ?mana(?:kah)?|"
        rf"(?:di|ke|dari|pada) (?:{_PLACES_ID})(?: [\w-]+){{0,3}}? (?:mana|apa)(?:kah)?|"
        rf"(?:in|at|to|from|near|on) (?:what|which) (?:\w+ )?(?:{_PLACES_EN})",
    ),
    (
        Kind.REASON,
        r"why|mengapa(?:kah)?|kenapa|karena apa|how come|(?:for )?what reason|"
        r"apa(?:kah)? (?:yang )?(?:menjadi )?"
        r"(?:penyebab|sebab|alasan|menyebabkan|membuat|memicu|pemicu)\w*|sebutkan (?:alasan|sebab)|"
        r"what (?:caused|causes|led to|made|prompted|triggered)|"
        r"what(?:'s| is| was| were| are) the (?:\w+ )?(?:reason|cause)s?",
    ),
    (Kind.PERSON, r"who(?:m|se)?|who's|siapa(?:kah)?"),
    (
        Kind.NAME,
        r"what(?:'s| is| was| are| were) the (?:\w+ )?(?:names?|title|capital|currency|nickname)|"
        r"what(?:'s| is| was| are| were) .*\bcalled|(?:di)?sebut(?:an(?:nya)?)? apa|"
        r"apa(?:kah)? (?:nama(?:nya)?|judul(?:nya)?|mata uang|sebutan|julukan)|"
        rf"apa(?:kah)? (?:{_PLACES_ID}|{_ACTORS_ID})|"
        rf"(?:{_PLACES_ID}|{_ACTORS_ID})(?: [\w-]+){{0,3}}? (?:mana|apa)(?:kah)?|"
        rf"(?:what|which) {_NO_VERB}(?:[\w-]+ ){{0,3}}?(?:{_PLACES_EN}|{_ACTORS_EN})|"
        r"^(?:tolong )?sebutkan|^(?:please )?(?:name|list)",
    ),
    (
        Kind.DEFINITION,
        r"^apa(?:kah)?(?: itu| (?:arti|makna|maksud|pengertian|definisi|kepanjangan)(?:nya)?|"
        r" yang di ?(?:maksud|sebut)(?:kan)?)|^apa(?:kah)?(?= [^\W\d_]+\s*\??$)|"
        r"^what (?:do|does|did) .*\b(?:mean|stand for)|"
        r"^what(?:'s| is| are| was| were) (?:meant by|the (?:meaning|definition))|"
        r"^what(?:'s| is| are| was| were)(?= (?:(?:an?|the) )?(?:[\w-]+ ){0,2}[\w-]+\s*\??$)",
    ),
)
_ASKING = [(kind, re.compile(rf"\b(?:{asks})(?!\w)", re.I)) for kind, asks in _ASKS]


def expected(question: str) -> Kind:
    """The kind of answer that ``question`` asks for: what it asks first decides."""
    found = (
        (match.start(), order, kind)
        for order, (kind, asking) in enumerate(_ASKING)
        if (match := asking.search(question))
    )
    return min(found, default=(0, 0, Kind.OTHER))[2]
