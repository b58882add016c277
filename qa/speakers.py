"""Who is speaking: the speaker of a reported statement, where the article names one.

Read from the words around the statement, in English and Indonesian: '…," kata X', "X mengatakan",
"menurut X", "said X", "according to X". A pronoun ("katanya", "ia mengatakan") stands for the
speaker of one of the sentences just before it; where none is named, nobody is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from index.sentences import PARAGRAPH, sentences
from index.types import Article, Span
from qa.kinds import Kind, candidates
from qa.types import Quote
from qa.values.names import BODIES, FIELDS, OFFICE, TITLES, people
from qa.words import FUNCTION_WORDS, fold

BACK = 3
"""How many sentences back a pronoun's speaker is looked for."""
ON = 4
"""How many sentences on the attribution of a long quotation is looked for."""

_TOLD = r"kata|ujar|tutur|ucap|jelas|ungkap|tegas|papar|imbuh|tambah|lanjut|sambung|terang|pungkas"
_AFTER = regex.compile(
    rf"""(?<!\p{{L}})(?:
        (?:{_TOLD}|sebut|tulis|said|says|added|wrote|according\sto|menurut|mengutip|quoting|citing)
      | (?:disampaikan|diungkapkan|dikatakan|dinyatakan|ditegaskan)(?:\soleh)?
    )\s(?:(?:sebuah\s|a\s|the\s)?(?:pernyataan|laporan|statement|report)\s(?:oleh|dari|by|from)\s)?
    (?:the\s)?(?=\p{{L}})""",
    regex.X | regex.I,
)
"""The speaker's name follows these words."""
_VERBS = r"""(?:
        mengatakan|menyebut(?:kan)?|melaporkan|mengklaim|berkata|menambahkan|menuturkan
      | mengungkapkan|menjelaskan|memaparkan|said|says|claims|claimed|reports|reported|told|added
      | (?:menyatakan|menegaskan|menekankan|mengumumkan|menulis|mengaku|membantah|memperingatkan
        |meng(?:k)?onfirmasi|menilai|menyampaikan|stated|announced|warned|insisted|denied|wrote
        |argued|acknowledged|confirmed|explained|stressed|believes)
        (?=\s(?:lagi\s|kembali\s|again\s)?(?:bahwa|jika|that)\b|[:,]?\s[“"])
    )(?!\p{L})"""
"""Some of these tell of deeds as well ("announced a mobilisation") unless "that" follows."""
_BEFORE = regex.compile(rf"(?<!\p{{L}}){_VERBS}", regex.X | regex.I)
"""The speaker's name stands before these words."""
_PRONOUN = regex.compile(
    rf"""(?<!\p{{L}})(?:{_TOLD})nya(?!\p{{L}})
      | (?<!\p{{L}})(?:ia|dia|beliau|he|she)\s(?:(?:juga|also|kemudian|lalu|later|then)\s)?{_VERBS}
      | (?<!\p{{L}})(?:said|says|kata|ujar|menurut)\s(?:he|she|ia|dia|beliau)(?!\p{{L}})
      | (?<!\p{{L}})(?:menurut|according\sto)(?:nya|\shim|\sher)(?!\p{{L}})""",
    regex.X | regex.I,
)
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}’'-]*(?:\.(?=\s\p{Lu}))?")
_SKIPPED = frozenset(
    "juga telah sudah kembali sebelumnya kemudian pun lalu sendiri also later has have had".split()
)
"""Words between a speaker and the verb."""
_LINKS = frozenset("of the for bin binti van de al von di dan and".split())
_NO_SUBJECT = frozenset(
    """
    hingga sampai dengan dari oleh untuk kepada ke di pada antara terhadap atas dalam maupun serta
    with from by to of in on at between as until against
    """.split()
)
"""A name after one of these is not who speaks."""
_NO_SPEAKER = frozenset(
    """
    laporan pernyataan data sumber dokumen survei studi penelitian artikel
    report reports statement data document survey study article research
    """.split()
)
_OPEN, _CLOSE = "“«„", "”»"


class _Said(NamedTuple):
    """An attribution: who says it, and which stretch of the text is what they say."""

    speaker: Span | None
    """``None`` for a pronoun."""
    scope: Span


