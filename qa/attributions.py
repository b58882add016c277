"""Attributions in a sentence: '…," kata X', "X mengatakan", "menurut X", "said X".

Read from words alone, in English and Indonesian together.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from index.types import Span
from qa.kinds import Kind, candidates
from qa.values.names import BODIES, FIELDS, OFFICE, TITLES, people
from qa.words import FUNCTION_WORDS, fold

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
_CLOSING = frozenset("said says added told reported reports claimed".split())
_WHEN = frozenset("on in at to during late early earlier yesterday today after".split())
REST = 6
"""How many words may follow an "X said" that closes a sentence: "on Friday", "in a statement"."""
FAR = 200
"""How far before its verb a speaker's name may begin, in code points."""
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


_SPEECH = regex.compile(
    rf"""(?<!\p{{L}})(?:
        \p{{L}}*(?:{_TOLD}|sebut|lapor|klaim|nyata|umumkan|tulis|bantah|tuduh|tuding|kecam|seru
          |imbau|desak|peringat|konfirmasi|sampaikan|bicara|komentar|kutip|nilai|akui)\p{{L}}*
      | (?:claim|report|announc|warn|insist|argu|acknowledg|confirm|explain|stress|believ|call
          |accus|blam|condemn|comment|spoke|quot|statement)\p{{L}}*
      | menurut|according|says?|said|tells?|told|state[ds]?|den(?:y|ied|ies)|wrote|writes?
      | urge[ds]?|speaks?
    )(?!\p{{L}})""",
    regex.X | regex.I,
)
"""Words of speech; a question without any does not ask who is speaking."""


class Said(NamedTuple):
    """An attribution: who says it, and which stretch of the text is what they say."""

    speaker: Span | None
    """``None`` for a pronoun."""
    scope: Span


def asks_for_speaker(question: str) -> bool:
    """Whether a question may ask who says something."""
    return _SPEECH.search(question) is not None


def attributions(text: str, span: Span) -> list[Said]:
    """The attributions in one sentence, in the order of their verbs."""
    marks: list[tuple[int, int, Span | None, bool]] = []
    for match in _AFTER.finditer(text, *span):
        if name := _name_at(text, match.end(), span.end):
            marks.append((match.start(), name.end, name, _opens(text, span, match.start())))
    for match in _BEFORE.finditer(text, *span):
        if name := _name_until(text, span, match.start()):
            marks.append((name.start, match.end(), name, not _closes(text, span, name, match)))
    for match in _PRONOUN.finditer(text, *span):
        marks.append((match.start(), match.end(), None, _opens(text, span, match.start())))
    marks.sort(key=lambda mark: mark[0])
    said: list[Said] = []
    until = span.end
    for place in reversed(range(len(marks))):
        start, _, speaker, leads = marks[place]
        since = marks[place - 1][1] if place else span.start
        said.append(Said(speaker, Span(start if leads else since, until)))
        until = start if leads else until
    if marks and not marks[-1][3]:  # what closes the sentence speaks all of it
        return [Said(marks[-1][2], span)]
    return said[::-1]


def _opens(text: str, span: Span, at: int) -> bool:
    """Whether nothing but marks stands in the sentence before ``at``."""
    return at - span.start < FAR and not text[span.start : at].strip(" “\"'(")


def _closes(text: str, span: Span, name: Span, verb: regex.Match[str]) -> bool:
    """Whether an English "X said" stands behind what is said: "Five died, Lee said."."""
    rest = min(span.end, verb.end() + FAR)
    after = [fold(word) for word in _WORD.findall(text, verb.end(), rest)]
    return (
        text.find(",", max(span.start, name.start - FAR), name.start) >= 0
        and fold(verb[0]) in _CLOSING
        and len(after) <= REST
        and "that" not in after
        and (not after or after[0] in _WHEN)
    )


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
    before = list(_WORD.finditer(text, max(span.start, end - FAR), end))
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
    adjoined = bool(before and words) and text[before[-1].end() : words[0].start()].isspace()
    if adjoined and fold(before[-1][0]) in _NO_SUBJECT:
        return None
    if adjoined and fold(before[-1][0]) not in FUNCTION_WORDS:
        while words and words[0][0].islower() and fold(words[0][0]) not in TITLES:
            words = words[1:]  # "the disaster agency BNPB": the name was cut at "disaster"
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
