"""HTML that an extractor left in prose: ``caf&amp;eacute; <b>now</b>`` becomes ``café now``.

Text about HTML is left alone: a document in which a line names entities or tags, or writes one beside the character
that it means, and lines that are code or HTML source.
"""

import html.entities
import re
from collections.abc import Iterator
from functools import cache

from cleanr.code import is_code
from cleanr.edits import Edit
from cleanr.text import Line, Text

RULES = {
    "markup.entities": "Character references: caf&eacute; becomes café, and &amp;amp;lt; becomes <.",
    "markup.tags": "Tags around words of prose: it is <b>new</b> becomes it is new.",
    "markup.breaks": "Tags that break a line: one<br>two becomes one, line break, two.",
}
SCOPE = "document"

INLINE = "a|abbr|acronym|b|big|cite|em|font|i|mark|small|span|strong|tt|u"
BREAK = "br|p|div|h[1-6]|li|ul|ol|blockquote|section|article"
PUNCTUATION = ".,;:!?\"'()“”‘’«»"
LEAST_WORDS = 3  # outside of tags: a line with fewer is source, not prose with tags in it


@cache
def _entity() -> re.Pattern[str]:
    # Without a semicolon nothing is a reference: "&copy=1" is a part of a URL.
    ampersand = r"(?:amp|AMP|#0{0,5}38|#[xX]0{0,5}26);"
    name = r"#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31}"
    return re.compile(rf"&(?:{ampersand})*({name});")


@cache
def _tag() -> re.Pattern[str]:
    # An attribute has a value: "<p and q>" is mathematics, "<li wei>" is a name.
    attributes = r"""(?:\s{1,9}[\w:-]{1,40}\s?=\s?(?:"[^"<>]{0,500}"|'[^'<>]{0,500}'|[^\s"'<>=]{1,300})){0,20}\s{0,9}"""
    return re.compile(
        rf"<(?P<close>/?)(?P<inline>{INLINE}){attributes}>|<(?P<end>/?)(?P<break>{BREAK}){attributes}/?>", re.IGNORECASE
    )


@cache
def _about() -> re.Pattern[str]:
    """A word for markup."""
    return re.compile(
        r"\b(?:html|xml|xhtml|tags?|entit(?:y|ies)|elements?|markup|attributes?|escap(?:e[sd]?|ing)"
        r"|unescaped?|character references?|ampersands?|angle brackets?|semicolons?|css|javascript"
        r"|entité|entidad(?:es)?|entität(?:en)?|entità|balises?|etiquetas?|etichett[ae]|теги?|тегов)\b",
        re.IGNORECASE,
    )


@cache
def _quoted() -> re.Pattern[str]:
    """A reference or a tag in quotes: it is spoken about."""
    return re.compile(r"[\"'“‘`](?:(?:&amp;)?&#?\w{2,31};|</?\w{1,12}\s?/?>)[\"'”’`]|&lt;/?\w{1,12}\s?/?&gt;")


@cache
def _mention() -> re.Pattern[str]:
    """A reference or a tag that stands as a word of its own."""
    return re.compile(
        r"(?<![^\s\"'“‘`(])(?:&(?!(?:amp|nbsp|lt|gt);)#?\w{2,31};|</?\w{1,12}\s?/?>)(?![^\s\"'”’`).,;:?!])"
    )


def guard(text: Text) -> bool:
    return "&" in text.signs and ";" in text.raw or "<" in text.signs


def find(text: Text) -> Iterator[Edit]:
    """Propose the characters that references stand for, and prose without its tags."""
    lines = [text.line(i) for i in text.lines_at(text.places("&<"))]
    closed = {"br"}
    if text.kind == "text":
        tags = (match for line in lines if "<" in line.text for match in _tag().finditer(line.text))
        closed.update(match["break"].lower() for match in tags if match["end"])
    edits = [edit for line in lines for edit in _line(line, closed, tags=text.kind == "text")]
    if edits and not any(_is_about(line.text) for line in lines):
        yield from edits


def _line(line: Line, closed: set[str], *, tags: bool) -> Iterator[Edit]:
    entities = _entities(line) if "&" in line.text and ";" in line.text else ()
    edits = sorted([*entities, *(_tags(line, closed) if tags and "<" in line.text else ())])
    if edits and not is_code(_tag().sub("", line.text)):
        last = 0
        for edit in edits:
            if edit.start >= last:  # an entity in an attribute goes with its tag
                yield edit
                last = edit.end


def _is_about(line: str) -> bool:
    """Whether a line speaks about markup: by a word for it beside a mention, or by an entity beside its character."""
    if _quoted().search(line) or line.lstrip().startswith(("<!DOCTYPE", "<html")):
        return True
    if _mention().search(line) is None:
        return False
    if _about().search(line):
        return True
    chars = {_char(match[1]) for match in _entity().finditer(line)} - {""}
    return not chars.isdisjoint(word.strip(PUNCTUATION) for word in line.split() if not word.isascii())


def _entities(line: Line) -> Iterator[Edit]:
    for match in _entity().finditer(line.text):
        char = _char(match[1])
        if not char:
            char = f"&{match[1]};"  # unknown, but its ampersand may have been escaped
        if char != match[0]:
            yield Edit(line.start + match.start(), line.start + match.end(), char, "markup.entities")


def _char(name: str) -> str:
    """What a reference stands for, ``""`` where it is none, or none that can be shown."""
    if name[0] != "#":
        return html.entities.html5.get(f"{name};", "")
    char = html.unescape(f"&{name};")
    return "" if "\ufffd" in char else char


def _tags(line: Line, closed: set[str]) -> Iterator[Edit]:
    """Tags around words. A block's opening tag counts where the document closes one: ``<p>`` may be somebody's name."""
    found = list(_tag().finditer(line.text))
    if not found or len(_tag().sub(" ", line.text).split()) < LEAST_WORDS:
        return
    begins, ends = len(line.text) - len(line.text.lstrip()), len(line.text.rstrip())
    open_tags: dict[str, list[re.Match[str]]] = {}
    for match in found:
        start, end = line.start + match.start(), line.start + match.end()
        if match["break"]:
            if not match["end"] and match["break"].lower() not in closed:
                continue
            outside = match.start() <= begins or match.end() >= ends
            yield Edit(start, end, "" if outside else "\n", "markup.breaks" if not outside else "markup.tags")
            continue
        name = match["inline"].lower()
        if not match["close"]:
            open_tags.setdefault(name, []).append(match)
        elif open_tags.get(name):
            opening = open_tags[name].pop()
            yield Edit(line.start + opening.start(), line.start + opening.end(), "", "markup.tags")
            yield Edit(start, end, "", "markup.tags")