def spoken(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes with their speakers, grown by a sentence where only that names the speaker.

    A quote never grows beyond its passage, nor into another quote.
    """
    found: list[Quote] = []
    for quote in quotes:
        speaker, span = speaker_of(quote.article, quote.span, quote.answer)
        passage = quote.hit.passage.span
        if not passage.start <= span.start < span.end <= passage.end or any(
            one is not quote
            and one.article.id == quote.article.id
            and one.span.start < span.end
            and span.start < one.span.end
            for one in (*found, *quotes)
        ):
            span = quote.span
        found.append(replace(quote, speaker=speaker, span=span))
    return tuple(found)


def speaker_of(
    article: Article, span: Span, answer: Span | None = None
) -> tuple[Span | None, Span]:
    """The speaker of the sentence at ``span`` of an article, and the span that shows it.

    That span is ``span`` itself, or ``span`` and the sentence next to it. With ``answer``, of
    several speakers in a sentence the one who says this stretch.
    """
    text = article.text
    paragraph = next(
        Span(*m.span()) for m in PARAGRAPH.finditer(text) if m.start() <= span.start < m.end()
    )
    around = sentences(text, paragraph)
    at = answer.start if answer else span.start
    own = _attributions(text, span)
    said = next((one for one in own if one.scope.start <= at < one.scope.end), None)
    if said is None and own and answer is None:
        said = own[0]
    if said is not None:
        return said.speaker or _before(text, span.start), span
    if not _quoted(text, paragraph, span):
        return None, span
    following = [one for one in around if one.start >= span.end][:ON]
    preceding = [one for one in around if one.end <= span.start][-1:]
    for place, near in enumerate([*following, *preceding]):
        if not (own := _attributions(text, near)):
            continue
        speaker = own[0].speaker or _before(text, near.start)
        adjoins = place == 0 or near in preceding
        grown = Span(min(span.start, near.start), max(span.end, near.end))
        return speaker, grown if adjoins and speaker else span
    return None, span


def _before(text: str, start: int) -> Span | None:
    """The speaker last named in the few sentences before ``start``."""
    for sentence in reversed(sentences(text, Span(max(0, start - 2000), start))[-BACK:]):
        named = [one.speaker for one in _attributions(text, sentence) if one.speaker]
        if named:
            return named[-1]
    return None


def _attributions(text: str, span: Span) -> list[_Said]:
    """The attributions in one sentence, in the order of their verbs."""
    marks: list[tuple[int, int, Span | None, bool]] = []
    for match in _AFTER.finditer(text, *span):
        if name := _name_at(text, match.end(), span.end):
            leads = not text[span.start : match.start()].strip(" “\"'(")
            marks.append((match.start(), name.end, name, leads))
    for match in _BEFORE.finditer(text, *span):
        if name := _name_until(text, span, match.start()):
            marks.append((name.start, match.end(), name, True))
    for match in _PRONOUN.finditer(text, *span):
        opens = not text[span.start : match.start()].strip(" “\"'(")
        marks.append((match.start(), match.end(), None, opens))
    marks.sort(key=lambda mark: mark[0])
    said = []
    for place, (start, _, speaker, leads) in enumerate(marks):
        since = marks[place - 1][1] if place else span.start
        until = next((m[0] for m in marks[place + 1 :] if m[3]), span.end)
        said.append(_Said(speaker, Span(start if leads else since, until)))
    if marks and not marks[-1][3]:  # what closes the sentence speaks all of it
        return [_Said(marks[-1][2], span)]
    return said


def _name_at(text: str, start: int, end: int) -> Span | None:
    """The name that begins at ``start``; an office may be followed by a comma and its holder."""
    words: list[regex.Match[str]] = []
    for word in _WORD.finditer(text, start, end):
        if words and text[words[-1].end() : word.start()] not in (" ", "\xa0", ", "):
            break
        comma = bool(words) and text[words[-1].end()] == ","
        if comma and (word[0].islower() or candidates(word[0], Kind.TIME) or not _office(words)):
            break
        if not _part(word[0]) and not (words and fold(word[0]) in _LINKS):
            break
        words.append(word)
    return _named(text, words)


def _name_until(text: str, span: Span, end: int) -> Span | None:
    """The name that ends before the verb at ``end``."""
    before = list(_WORD.finditer(text, span.start, end))
    while before and (
        fold(before[-1][0]) in _SKIPPED
        or (len(before) > 1 and fold(before[-2][0]) == "secara" and before[-1][0].islower())
        or fold(before[-1][0]) == "secara"
    ):
        before.pop()
    words: list[regex.Match[str]] = []
    while before and (_part(before[-1][0]) or (words and fold(before[-1][0]) in _LINKS)):
        gap_end = words[0].start() if words else end
        if words and text[before[-1].end() : gap_end] not in (" ", "\xa0"):
            break
        words.insert(0, before.pop())
    if before and words and fold(before[-1][0]) in _NO_SUBJECT:
        near = text[before[-1].end() : words[0].start()]
        return None if near.isspace() else _named(text, words)
    return _named(text, words)


def _named(text: str, words: list[regex.Match[str]]) -> Span | None:
    """The span of ``words`` when they name somebody; a name ends with a capitalised word."""
    while words and words[-1][0].islower():
        words = words[:-1]
    while words and (fold(words[0][0]) in _LINKS or fold(words[0][0]) in FUNCTION_WORDS):
        if words[0][0].isupper() and len(words[0][0]) > 1:
            break
        words = words[1:]
    capitals = [word for word in words if word[0][0].isupper()]
    if not capitals or fold(words[0][0]) in _NO_SPEAKER:
        return None
    end = words[-1].end()
    return Span(words[0].start(), end - text[:end].endswith("."))


def _part(word: str) -> bool:
    """Whether a word may be part of a name with its title."""
    folded = fold(word)
    return word[0].isupper() or folded in TITLES or folded in FIELDS or folded in BODIES


def _office(words: list[regex.Match[str]]) -> bool:
    """Whether they name an office without its holder."""
    parts = people(" ".join(word[0] for word in words))
    return any(fact.startswith(OFFICE) for part in parts for fact in part)


def _quoted(text: str, paragraph: Span, span: Span) -> bool:
    """Whether the sentence at ``span`` begins inside quotation marks, or with one."""
    if text[span.start] in f'{_OPEN}"':
        return True
    before = text[paragraph.start : span.start]
    opened = max(before.rfind(mark) for mark in _OPEN)
    closed = max(before.rfind(mark) for mark in _CLOSE)
    return opened > closed or before.count('"') % 2 == 1
