from __future__ import annotations

import pytest
from growth import grows_linearly

from index.sentences import sentences
from index.types import Article, Hit, Passage, Span
from qa.attributions import attributions
from qa.speakers import speaker_of, spoken
from qa.types import Quote


def article(text: str) -> Article:
    return Article("a", text, "id", "0" * 64)


def heard(text: str, sentence: str = "", answer: str = "") -> tuple[str | None, str]:
    """The speaker of the sentence that begins so (else the first), and what shows it."""
    span = next(s for s in sentences(text) if text[slice(*s)].startswith(sentence))
    place = Span(text.index(answer), text.index(answer) + len(answer)) if answer else None
    speaker, shown = speaker_of(article(text), span, place)
    return text[slice(*speaker)] if speaker else None, text[slice(*shown)]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“Kami menang,” kata Presiden Ilham Aliyev.", "Presiden Ilham Aliyev"),
        ('"Kami menang," ujar Wakil Menteri Luar Negeri Rusia, Andrey Rudenko, Senin (28/9).',
         "Wakil Menteri Luar Negeri Rusia, Andrey Rudenko"),
        ("Putin setuju, kata Kremlin dalam sebuah pernyataan.", "Kremlin"),
        ("Perbatasan tenang, kata sebuah pernyataan oleh Kementerian Pertahanan Rusia.",
         "Kementerian Pertahanan Rusia"),
        ("12 orang tewas, kata juru bicara BNPB Abdul Muhari, Senin (21/11).",
         "juru bicara BNPB Abdul Muhari"),
        ("Yerevan melaporkan 772 tentara tewas.", "Yerevan"),
        ("Di sisi lain, Baku juga melaporkan 63 warga sipil tewas.", "Baku"),
        ("Dalam pidatonya, Presiden Ilham Aliyev mengatakan bahwa 20 desa dikuasai.",
         "Presiden Ilham Aliyev"),
        ("Baku dan Yerevan melaporkan korban sipil.", "Baku dan Yerevan"),
        ("Menurut Kepala BNPB Suharyanto, 12 orang tewas.", "Kepala BNPB Suharyanto"),
        ("Hal itu disampaikan Bupati Cianjur Herman Suherman.", "Bupati Cianjur Herman Suherman"),
        ('"We won," said President Ilham Aliyev.', "President Ilham Aliyev"),
        ("Prime Minister Nikol Pashinyan told reporters that 50 died.",
         "Prime Minister Nikol Pashinyan"),
        ("The army lost 49 men, according to the Ministry of Defence.", "Ministry of Defence"),
        ("Blinken menegaskan bahwa damai perlu, menurut Price.", "Price"),
    ],
)  # fmt: skip
def test_a_statement_has_its_speaker(sentence: str, speaker: str) -> None:
    assert heard(sentence) == (speaker, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Laporan menyebutkan, 49 tentara tewas.",
        "“Konflik itu harus berakhir,” kata pernyataan itu.",
        "Azerbaijan telah mengumumkan mobilisasi parsial.",
        "Sejumlah negara termasuk Rusia hingga AS telah menyatakan bahwa mereka kecewa.",
        "Gencatan senjata diumumkan pada Selasa.",
        "Sebanyak 12 orang tewas di Palu.",
        "",
    ],
)
def test_where_nobody_is_named_nobody_speaks(sentence: str) -> None:
    text = f"{sentence} Perang usai."
    assert heard(text) == (None, text[slice(*sentences(text)[0])])


TWO = (
    "Baku mengklaim bahwa lebih dari 550 tentara Armenia tewas, "
    "sementara Yerevan mengatakan bahwa ratusan prajurit Azerbaijan tewas."
)


def test_in_english_the_speaker_may_close_the_sentence() -> None:
    closing = "The quake killed 310 people, Suharyanto said on Friday."
    assert heard(closing, answer="310")[0] == "Suharyanto"
    inside = "Five died, and Suharyanto said that 310 people are missing."
    assert heard(inside, answer="Five")[0] is None
    assert heard(inside, answer="310")[0] == "Suharyanto"


