"""What in Markdown is no prose: in ``a “b” `“c”` `` the code span, as CommonMark and its table extension define it.

That is front matter, code (fenced, indented or inline; also in quotes and list items), tables, blocks of HTML,
formulas between ``$$``, and link reference definitions. Blocks are read line by line, as CommonMark does: a line goes
on with the containers that are open (quotes, list items), may open others, and what is left belongs to a leaf block.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

DEEPEST = 12  # containers in each other: so the cost of a line stays in proportion to its length
TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    "|track|ul"
)
SOURCE = "pre|script|style|textarea"

QUOTE = re.compile(r" {0,3}> ?")
ITEM = re.compile(r" {0,3}(?:[-+*]|(?P<number>\d{1,9})[.)])(?P<gap> +|$)")
HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
RULE = re.compile(r" {0,3}(?:(?:- *+){3,}|(?:\* *+){3,}|(?:_ *+){3,})$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)$")
FENCE = re.compile(r" {0,3}(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
TITLE = r"""(?:"[^"]*"|'[^']*'|\([^()]*\))"""
TITLE_ALONE = re.compile(rf" *{TITLE}$")
REFERENCE = re.compile(rf" {{0,3}}\[(?!\^)(?:[^\[\]\\]|\\.){{1,999}}\]: *(?:<[^<>]*>|[^\s<]\S*)(?P<title> +{TITLE})?$")
TICKS = re.compile(r"(?<!\\)(\\*)(`+)")

