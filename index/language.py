"""Which language a text or a question is in.

Scripts and little words decide first: they need no model, so a question costs microseconds.
Only what they leave open goes to py3langid, whose model takes about half a second to load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from index.function_words import WORDS
from index.types import UNKNOWN_LANG

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE_CHARS = 4000
"""How much of a text is looked at, from its start; code points."""
MIN_LETTERS = 2
"""A text with fewer letters has no language."""
MIN_SCORE = 1.0
"""Least evidence by little words: one word that no other listed language uses."""
MIN_LEAD = 0.7
"""How far the first language must lead the second, of the same unit."""
MIN_CONFIDENCE = 0.25
"""Least probability, as py3langid gives it, for a language to be named."""

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’\-][\p{L}\p{M}]+)*")
_ONE_LANGUAGE = {
    "Thai": "th", "Hangul": "ko", "Hiragana": "ja", "Katakana": "ja", "Georgian": "ka",
    "Armenian": "hy", "Hebrew": "he", "Greek": "el", "Bengali": "bn", "Tamil": "ta",
    "Telugu": "te", "Gujarati": "gu", "Kannada": "kn", "Malayalam": "ml", "Gurmukhi": "pa",
    "Sinhala": "si", "Khmer": "km", "Lao": "lo", "Myanmar": "my", "Ethiopic": "am",
    "Han": "zh",
}  # fmt: skip
_SCRIPT = regex.compile(
    "|".join(rf"(?P<{name}>\p{{{name}}})" for name in _ONE_LANGUAGE)
    + r"|(?P<Latin>\p{Latin})|(?P<Cyrillic>\p{Cyrillic})|(?P<Arabic>\p{Arabic})"
    r"|(?P<Devanagari>\p{Devanagari})"
)
_FOLDED = {"no": "nb", "nn": "nb"}
_TELLTALES = (
    ("Cyrillic", regex.compile("[ёыэЁЫЭ]"), "ru"),
    ("Cyrillic", regex.compile("[іїєґІЇЄҐ]"), "uk"),
    ("Arabic", regex.compile("[ٹڈڑںے]"), "ur"),
    ("Arabic", regex.compile("[پچژگکی]"), "fa"),
    ("Arabic", regex.compile(r"[ةإأ]|\bال|\b(?:من|في|على|ما|هل|متى|كم|أين|هو|هي)\b"), "ar"),
    ("Devanagari", regex.compile(r"\b(?:है|हैं|था|थे|थी|का|की|के|में|को|और|क्या|कौन|कब)\b"), "hi"),
)


def detect(text: str) -> str:
    """ISO 639-1 code of the language of ``text``; ``UNKNOWN_LANG`` when it cannot be told."""
    return _detect(text[:SAMPLE_CHARS], frozenset())


def detect_question(text: str, prefer: Collection[str] = ()) -> str:
    """The language of a question, however short.

    ``prefer`` names likely languages, as those of the articles: one of them is taken when the
    evidence does not speak against it, and Malay counts as Indonesian (or the other way round)
    when only that one is preferred.
    """
    return _detect(text[:SAMPLE_CHARS], frozenset(prefer))


def _detect(text: str, prefer: frozenset[str]) -> str:
    script, letters = _script(text)
    if (letters < MIN_LETTERS and script == "Latin") or not letters:
        return UNKNOWN_LANG
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    for of_script, pattern, lang in _TELLTALES:
        if script == of_script and pattern.search(text):
            return lang
    lang = (_by_words(text, prefer) if script == "Latin" else None) or _by_model(text, prefer)
    if lang == "ms" and "id" in prefer and "ms" not in prefer:
        return "id"
    return lang


def _script(text: str) -> tuple[str, int]:
    """The script of most letters, and how many letters there are."""
    counts = Counter(match.lastgroup or "" for match in _SCRIPT.finditer(text))
    if not counts:
        return "", 0
    kana = counts["Hiragana"] + counts["Katakana"]
    if kana * 10 > counts["Han"]:  # Japanese is written in Han and kana; Chinese has no kana
        counts["Hiragana"] += counts["Katakana"] + (counts["Han"] if kana else 0)
        counts["Han"] = 0
    return max(sorted(counts), key=counts.__getitem__), counts.total()


def _by_words(text: str, prefer: frozenset[str]) -> str | None:
    """The language its little words speak for; ``None`` when they leave it open."""
    scores: Counter[str] = Counter()
    for match in _WORD.finditer(text.replace("’", "'").lower()):
        scores.update(WORDS.get(match.group(), {}))
    if not scores:
        return None
    if "id" in scores or "ms" in scores:
        malay_only = scores["ms"] > scores["id"] + (MIN_LEAD if "ms" not in prefer else 0)
        scores[_DROPPED[malay_only]] = 0
    (first, best), *others = scores.most_common(2)
    second = others[0][1] if others else 0
    return first if best >= MIN_SCORE and best - second >= MIN_LEAD else None


_DROPPED = {True: "id", False: "ms"}


def _by_model(text: str, prefer: frozenset[str]) -> str:
    """The language that py3langid names, or a preferred one about as likely."""
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    first, best = ranked[0]
    for lang, probability in ranked:
        if lang in prefer and probability * 4 >= best:
            return lang
    return _FOLDED.get(first, first) if best >= MIN_CONFIDENCE else UNKNOWN_LANG


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """Loaded on first use: the import and the model take about 0.7 s."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([lang for lang in identifier.labels if len(lang) == 2])
    return identifier
