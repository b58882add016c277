"""What is clutter: small named rules, each of which only takes lines that it is sure of.

A rule that looks at one line alone is a pattern in ``LINE_RULES``; the others are functions over
the page, in ``PAGE_RULES``. When in doubt a line stays: a button in a quote is ugly, a lost
sentence is a wrong answer.
"""

from __future__ import annotations

from collections.abc import Callable

import regex

from index.cleaning import labels
from index.cleaning.datelines import dateline
from index.cleaning.lines import Line, ends_as_prose
from index.cleaning.page import Page

LABEL_MAX = 160
"""Longest line that may be a link, a label or a credit; code points."""
NAME_WORDS = 10
"""Most words of a name, or of names, in a credit."""
END_RULES = frozenset({"copyright", "about", "comments", "notice", "credit", "tags", "related"})
"""Rules whose lines stand after an article."""

_PROSE_END = regex.compile(r"[.!?…。！？؟۔।॥։][\"'”’»)\]」』]*$")
_INITIALS = r"[A-Za-z]{2,5}(?: ?[/\-,] ?[A-Za-z]{2,5}){0,3}|\*{1,3}"
_OWN_LINE_INITIALS = regex.compile(rf"[(\[] ?(?:{_INITIALS}) ?[)\]]|\*{{3,}}")
_TRAILING_INITIALS = regex.compile(
    r"(?<=[.!?…\"”]) ?[(\[]"
    r"(?:(?P<pair>[a-z]{2,5}(?: ?/ ?[a-z]{2,5}){1,3})|[A-Za-z]{2,4}|\*{1,3})[)\]]$"
)
_AGENCY = r"(?:(?i:reuters|antara(?: foto)?|getty images|xinhua)|AFP|AP(?: Photo)?|EPA)"
_PHOTO_CREDIT = regex.compile(
    rf"(?<=[.!?)”\"]) ?(?:{_AGENCY}/[\w.\-/ ]{{2,50}}(?: ?\([^()/]{{2,30}}/[^()]{{2,40}}\))?"
    rf"|\((?:(?i:foto|photo|dok|kredit)\b[.:]? ?[^()]{{2,50}}|{_AGENCY}/[^()]{{2,50}})\))$"
)
_CAPTION = regex.compile(
    rf"[^.!?]{{3,150}}(?:/(?:(?i:net|ist(?:imewa)?|repro|dok|rmol|instagram|twitter)|{_AGENCY})"
    r"|\((?i:foto|photo|dok|kredit)\b[^()]{2,50}\))"
)


def take_label_lines(page: Page) -> None:
    """Lines that are nothing but a known label, link, credit or notice."""
    for index, line in enumerate(page.lines):
        if len(line.text) > 2 * LABEL_MAX:
            continue
        for name, pattern in LINE_RULES.items():
            match = pattern.fullmatch(line.text)
            if match and not _may_be_prose(line, match):
                page.drop(index, name)
                break


def take_links(page: Page) -> None:
    """ "Baca juga: …" ("Read also: …"), "Related articles", and the links right below them."""
    below_label = False
    for index in page.kept():
        line = page.lines[index]
        match = labels.READ_ALSO.fullmatch(line.text)
        if match and _is_link(line, match):
            below_label = not match["rest"].strip(" :：-–—")
            page.drop(index, "related" if below_label and not match["strong"] else "read-also")
        elif below_label and not page.follows_blank[index] and is_short(line):
            page.drop(index, "read-also-link")
        else:
            below_label = False


def take_lone_datelines(page: Page) -> None:
    """A dateline that the page set on a line of its own: "Suara.com -"."""
    for index in page.kept():
        match = dateline(page.lines[index].text)
        if match and match.end() == len(page.lines[index].text):
            page.drop(index, "dateline")


def take_reactions(page: Page) -> None:
    """Reaction buttons: "Suka" ("Like") is one only when a percentage stands below it."""
    for index, (line, below) in enumerate(zip(page.lines, page.lines[1:], strict=False)):
        if labels.REACTION.fullmatch(line.text) and labels.PERCENT.fullmatch(below.text):
            page.drop(index, "widget")


def take_captions(page: Page) -> None:
    """Captions that are no sentence, by the credit at their end: "Antony Blinken/Net"."""
    for index in page.kept():
        line = page.lines[index]
        if _CAPTION.fullmatch(line.text) and not line.is_body:
            page.drop(index, "caption")


def cut_credits(page: Page) -> None:
    """Photo credits and editors' initials after the last full stop of a paragraph."""
    kept = page.kept()
    for index in kept:
        text = page.lines[index].text
        photo = _PHOTO_CREDIT.search(text, max(0, len(text) - 160))
        if photo:
            page.cut_tail(index, photo.start(), "photo-credit")
            text = page.lines[index].text
        initials = _TRAILING_INITIALS.search(text, max(0, len(text) - 30))
        if initials and (initials["pair"] or index == kept[-1]):
            page.cut_tail(index, initials.start(), "initials")


def take_tail(page: Page) -> None:
    """Links and slogans below the line that ends an article (credits, copyright, comments)."""
    body = [i for i in page.kept() if page.lines[i].is_body and not is_short(page.lines[i])]
    last_body = body[-1] if body else len(page.lines)
    ends = [i for i, rule in page.taken.items() if i > last_body and rule in END_RULES]
    if ends:
        for index in page.kept():
            if index > min(ends) and is_short(page.lines[index]):
                page.drop(index, "after-end")


def is_short(line: Line) -> bool:
    """Whether a line could be a headline: not long, and no full stop at its end."""
    stop = _PROSE_END.search(line.text)
    return len(line.text) <= LABEL_MAX and (not stop or stop.group()[0] in "?!")


def _may_be_prose(line: Line, match: regex.Match[str]) -> bool:
    """Whether the part of a matched line that its pattern does not know may be a sentence."""
    groups = match.groupdict()
    words = len((groups.get("free") or groups.get("name") or "").split())
    return words > NAME_WORDS or (words > 4 and ends_as_prose(line))


def _is_link(line: Line, match: regex.Match[str]) -> bool:
    rest = match["rest"].strip()
    if not rest:
        return True
    if len(line.text) > 2 * LABEL_MAX:
        return False
    if rest[0] in ":：»>|–—-":
        return len(line.text) <= LABEL_MAX or not ends_as_prose(line)
    return bool(match["strong"]) and is_short(line)


LINE_RULES: dict[str, regex.Pattern[str]] = {
    "widget": labels.WIDGET,
    "comments": labels.COMMENTS,
    "notice": labels.NOTICE,
    "contents": labels.CONTENTS,
    "copyright": labels.COPYRIGHT,
    "about": labels.ABOUT,
    "tags": labels.TAGS,
    "pages": labels.PAGES,
    "credit": labels.CREDIT,
    "source-credit": labels.SOURCE_CREDIT,
    "initials": _OWN_LINE_INITIALS,
}
PAGE_RULES: tuple[Callable[[Page], None], ...] = (
    take_label_lines,
    take_links,
    take_lone_datelines,
    take_reactions,
    take_captions,
)
