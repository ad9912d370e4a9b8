"""Text and its lines: only a line feed ends one."""

import dataclasses

import pytest

from cleanr.text import Line, Text


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("one", [(0, "one", "")], id="no-final-newline"),
        pytest.param("one\n", [(0, "one", "\n")], id="final-newline-starts-no-line"),
        pytest.param("one\ntwo", [(0, "one", "\n"), (4, "two", "")], id="two"),
        pytest.param("\n", [(0, "", "\n")], id="one-blank"),
        pytest.param("\n\na", [(0, "", "\n"), (1, "", "\n"), (2, "a", "")], id="blank-lines-first"),
        pytest.param("a\r\nb", [(0, "a\r", "\n"), (3, "b", "")], id="carriage-return-is-a-character"),
        pytest.param(
            "a\x0cb\u2028c\x85d\x0be\x1cf", [(0, "a\x0cb\u2028c\x85d\x0be\x1cf", "")], id="nothing-else-breaks"
        ),
    ],
)
def test_lines(raw: str, lines: list[tuple[int, str, str]]) -> None:
    text = Text(raw)
    assert [tuple(line) for line in text.lines] == lines
    assert "".join(line.text + line.ending for line in text.lines) == raw


def test_a_line_knows_where_it_ends() -> None:
    line = Line(4, "two", "\n")
    assert (line.end, line.stop) == (7, 8)
    last = Line(4, "two", "")
    assert (last.end, last.stop) == (7, 7)


@pytest.mark.parametrize(("raw", "expected"), [("", True), ("plain\x7f", True), ("café", False), ("\ud800", False)])
def test_is_ascii(raw: str, expected: bool) -> None:
    assert Text(raw).is_ascii is expected


def test_a_text_is_immutable_and_knows_nothing_by_default() -> None:
    text = Text("a")
    assert (text.language, text.kind) == ("und", "text")
    with pytest.raises(dataclasses.FrozenInstanceError):
        text.raw = "b"  # type: ignore[misc]


def test_views_are_computed_once() -> None:
    text = Text("a\nb me@example.org")
    assert text.lines is text.lines
    assert text.protected is text.protected


URL = "see https://example.org/a now"  # the address is [4, 25)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(0, 4, False, id="before"),
        pytest.param(0, 5, True, id="over-its-start"),
        pytest.param(4, 4, False, id="insertion-at-its-start"),
        pytest.param(10, 10, True, id="insertion-inside"),
        pytest.param(25, 25, False, id="insertion-at-its-end"),
        pytest.param(10, 12, True, id="inside"),
        pytest.param(24, 26, True, id="over-its-end"),
        pytest.param(25, 29, False, id="behind"),
        pytest.param(4, 25, False, id="all-of-it-may-go"),
        pytest.param(0, 29, False, id="a-line-with-it-may-go"),
        pytest.param(5, 25, True, id="all-but-its-first-character"),
    ],
)
def test_protects_an_address(start: int, end: int, expected: bool) -> None:
    assert Text(URL).protects(start, end) is expected


CODE = "“a” `“b”` “c”"  # the code is [4, 9)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(0, 3, False, id="before"),
        pytest.param(4, 9, True, id="all-of-it-may-not-go"),
        pytest.param(0, 13, True, id="nor-a-line-with-it"),
        pytest.param(6, 6, True, id="insertion-inside"),
        pytest.param(9, 9, False, id="insertion-behind"),
        pytest.param(10, 13, False, id="behind"),
    ],
)
def test_protects_code(start: int, end: int, expected: bool) -> None:
    assert Text(CODE, kind="markdown").protects(start, end) is expected
    assert Text(CODE).protects(start, end) is False


def test_protects_looks_at_every_region_in_reach() -> None:
    text = Text("a `b` c `d` e `f` g", kind="markdown")
    assert [text.protects(at, at + 1) for at in range(19)] == [char in "`bdf" for char in text.raw]
    assert text.protects(0, 19)
    assert not text.protects(5, 8)


def test_a_text_without_regions_protects_nothing() -> None:
    assert not Text("plain", kind="markdown").protects(0, 5)