def test_of_two_speakers_the_one_of_the_answer_counts() -> None:
    assert heard(TWO, answer="550")[0] == "Baku"
    assert heard(TWO, answer="ratusan")[0] == "Yerevan"


@pytest.mark.parametrize(
    "second",
    ['"Jalan masih ditutup," katanya.', "Ia juga mengatakan bahwa jalan ditutup.",
     "Kata dia, jalan ditutup.", '"The road is closed," he said.'],
)  # fmt: skip
def test_a_pronoun_is_the_speaker_before(second: str) -> None:
    text = f"Bupati Herman Suherman mengatakan 12 orang tewas.\n\n{second}"
    assert heard(text, second[:6]) == ("Bupati Herman Suherman", second)
    assert heard(second) == (None, second)


def test_a_quotation_takes_its_attribution_along() -> None:
    first, second = "“Korban terus bertambah.”", "Hal itu disampaikan Bupati Herman Suherman."
    text = f"Gempa terjadi. {first} {second} Hujan turun."
    assert heard(text, "“") == ("Bupati Herman Suherman", f"{first} {second}")


LINE = "Kami melihat banyak rumah rusak dan warga mengungsi ke bukit."
LONG = f"“{' '.join([LINE] * 8)} Korban 12 orang,” kata Gubernur Ridwan Kamil."


def test_a_sentence_of_a_long_quotation_has_its_speaker_and_grows_by_one_at_most() -> None:
    found = [speaker_of(article(LONG), span) for span in sentences(LONG)]
    shown = [LONG[slice(*span)].count(LINE) for _, span in found]
    assert [speaker is not None for speaker, _ in found] == [False] * 4 + [True] * 5
    assert shown == [1] * 7 + [1, 0]
    assert LONG[slice(*found[-2][1])] == f"{LINE} Korban 12 orang,” kata Gubernur Ridwan Kamil."


def quote(text: str, start: str, passage: Span | None = None) -> Quote:
    span = next(s for s in sentences(text) if text[slice(*s)].startswith(start))
    whole = Passage(0, article(text), passage or Span(0, len(text)), 1)
    return Quote(whole.article, span, (), Hit(whole, 1, 1.0, 1, 1), 1.0)


QUOTED = "“Korban terus bertambah.” Hal itu disampaikan Bupati Herman Suherman. Hujan turun."


def test_a_quote_grows_within_its_passage_only() -> None:
    (grown,) = spoken([quote(QUOTED, "“")])
    assert grown.text == "“Korban terus bertambah.” Hal itu disampaikan Bupati Herman Suherman."
    assert grown.said_by == "Bupati Herman Suherman"
    (kept,) = spoken([quote(QUOTED, "“", Span(0, 25))])
    assert kept.text == "“Korban terus bertambah.”"
    assert kept.said_by == "Bupati Herman Suherman"


def test_quotes_never_overlap_by_growing() -> None:
    first, second = spoken([quote(QUOTED, "“"), quote(QUOTED, "Hal")])
    assert first.text == "“Korban terus bertambah.”"
    assert second.text == "Hal itu disampaikan Bupati Herman Suherman."
    assert first.said_by == second.said_by == "Bupati Herman Suherman"


def test_a_quote_without_a_speaker_stays_as_it_is() -> None:
    plain = quote(QUOTED, "Hujan")
    assert spoken([plain]) == (plain,)
    assert plain.said_by is None


@pytest.mark.parametrize("unit", ["Berg mengatakan ", "kata Menteri Berg, ", "ia berkata "])
def test_attributions_take_time_in_proportion_to_the_text(unit: str) -> None:
    assert grows_linearly(lambda text: attributions(text, Span(0, len(text))), unit, 2000)