NO_PIPE = re.compile(r"^(?![^|]*\|)")
# How a block begins, and what ends it: a match that is empty lies behind the block.
BLOCKS = tuple(
    (re.compile(" {0,3}" + begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (
        (rf"<(?:{SOURCE})(?:\s|>|$)", rf"</(?:{SOURCE})>"),
        ("<!--", "-->"),
        (r"<\?", r"\?>"),
        (r"<!\[CDATA\[", r"\]\]>"),
        ("<![a-z]", ">"),
        (rf"</?(?:{TAGS})(?:\s|/?>|$)", "^$"),
        (r"\$\$(?!\$)", r"\$\$|^$"),
    )
)


def spans(raw: str) -> Iterator[tuple[int, int]]:
    """Where in a Markdown text something stands that is no prose; in no order, and without any CR before a LF.

    >>> list(spans("a `b` c"))
    [(2, 5)]
    """
    rows = raw.split("\n")
    starts = list(itertools.accumulate(rows, lambda start, row: start + len(row) + 1, initial=0))
    starts[-1] = len(raw)
    reader = _Reader(rows)
    for begin, end in reader.blocks:
        yield from _without_returns(raw, starts[begin], starts[end])
    if "`" in raw:
        for begin, end in reader.paragraphs:
            for code in _code_spans(raw, starts[begin], starts[end]):
                yield from _without_returns(raw, *code)


def _without_returns(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (at := raw.find("\r\n", start, end)) >= 0:
        yield start, at
        start = at + 1
    yield start, end


def _code_spans(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Code spans of a paragraph: a run of backticks up to the next run of the same length."""
    runs = list(TICKS.finditer(raw, start, end))
    following: dict[int, list[int]] = {}
    for n in range(len(runs) - 1, -1, -1):
        following.setdefault(len(runs[n][2]), []).append(n)
    n = 0
    while n < len(runs):
        escaped = len(runs[n][1]) % 2  # the first backtick of a run that opens; one that closes cannot be escaped
        same = following.get(len(runs[n][2]) - escaped, [])
        while same and same[-1] <= n:
            same.pop()
        if same:
            yield runs[n].start(2) + escaped, runs[same[-1]].end()
            n = same[-1]
        n += 1


class _Block(NamedTuple):
    """A leaf block that is open: how many containers it stands in, and what ends it."""

    depth: int
    end: re.Pattern[str]


class _Reader:
    """The structure of a text, as numbers of its lines: `blocks` that are no prose, and `paragraphs`."""

    def __init__(self, rows: Sequence[str]) -> None:
        self.rows = rows
        self.blocks: list[tuple[int, int]] = []
        self.paragraphs: list[tuple[int, int]] = []
        self._containers: list[int] = []  # by how many columns the content of an item is indented, 0 for a quote
        self._block: _Block | None = None
        self._paragraph: int | None = None  # the first line of the one that is open
        self._code: int | None = None  # the line behind indented code that only blank lines follow
        self._untitled = -1  # the line behind a link reference definition without a title
        first = _front_matter(rows)
        if first:
            self._protect(0, first)
        for i in range(first, len(rows)):
            row = rows[i]
            if self._containers or self._block or not row[:1].isalpha() or "|" in row:
                self._read(i, _columns(row))
            else:
                self._code = None
                self._go_on(i)
        self._end_paragraph(len(rows))

    def _read(self, i: int, row: str) -> None:
        depth, rest = _inside(self._containers, row)
        if self._block and self._continues(i, depth, rest):
            return
        if not rest:
            self._end_paragraph(i)
            del self._containers[depth:]
            return
        interrupts = self._paragraph is not None and depth == len(self._containers)
        opened, rest = _opened(rest, DEEPEST - depth, interrupts)
        if opened or depth < len(self._containers):
            if not opened and self._paragraph is not None and not _begins(rest):
                return  # a lazy line: it goes on with the paragraph, though it lacks the marks of its containers
            self._end_paragraph(i)
            self._code = None
            self._containers[depth:] = opened
        if rest:
            self._leaf(i, rest)

    def _continues(self, i: int, depth: int, rest: str) -> bool:
        """Whether a line belongs to the block that is open."""
        assert self._block
        within = depth >= self._block.depth
        end = self._block.end.search(rest) if within else None
        if end or not within:
            self._block = None
        if within and (not end or end[0]):
            self._protect(i, i + 1)
            return True
        return False

    def _leaf(self, i: int, rest: str) -> None:
        if rest.startswith("    "):
            if self._paragraph is None:
                self._protect(i if self._code is None else self._code, i + 1)
                self._code = i + 1
            return
        self._code = None
        if begun := _begun(rest):
            end, at = begun
            self._open(i, None if end.search(rest, at) else end)
        elif "|" in rest and self._is_delimiter_row(i + 1):
            self._open(i, NO_PIPE)
        elif self._paragraph is None and self._is_reference(i, rest):
            self._protect(i, i + 1)
        elif HEADING.match(rest):
            self._end_paragraph(i)
            self.paragraphs.append((i, i + 1))
        elif RULE.match(rest) or self._paragraph is not None and UNDERLINE.match(rest):
            self._end_paragraph(i)
        else:
            self._go_on(i)

    def _is_delimiter_row(self, i: int) -> bool:
        if i == len(self.rows) or "-" not in self.rows[i] or "|" not in self.rows[i]:
            return False
        depth, rest = _inside(self._containers, _columns(self.rows[i]))
        return depth == len(self._containers) and DELIMITER_ROW.fullmatch(rest.strip()) is not None

    def _is_reference(self, i: int, rest: str) -> bool:
        if i == self._untitled and TITLE_ALONE.match(rest):
            return True
        found = REFERENCE.match(rest)
        if found and not found["title"]:
            self._untitled = i + 1
        return found is not None

    def _open(self, i: int, end: re.Pattern[str] | None) -> None:
        """Begin a block with line `i`, and end it with the same line where there is no `end`."""
        self._end_paragraph(i)
        self._protect(i, i + 1)
        self._block = _Block(len(self._containers), end) if end else None

    def _protect(self, begin: int, end: int) -> None:
        if self.blocks and self.blocks[-1][1] == begin:
            begin = self.blocks.pop()[0]
        self.blocks.append((begin, end))

    def _go_on(self, i: int) -> None:
        if self._paragraph is None:
            self._paragraph = i

    def _end_paragraph(self, i: int) -> None:
        if self._paragraph is not None:
            self.paragraphs.append((self._paragraph, i))
            self._paragraph = None


def _front_matter(rows: Sequence[str]) -> int:
    """The number of lines of a YAML or TOML block at the head, 0 where there is none."""
    mark = rows[0].rstrip()
    if mark in ("---", "+++"):
        for i, row in enumerate(rows[1:], 1):
            if row.rstrip() == mark:
                return i + 1
    return 0


def _columns(row: str) -> str:
    """A line with each tab as the spaces that it stands for, and none at its end."""
    return row.rstrip().expandtabs(4)


def _inside(containers: Sequence[int], row: str) -> tuple[int, str]:
    """How many of the containers a line goes on with, and the line without their marks."""
    for depth, width in enumerate(containers):
        if width:
            if row[:width].strip(" "):
                return depth, row
            row = row[width:]
        elif quote := QUOTE.match(row):
            row = row[quote.end() :]
        else:
            return depth, row
    return len(containers), row


def _opened(rest: str, room: int, interrupts: bool) -> tuple[list[int], str]:
    """The containers that a line opens, and the line without their marks."""
    opened: list[int] = []
    while len(opened) < room:
        if quote := QUOTE.match(rest):
            opened.append(0)
            rest = rest[quote.end() :]
            continue
        item = ITEM.match(rest)
        if not item or RULE.match(rest):
            break
        if interrupts and not opened and (item["number"] not in (None, "1") or not item["gap"]):
            break
        code = len(item["gap"]) > 4  # only the first space belongs to the mark, the others indent code
        opened.append(item.start("gap") + 1 if code or not item["gap"] else item.end())
        rest = rest[opened[-1] :]
    return opened, rest


def _begun(rest: str) -> tuple[re.Pattern[str], int] | None:
    """What ends the fence, HTML or formula that begins with a line, and where to look for it."""
    first = rest.lstrip(" ")[:1]
    if first in "`~":
        fence = FENCE.match(rest)
        return (re.compile(rf"^ {{0,3}}{first}{{{len(fence['mark'])},}}$"), fence.end()) if fence else None
    if first in "<$":
        for begin, end in BLOCKS:
            if found := begin.match(rest):
                return end, found.end()
    return None


def _begins(rest: str) -> bool:
    """Whether a line cannot go on with a paragraph."""
    return bool(HEADING.match(rest) or RULE.match(rest) or _begun(rest))
