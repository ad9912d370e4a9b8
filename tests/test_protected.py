"""Protected spans: which characters of a text no edit may touch."""

from collections.abc import Callable

import pytest
from growth import LINEAR, growth

from cleanr.protected import Region, regions
from cleanr.text import Text


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
        pytest.param("a | b\n---\n", id="pipe-in-a-heading"),
        pytest.param("prose\n    goes on, indented\n", id="lazy-continuation"),
        pytest.param("- item\n\n    its second paragraph\n", id="paragraph-of-a-list-item"),
        pytest.param("1. item\n\n    its second paragraph\n    goes on\n", id="paragraph-of-a-numbered-item"),
        pytest.param("``\n\nno fence\n\n``\n", id="two-backticks-are-no-fence"),
        pytest.param("a `b\n\nc` d\n", id="a-code-span-ends-with-its-paragraph"),
        pytest.param("# a `b\nc` d\n", id="a-heading-is-a-paragraph-of-its-own"),
        pytest.param("a `b\n===\nc` d\n", id="an-underlined-heading-too"),
        pytest.param("a `b\n***\nc` d\n", id="a-rule-divides"),
        pytest.param("- a `b\n- c` d\n", id="list-items-divide"),
        pytest.param("> a `b\n\nc` d\n", id="a-quote-ends"),
        pytest.param("a `b\n> c` d\n", id="a-quote-begins"),
        pytest.param(r"a \`b` c", id="an-escaped-backtick"),
        pytest.param("> prose\n    goes on lazily\n", id="lazy-line-of-a-quote"),
        pytest.param("- a\n      goes on, indented\n", id="indented-line-of-a-list-item"),
        pytest.param("- a\n\n     b\n", id="three-spaces-in-a-list-item"),
        pytest.param("- a\n  - b\n    - c\n\n      its second paragraph\n", id="nested-items"),
        pytest.param("1. a\n\n\tits second paragraph\n", id="a-tab-in-a-list-item"),
        pytest.param(">     \n> a\n", id="blank-line-of-a-quote"),
        pytest.param("-\n- a\n", id="empty-item"),
        pytest.param("He said $$ and meant it, $$.\n", id="dollars-in-a-line"),
        pytest.param("$$$ for nothing\n", id="three-dollars"),
        pytest.param("a <pre>b</pre>, <!-- c --> and <div>\n", id="tags-in-a-line"),
        pytest.param("<b>new</b> and <prefix> “a”\n", id="other-tags"),
        pytest.param("[^1]: “a” footnote\n", id="footnote"),
        pytest.param("[note]: this is prose\n", id="more-than-an-address"),
        pytest.param("prose\n[a]: /b\n", id="definition-in-a-paragraph"),
        pytest.param("[a] (/b)\n\n“c”\n", id="brackets"),
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
        pytest.param("a `“b”\nc` d", "`“b”\nc`", id="inline-over-two-lines"),
        pytest.param("> a `“b”\n> c` d", "`“b”\n> c`", id="inline-over-two-lines-of-a-quote"),
        pytest.param("> a `“b”\nc` d", "`“b”\nc`", id="inline-in-a-lazy-line"),
        pytest.param("- a `“b”\n  c` d\n- e", "`“b”\n  c`", id="inline-over-two-lines-of-an-item"),
        pytest.param("a ``b\nc` `` d", "``b\nc` ``", id="inline-of-the-same-length-over-lines"),
        pytest.param(r"a \\`b` c \``d`", "`b`|`d`", id="backslashes-before-backticks"),
        pytest.param(r"`b\` c`", r"`b\`", id="no-backslash-escapes-what-closes"),
        pytest.param("a\n| b | c |\n|---|:-:|\n| “d” | e |\nf", "| b | c |\n|---|:-:|\n| “d” | e |\n", id="table"),
        pytest.param("b | c\n--- | ---\nd | e\n", "b | c\n--- | ---\nd | e\n", id="table-without-outer-pipes"),
        pytest.param("| b |\n| - |", "| b |\n| - |", id="table-of-one-column"),
        pytest.param("> | b |\n> | - |\n> | “c” |\n\nd", "> | b |\n> | - |\n> | “c” |\n", id="table-in-a-quote"),
        pytest.param("- a\n\n  b | c\n  - | -\n- d", "  b | c\n  - | -\n", id="table-in-an-item"),
        pytest.param("> ```\n> “b”\n> ```\n> c", "> ```\n> “b”\n> ```\n", id="fence-in-a-quote"),
        pytest.param("> ```\n> “b”\n\n“c”", "> ```\n> “b”\n", id="a-fence-ends-with-its-quote"),
        pytest.param("> ```\n“b”", "> ```\n", id="no-line-of-a-fence-is-lazy"),
        pytest.param("> > ~~~\n> > “b”\n> c", "> > ~~~\n> > “b”\n", id="fence-in-two-quotes"),
        pytest.param(
            "> - a\n>   ```\n>   “b”\n>   ```\n> - c", ">   ```\n>   “b”\n>   ```\n", id="fence-in-an-item-in-a-quote"
        ),
        pytest.param("- > ```\n  > “b”\n- c", "- > ```\n  > “b”\n", id="fence-in-a-quote-in-an-item"),
        pytest.param("- a\n  ```\n  “b”\n\n  c\n  ```\nd", "  ```\n  “b”\n\n  c\n  ```\n", id="fence-below-an-item"),
        pytest.param("- ```\n  “b”\n- c", "- ```\n  “b”\n", id="a-fence-ends-with-its-item"),
        pytest.param(
            "- a\n    - b\n        - c\n\n            ```\n            “d”\n            ```\n        - e\n",
            "            ```\n            “d”\n            ```\n",
            id="fence-three-items-deep",
        ),
        pytest.param(
            "1. a\n  ```\n  “b”\n  ```\n2. c", "  ```\n  “b”\n  ```\n", id="a-fence-too-far-left-ends-the-list"
        ),
        pytest.param("- a\n\n      “b”\n\n      c\n  d", "      “b”\n\n      c\n", id="indented-in-an-item"),
        pytest.param("- a\n\n\t\t“b”\n- c", "\t\t“b”\n", id="indented-by-tabs-in-an-item"),
        pytest.param("10. a\n\n        “b”\nc", "        “b”\n", id="indented-in-a-numbered-item"),
        pytest.param("- a\n  - b\n\n        “c”\n", "        “c”\n", id="indented-in-a-nested-item"),
        pytest.param("-     “a”\n- b", "-     “a”\n", id="an-item-begins-with-code"),
        pytest.param(">     “a”\n> b", ">     “a”\n", id="indented-in-a-quote"),
        pytest.param("a\n2. b\n\n       c\n", "       c\n", id="only-a-list-from-one-interrupts-a-paragraph"),
        pytest.param("1. a\n2. b\n\n       “c”\n", "       “c”\n", id="the-next-item-may-be-any"),
        pytest.param("a\n- b\n\n      “c”\n", "      “c”\n", id="a-list-interrupts-a-paragraph"),
        pytest.param("***\n    “b”\n", "    “b”\n", id="indented-below-a-rule"),
        pytest.param("# a\n    “b”\n", "    “b”\n", id="indented-below-a-heading"),
        pytest.param("a\n<pre>\n“b”\n\nc</pre> d\ne", "<pre>\n“b”\n\nc</pre> d\n", id="pre"),
        pytest.param('<Script type="a">\n\nb\n</SCRIPT>\nc', '<Script type="a">\n\nb\n</SCRIPT>\n', id="script"),
        pytest.param("<style>a</style>\n“b”", "<style>a</style>\n", id="style-in-a-line"),
        pytest.param("<!-- “a”\n\nb -->\nc", "<!-- “a”\n\nb -->\n", id="comment"),
        pytest.param("<!-- a -->\n“b”", "<!-- a -->\n", id="comment-in-a-line"),
        pytest.param("<?php\n\na ?>\nb", "<?php\n\na ?>\n", id="instruction"),
        pytest.param("<!DOCTYPE html>\n“a”", "<!DOCTYPE html>\n", id="doctype"),
        pytest.param("<![CDATA[\n>a\n]]>\nb", "<![CDATA[\n>a\n]]>\n", id="cdata"),
        pytest.param("a\n<div>\n“b”\n</div>\nc\n\nd", "<div>\n“b”\n</div>\nc\n", id="div-up-to-the-blank-line"),
        pytest.param(
            "<details>\n<summary>“a”</summary>\n\n“b”\n\n</details>\n",
            "<details>\n<summary>“a”</summary>\n|</details>\n",
            id="details-hold-markdown",
        ),
        pytest.param("<table>\n<tr><td>“a”\n\nb", "<table>\n<tr><td>“a”\n", id="html-table"),
        pytest.param("> <div>\n> “a”\n“b”", "> <div>\n> “a”\n", id="html-ends-with-its-quote"),
        pytest.param("- a\n  <!--\n  “b”\n  -->\n- c", "  <!--\n  “b”\n  -->\n", id="html-in-an-item"),
        pytest.param("a\n$$\n“b”\n$$\nc", "$$\n“b”\n$$\n", id="formula"),
        pytest.param("$$a  <  b$$\n“c”", "$$a  <  b$$\n", id="formula-in-a-line"),
        pytest.param("$$\na\n\n“b”", "$$\na\n", id="a-formula-ends-with-its-paragraph"),
        pytest.param('[a b]: /c  "“d”"\n“e”', '[a b]: /c  "“d”"\n', id="definition"),
        pytest.param("[a]: <b c>\n[d]: e 'f'\ng", "[a]: <b c>\n[d]: e 'f'\n", id="definitions"),
        pytest.param("[a]: /b\n  (“c”)\n“d”", "[a]: /b\n  (“c”)\n", id="title-in-a-line-of-its-own"),
        pytest.param("[a]: /b 'c'\n'“d”'", "[a]: /b 'c'\n", id="no-second-title"),
        pytest.param("> [a]: /b\n> “c”", "> [a]: /b\n", id="definition-in-a-quote"),
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
    ("start", "end", "part", "whole"),
    [  # whether an edit of start..end touches the region 3..6, and an address there, which may go as a whole
        (0, 3, False, False),
        (6, 9, False, False),
        (2, 4, True, True),
        (5, 7, True, True),
        (4, 5, True, True),
        (3, 5, True, True),
        (4, 6, True, True),
        (3, 6, True, False),
        (2, 6, True, False),
        (3, 7, True, False),
        (0, 9, True, False),
        (3, 3, False, False),
        (6, 6, False, False),
        (4, 4, True, True),
        (5, 5, True, True),
        (2, 2, False, False),
        (7, 7, False, False),
    ],
)
def test_an_edit_touches_a_region(start: int, end: int, part: bool, whole: bool) -> None:
    assert Region(3, 6).touched_by(start, end) == part
    assert Region(3, 6, whole=True).touched_by(start, end) == whole


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("```\r\nb  \r\n\r\n```\r\nc", id="fence"),
        pytest.param("---\r\nx: 1\r\n---\r\n", id="front-matter"),
        pytest.param("a\r\n\r\n    b\r\n\r\nc", id="indented"),
        pytest.param("| b |\r\n|---|\r\n| c |\r\n", id="table"),
        pytest.param("> ```\r\n> b  \r\n>\r\n> ```\r\n", id="fence-in-a-quote"),
        pytest.param("<pre>\r\n\r\nb  \r\n</pre>\r\nc", id="html"),
        pytest.param("a `b  \r\nc` d\r\n", id="inline-over-two-lines"),
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
        pytest.param(lambda n: "- " * n + "a\n\n" * n, id="items-in-items"),
        pytest.param(lambda n: "> " * n + "a\n" * n, id="quotes-in-quotes"),
        pytest.param(lambda n: "* " * n + "a\n", id="no-rule"),
        pytest.param(lambda n: "    a\n\n\n" * n, id="indented-code"),
        pytest.param(lambda n: "a|b\n-|-\n" * n, id="tables"),
        pytest.param(lambda n: "|\n" * n, id="pipes"),
        pytest.param(lambda n: "<!--\n" * n, id="comments"),
        pytest.param(lambda n: "<div>\n\n" * n, id="html"),
        pytest.param(lambda n: "$$\n\n" * n, id="formulas"),
        pytest.param(lambda n: "[" * n + "]: a\n", id="brackets"),
        pytest.param(lambda n: "[a]: /b\n" * n, id="definitions"),
        pytest.param(lambda n: "[a]: /b " + "'" * n + "x\n", id="titles"),
        pytest.param(lambda n: "\\" * n + "a`", id="backslashes"),
        pytest.param(lambda n: "".join("~" * (i % 50 + 3) + "\n" for i in range(n)), id="fences-of-many-lengths"),
        pytest.param(lambda n: "\t" * n + "\n", id="tabs"),
    ],
)
def test_cost_is_linear(hostile: Callable[[int], str]) -> None:
    assert growth(lambda raw: regions(raw, markdown=True), hostile, 1000) < LINEAR


def test_carriage_returns_inside_code_spans_are_not_protected() -> None:
    raw = "a `b\r\nc` d `\r\n` e\r\n"
    text = Text(raw, kind="markdown")
    assert [at for at, char in enumerate(raw) if char == "\r" and text.protects(at, at + 1)] == []
    assert text.protects(3, 4)
    assert text.protects(6, 7)
