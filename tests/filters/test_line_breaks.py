import pytest
from tables import CHAIN, case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["line_breaks"])


@pytest.mark.parametrize(
    "text",
    [case("empty", ""), case("lf", "a\nb\n"), case("blank", "a\n\nb"), case("separators", "a\x1cb\x1db\x1eb")],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("crlf", "a\r\nb\r\n", "a\nb\n", "line_breaks.crlf"),
        case("blank-crlf", "a\r\n\r\nb", "a\n\nb", "line_breaks.crlf"),
        case("doubled-cr", "a\r\r\nb", "a\nb", "line_breaks.crlf"),
        case("cr", "a\rb", "a\nb", "line_breaks.unicode"),
        case("cr-twice", "a\r\rb", "a\n\nb", "line_breaks.unicode"),
        case("cr-at-the-end", "a\r", "a\n", "line_breaks.unicode"),
        case("line-separator", "a\u2028b", "a\nb", "line_breaks.unicode"),
        case("paragraph-separator", "a\u2029b", "a\nb", "line_breaks.unicode"),
        case("next-line", "a\x85b", "a\nb", "line_breaks.unicode"),
        case("vertical-tab", "a\x0bb", "a\nb", "line_breaks.unicode"),
        case("form-feed-inside", "a\x0cb", "a\nb", "line_breaks.form-feed"),
        case("form-feed-before-a-line", "a\n\x0cb", "a\nb", "line_breaks.form-feed"),
        case("form-feed-behind-a-line", "a\x0c\nb", "a\nb", "line_breaks.form-feed"),
        case("form-feed-first", "\x0ca", "a", "line_breaks.form-feed"),
        case("form-feed-last", "a\n\x0c", "a\n", "line_breaks.form-feed"),
        case("form-feeds", "a\x0c\x0cb", "a\nb", "line_breaks.form-feed"),
        case("mixed", "a\r\nb\rc\nd", "a\nb\nc\nd", "line_breaks.crlf line_breaks.unicode"),
    ],
)
def test_rewrites(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)
    if "\x85" not in before:  # encoding has the first say: U+0085 is a byte of mojibake before it is a line break
        rewrites(CHAIN, before, after, rules)


@pytest.mark.parametrize("raw", ["\r\x0c", "\x0c\r\n", "\x0c\r", "a\x0c\u2028\x0cb", "\r\x0c\r\n", "\x85\x0c\x85"])
def test_form_feeds_among_other_breaks_settle(raw: str) -> None:
    cleaned = ALONE.explain(raw)
    assert set(cleaned.text) <= {"\n", "a", "b"}
    assert ALONE.clean(cleaned.text) == cleaned.text
    assert cleaned.restore() == raw


def test_line_ends_of_markdown_code_are_repaired_and_its_other_breaks_kept() -> None:
    before = "a\r\n\r\n```\r\nb\x0cc\rd\r\n```\r\n"
    assert ALONE.clean(before, kind="markdown") == "a\n\n```\nb\x0cc\rd\n```\n"
