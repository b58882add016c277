"""Which kind of answer a question asks for, and what is found of that kind."""

from __future__ import annotations

import pytest

from qa.expected import expected
from qa.kinds import Kind, candidates


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("who mediated the ceasefire?", Kind.PERSON),
        ("Siapakah juru bicaranya?", Kind.PERSON),
        ("Kapan perang berakhir?", Kind.TIME),
        ("Tahun berapa perang berakhir?", Kind.TIME),
        ("In what year did the war end?", Kind.TIME),
        ("Berapa lama perang berlangsung?", Kind.DURATION),
        ("How many were killed when the war began?", Kind.NUMBER),
        ("Dimanakah perundingan berlangsung?", Kind.PLACE),
        ("Which city hosted the talks?", Kind.NAME),
        ("Apa penyebab perang itu?", Kind.REASON),
        ("why did it rain", Kind.REASON),
        ("Apa itu OSCE?", Kind.DEFINITION),
        ("Apa maksud kata itu?", Kind.DEFINITION),
        ("What does OSCE stand for?", Kind.DEFINITION),
        ("What is the Minsk Group?", Kind.DEFINITION),
        ("What is the root of the long hostility?", Kind.OTHER),
        ("Sejak kapan mereka berperang?", Kind.TIME),
        ("Pada tanggal berapa perang pecah?", Kind.TIME),
        ("Hari apa pertemuan itu?", Kind.TIME),
        ("On which day did they meet?", Kind.TIME),
        ("Sebutkan tanggal gencatan senjata!", Kind.TIME),
        ("How long did the war last?", Kind.DURATION),
        ("How long is the river?", Kind.NUMBER),
        ("Berapa tahun ia memerintah?", Kind.DURATION),
        ("Pada tahun berapa ia memerintah?", Kind.TIME),
        ("Seberapa jauh jaraknya?", Kind.NUMBER),
        ("What was the death toll?", Kind.NUMBER),
        ("What is the area of Jember?", Kind.NUMBER),
        ("Di negara mana Ganja terletak?", Kind.PLACE),
        ("In which American city did they meet?", Kind.PLACE),
        ("Negara mana yang menengahi?", Kind.NAME),
        ("Which three powers called for peace?", Kind.NAME),
        ("Kota dan desa Armenia mana saja yang digempur?", Kind.NAME),
        ("Apa nama ibu kota Swiss?", Kind.NAME),
        ("What is the currency of Japan?", Kind.NAME),
        ("What are such storms called?", Kind.NAME),
        ("Sebutkan nama para menteri!", Kind.NAME),
        ("Sebutkan alasan perang itu!", Kind.REASON),
        ("What led to the war?", Kind.REASON),
        ("Whose soldiers were killed?", Kind.PERSON),
        ("Apa yang dikatakan Peskov?", Kind.OTHER),
        ("What did Peskov say?", Kind.OTHER),
        ("Wer hat vermittelt?", Kind.OTHER),
    ],
)
def test_the_question_says_what_kind_of_answer_it_wants(question: str, kind: Kind) -> None:
    assert expected(question) is kind


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Pecah pada Selasa dini hari (13/9) lalu.", Kind.TIME, ["Selasa dini hari (13/9)"]),
        ("Sejak 27 September 2020 dan tahun 1994.", Kind.TIME, ["27 September 2020", "1994"]),
        ("Pada 13:30 GMT, November lalu.", Kind.TIME, ["13:30 GMT, November lalu"]),
        ("Lebih dari 6.600 orang tewas pada 1994.", Kind.NUMBER, ["6.600"]),
        ("Sekitar 30 ribu orang, dua tentara.", Kind.NUMBER, ["30 ribu", "dua"]),
        ("Luasnya 44km2 sejak tahun 1999.", Kind.NUMBER, ["44km2"]),
        (
            "Tingginya 3,5 meter, Rp 500 ribu, 12 persen.",
            Kind.NUMBER,
            ["3,5 meter", "Rp 500 ribu", "12 persen"],
        ),
        ("Pada usia 61 tahun ia wafat.", Kind.NUMBER, ["61 tahun"]),
        ("Perang enam tahun, 1967 sampai 1998.", Kind.DURATION, ["enam tahun", "1967 sampai 1998"]),
        ("Tiga hari lalu dan bertahun-tahun, enam mil.", Kind.DURATION, ["bertahun-tahun"]),
        ("Abad ke-5 SM (322 SM) dan 44 orang.", Kind.TIME, ["Abad ke-5 SM (322 SM)"]),
        ("Dari 1644 - 1911, pada awal abad ke-18.", Kind.TIME, ["1644", "1911", "awal abad ke-18"]),
        ("OSCE adalah sebuah organisasi.", Kind.DEFINITION, ["organisasi"]),
        ("Dikenal sejak ribuan tahun yang lalu.", Kind.TIME, ["ribuan tahun yang lalu"]),
        ("Menurut Presiden Ilham Aliyev, pada Selasa.", Kind.PERSON, ["Presiden Ilham Aliyev"]),
        ("“Pada 13:30 GMT, dengan mediasi Rusia.", Kind.PERSON, ["Rusia"]),
        ("Ketegangan antara Baku dan Yerevan.", Kind.PERSON, ["Baku", "Yerevan"]),
        ("Moskow menengahi. Sejumlah orang.", Kind.PERSON, ["Moskow"]),
        ("Menurut Letkol. H. Basry dan A. Rahman.", Kind.PERSON, ["Letkol. H. Basry", "A. Rahman"]),
        ("Lahir di Ulm, Jerman.", Kind.PLACE, ["Ulm, Jerman"]),
        ("Terletak di bagian barat pulau Jawa.", Kind.PLACE, ["bagian barat pulau Jawa"]),
        ("Rusia menerbitkan buku “laut biru”.", Kind.NAME, ["Rusia", "laut biru"]),
        ("Dia bertemu di kota Ganja dengan Price.", Kind.PLACE, ["Ganja"]),
        ("Jalan tutup karena hujan lebat.", Kind.REASON, ["karena hujan lebat"]),
        ("Apa saja 12 Ganja karena.", Kind.OTHER, []),
    ],
)
def test_stretches_of_a_kind_are_found(text: str, kind: Kind, found: list[str]) -> None:
    assert [text[start:end] for start, end in candidates(text, kind)] == found
