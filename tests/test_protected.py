"""Protected spans: which characters of a text no edit may touch."""

from collections.abc import Callable

import pytest
from growth import LINEAR, growth

from cleanr.protected import Region, regions


def shielded(raw: str, *, markdown: bool) -> str:
    """What is protected, each region in brackets of its own: neighbours that touch are written as one."""
    pieces: list[str] = []
    last = -1
    for region in regions(raw, markdown=markdown):
        assert last <= region.start <= region.end
        piece = raw[region.start : region.end]
        if region.start == last and pieces:
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
        last = region.end
    return "|".join(pieces)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("", id="empty"),
        pytest.param("plain prose, (c) 2024: no address.", id="prose"),
        pytest.param("a @ b, @name, me@host, 5@", id="at-signs"),
        pytest.param("it says :// and http:// alone", id="no-host"),
        pytest.param("awww. cute", id="www-without-a-name"),
        pytest.param("user@-", id="no-domain"),
        pytest.param(
            "`code` in a plain text\n```\nfence\n```\n    indented\n\n| a |\n|---|\n", id="markdown-in-plain-text"
        ),
    ],
)
def test_nothing_is_protected_in_plain_text(raw: str) -> None:
    assert shielded(raw, markdown=False) == ""


@pytest.mark.parametrize("markdown", [False, True], ids=["text", "markdown"])
@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("see https://example.org/a?b=1&amp;c=2#d now", "https://example.org/a?b=1&amp;c=2#d", id="url"),
        pytest.param("http://example.org", "http://example.org", id="http"),
        pytest.param("ftp://example.org/x", "ftp://example.org/x", id="ftp"),
        pytest.param("go to www.example.org/~me today", "www.example.org/~me", id="www"),
        pytest.param("“https://example.org/a”", "https://example.org/a", id="curly-quotes-end-it"),
        pytest.param('<a href="https://example.org/a">x</a>', "https://example.org/a", id="in-an-attribute"),
        pytest.param("mail me@example.org!", "me@example.org", id="e-mail"),
        pytest.param("first.last+tag@mail.example.co.uk", "first.last+tag@mail.example.co.uk", id="long-e-mail"),
        pytest.param("http://a.org http://b.org", "http://a.org|http://b.org", id="two"),
        pytest.param("http://a.org\u00a0x", "http://a.org", id="no-break-space-ends-it"),
    ],
)
def test_addresses(raw: str, expected: str, markdown: bool) -> None:
    assert shielded(raw, markdown=markdown) == expected
    assert all(region.whole for region in regions(raw, markdown=markdown))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("prose\n\nand more prose\n", id="prose"),
        pytest.param("a ` alone, and ``two of them", id="unpaired-backticks"),
        pytest.param("a | b\nand no delimiter row\n", id="pipes-without-a-table"),
        pytest.param("a | b", id="pipe-in-the-last-line"),
        pytest.param("prose\n    goes on, indented\n", id="lazy-continuation"),
        pytest.param("- item\n\n    its second paragraph\n", id="paragraph-of-a-list-item"),
        pytest.param("1. item\n\n    its second paragraph\n    goes on\n", id="paragraph-of-a-numbered-item"),
        pytest.param("``\nno fence\n``\n", id="two-backticks-are-no-fence"),
        pytest.param("~~gone~~ and ~~~ here\n", id="tildes-in-a-line"),
        pytest.param("text\n---\nnot: front matter\n---\n", id="rules-further-down"),
        pytest.param("--- \ntitle: never closed\n", id="front-matter-unclosed"),
        pytest.param("   \n\t\n    \n", id="blank-lines"),
    ],
)
def test_nothing_is_protected_in_markdown(raw: str) -> None:
    assert shielded(raw, markdown=True) == ""


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("---\ntitle: “x”\n---\ntext\n", "---\ntitle: “x”\n---\n", id="yaml-front-matter"),
        pytest.param("+++\nx = 1\n+++ \ntext\n", "+++\nx = 1\n+++ \n", id="toml-front-matter"),
        pytest.param("---\nx: 1\n---", "---\nx: 1\n---", id="front-matter-is-all"),
        pytest.param("a\n```\n“b”\n```\nc\n", "```\n“b”\n```\n", id="fence"),
        pytest.param("a\n```python\nb\n```\nc\n", "```python\nb\n```\n", id="fence-with-language"),
        pytest.param("~~~\nb\n~~~\nc", "~~~\nb\n~~~\n", id="tildes"),
        pytest.param("~~~\n```\n~~~\nc", "~~~\n```\n~~~\n", id="backticks-do-not-close-tildes"),
        pytest.param("````\n```\nb\n```\n````\nc", "````\n```\nb\n```\n````\n", id="nested"),
        pytest.param("```\nb\n`````\nc", "```\nb\n`````\n", id="a-longer-fence-closes"),
        pytest.param("```\nb\n``` no\nc\n```\nd", "```\nb\n``` no\nc\n```\n", id="a-closing-fence-says-nothing"),
        pytest.param("   ```\nb\n  ```  \nc", "   ```\nb\n  ```  \n", id="fence-with-up-to-three-spaces"),
        pytest.param("a\n```\nb\nc", "```\nb\nc", id="unclosed-runs-to-the-end"),
        pytest.param("a\n```", "```", id="fence-in-the-last-line"),
        pytest.param("- a\n\n  ```\n  “b”\n  ```\n- c\n", "  ```\n  “b”\n  ```\n", id="fence-in-a-list"),
        pytest.param(
            "1. a\n\n    ```\n    “b”\n    ```\n2. c\n", "    ```\n    “b”\n    ```\n", id="fence-deep-in-a-list"
        ),
        pytest.param("```a `b` is inline``` “c”\n\n“d”\n", "```a `b` is inline```", id="three-backticks-may-be-inline"),
        pytest.param("a\n\n    “b”\n    c\n\nd", "    “b”\n    c\n", id="indented"),
        pytest.param("    b\nc", "    b\n", id="indented-first"),
        pytest.param("\tb\n\nc", "\tb\n", id="indented-by-a-tab"),
        pytest.param("a\n\n    b\n\n\n    c\n\nd", "    b\n\n\n    c\n", id="blank-lines-inside-indented-code"),
        pytest.param("- a\n\nb\n\n    c\n", "    c\n", id="a-list-ends-at-a-paragraph"),
        pytest.param("a `“b”` c", "`“b”`", id="inline"),
        pytest.param("a ``b ` c`` d", "``b ` c``", id="inline-with-a-backtick"),
        pytest.param("`a` `b", "`a`", id="inline-and-a-lone-backtick"),
        pytest.param("`a``b`", "`a``b`", id="runs-of-another-length-do-not-close"),
        pytest.param("`` a ` b `c`", "` b `", id="the-first-of-the-same-length-closes"),
        pytest.param("a\n| b | c |\n|---|:-:|\n| “d” | e |\nf", "| b | c |\n|---|:-:|\n| “d” | e |\n", id="table"),
        pytest.param("b | c\n--- | ---\nd | e\n", "b | c\n--- | ---\nd | e\n", id="table-without-outer-pipes"),
        pytest.param("| b |\n| - |", "| b |\n| - |", id="table-of-one-column"),
        pytest.param("`http://a.org`", "`http://a.org`", id="address-in-code"),
        pytest.param(
            "```\nme@a.org\n```\nto you@b.org", "```\nme@a.org\n```\n|you@b.org", id="addresses-inside-and-outside"
        ),
    ],
)
def test_markdown(raw: str, expected: str) -> None:
    assert shielded(raw, markdown=True) == expected


