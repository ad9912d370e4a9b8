import pytest
from tables import CHAIN, case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["blank_lines"])


@pytest.mark.parametrize(
    "text",
    [
        case("empty", ""),
        case("one-line", "a"),
        case("final-newline", "a\n"),
        case("no-final-newline", "a\nb"),
        case("one-blank-line", "a\n\nb\n"),
        case("several-paragraphs", "a\n\nb\n\nc"),
        case("indented-first-line", "  a\nb\n"),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)
    stays(CHAIN, text)


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("two-in-a-row", "a\n\n\nb\n", "a\n\nb\n", "blank_lines.runs"),
        case("many-in-a-row", "a\n\n\n\n\n\n\nb\n\n\nc", "a\n\nb\n\nc", "blank_lines.runs"),
        case("at-the-head", "\n\na\n", "a\n", "blank_lines.ends"),
        case("one-at-the-head", "\na", "a", "blank_lines.ends"),
        case("at-the-end", "a\n\n\n", "a\n", "blank_lines.ends"),
        case("one-at-the-end", "a\n\n", "a\n", "blank_lines.ends"),
        case("everywhere", "\n\na\n\n\nb\n\n\n", "a\n\nb\n", "blank_lines.ends blank_lines.runs"),
        case("only-blank-lines", "\n\n\n", "", "blank_lines.ends"),
        case("one-newline", "\n", "", "blank_lines.ends"),
    ],
)
def test_rewrites(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)
    rewrites(CHAIN, before, after, rules)


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("whitespace-in-a-run", "a\n\n \t\nb", "a\n\nb", "blank_lines.runs"),
        case("whitespace-at-the-head", " \n\t\na", "a", "blank_lines.ends"),
        case("whitespace-without-newline-at-the-end", "a\n\n  ", "a\n", "blank_lines.ends"),
        case("whitespace-right-behind", "a\n  ", "a\n", "blank_lines.ends"),
        case("only-whitespace", "  \n\t \n ", "", "blank_lines.ends"),
        case("unusual-whitespace", "a\n\u00a0\n\u3000\nb", "a\n\u00a0\nb", "blank_lines.runs"),
        case("carriage-returns", "a\r\n\r\n\r\nb", "a\r\n\r\nb", "blank_lines.runs"),
    ],
)
def test_whitespace_only_lines_are_blank(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)


def test_code_keeps_its_blank_lines() -> None:
    fence = "a\n\n```\n\n\n\nb\n\n\n```\n\nc\n"
    stays(ALONE, fence, kind="markdown")
    stays(ALONE, "a\n\n    b\n\n\n    c\n\nd\n", kind="markdown")
    rewrites(ALONE, fence, "a\n\n```\n\nb\n\n```\n\nc\n", "blank_lines.runs")