def test_code_keeps_an_address_in_it_from_going() -> None:
    (region,) = regions("`http://a.org`", markdown=True)
    assert region == Region(0, 14)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("```\r\nb  \r\n\r\n```\r\nc", id="fence"),
        pytest.param("---\r\nx: 1\r\n---\r\n", id="front-matter"),
        pytest.param("a\r\n\r\n    b\r\n\r\nc", id="indented"),
        pytest.param("| b |\r\n|---|\r\n| c |\r\n", id="table"),
    ],
)
def test_a_carriage_return_before_a_line_feed_is_never_protected(raw: str) -> None:
    def free(start: int, end: int) -> bool:
        return not any(region.touched_by(start, end) for region in regions(raw, markdown=True))

    returns = [at for at, char in enumerate(raw) if char == "\r"]
    assert returns
    assert all(free(at, at + 1) for at in returns)
    inside = raw.index("b  " if "b  " in raw else "b" if "b" in raw else "x")
    assert not free(inside, inside + 1)


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(lambda n: "a" * n + "@", id="local-part"),
        pytest.param(lambda n: "a@" + "b." * n, id="labels"),
        pytest.param(lambda n: "a@" * n, id="at-signs"),
        pytest.param(lambda n: "http://" * n, id="schemes"),
        pytest.param(lambda n: "|\n" + " " * n + "x-", id="delimiter-row-indented"),
        pytest.param(lambda n: "|\n-" + " " * n + "x", id="delimiter-row-trailing"),
        pytest.param(lambda n: "|\n" + "-|" * n + "x", id="delimiter-row-cells"),
        pytest.param(lambda n: "".join("`" * (i % 50 + 1) + "a" for i in range(n)), id="backticks"),
        pytest.param(lambda n: "`\n" * n, id="backtick-a-line"),
        pytest.param(lambda n: "````\n```\n" * n, id="fences"),
        pytest.param(lambda n: "- a\n\n" * n, id="lists"),
    ],
)
def test_cost_is_linear(hostile: Callable[[int], str]) -> None:
    assert growth(lambda raw: regions(raw, markdown=True), hostile, 1000) < LINEAR
