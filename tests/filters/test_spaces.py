import pytest
from tables import CHAIN, case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["spaces"])

NBSP, NNBSP, THIN, WIDE = "\u00a0", "\u202f", "\u2009", "\u3000"


@pytest.mark.parametrize(
    "text",
    [
        case("empty", ""),
        case("plain", "One space between words.\nAnd none at the end.\n"),
        case("indentation", "Text:\n    indented by four\n  by two\n\tby a tab\n"),
        case("french-colon", f"Elle dit{NBSP}: «{NBSP}Oui{NBSP}!{NBSP}»"),
        case("french-narrow", f"Quoi{NNBSP}? Non{NNBSP}; si{NNBSP}!"),
        case("french-thin", f"Vraiment{THIN}?"),
        case("french-percent-and-euro", f"12{NBSP}% et 30{NBSP}€"),
        case("grouped-digits", f"10{NNBSP}000 et 1{NBSP}000{NBSP}000"),
        case("ideographic-indent", f"{WIDE}昨日は雨が降りました。"),
        case("ideographic-space", f"東京{WIDE}大阪"),
        case("chinese-indent", f"{WIDE}{WIDE}他走了。"),
        case("table-by-spaces", "Name     Age\nAnna      12\nBen        7\n"),
        case("table-by-tabs", "Name\tAge\nAnna\t12\nBen\t7\n"),
        case("one-row-by-tabs", "Anna\t12\t1.70"),
        case("contents", "Introduction .......... 1\nThe harbour . . . . . . 12\n"),
        case("contents-with-gaps", "Introduction  ..........  1\nThe harbour  . . . . . .  12\n"),
        case(
            "log", "2024-05-01 12:00:00  INFO  started the server at port 80 and waited for the first request of it\n"
        ),
        case("preformatted", "    x   =  1\n    yy  =  2\n"),
        case("verse", "The rain\n     it raineth\n          every day\n"),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)
    stays(CHAIN, text)


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("two-spaces", "It rained  all day.", "It rained all day.", "spaces.runs"),
        case("after-a-full-stop", "It rained.  We stayed.", "It rained. We stayed.", "spaces.runs"),
        case(
            "many-spaces-in-prose",
            "The council met on Tuesday evening      to talk about the new harbour and its cranes.",
            "The council met on Tuesday evening to talk about the new harbour and its cranes.",
            "spaces.runs",
        ),
        case(
            "a-tab-in-prose",
            "The council met on Tuesday evening\tto talk about the new harbour and its cranes.",
            "The council met on Tuesday evening to talk about the new harbour and its cranes.",
            "spaces.runs",
        ),
        case("no-break-space", f"a{NBSP}b", "a b", "spaces.unusual"),
        case("thin-space-between-words", f"a{THIN}b{NNBSP}c", "a b c", "spaces.unusual"),
        case("every-width", "a\u2000b\u2003c\u2007d\u200ae\u205ff\u1680g", "a b c d e f g", "spaces.unusual"),
        case("ideographic-in-latin", f"a{WIDE}b", "a b", "spaces.unusual"),
        case("mixed-gap", f"It rained {NBSP}all day.", "It rained all day.", "spaces.runs"),
        case("unusual-indentation", f"a\n{NBSP}{NBSP}b", "a\n  b", "spaces.unusual"),
        case("trailing", "a \nb\t\nc  ", "a\nb\nc", "spaces.trailing"),
        case("trailing-unusual", f"a{NBSP}\nb{WIDE}", "a\nb", "spaces.trailing"),
        case("blank-with-spaces", "a\n  \nb", "a\n\nb", "spaces.trailing"),
        case("not-french-before-a-word", f"Non{NBSP}merci", "Non merci", "spaces.unusual"),
        case("french-and-not", f"Non{NBSP}merci{NBSP}!", f"Non merci{NBSP}!", "spaces.unusual"),
        case("digits-and-a-unit", f"12{NBSP}km", "12 km", "spaces.unusual"),
        case(
            "table-with-unusual-spaces", f"Name {NBSP} Age\nAnna    12\n", "Name   Age\nAnna    12\n", "spaces.unusual"
        ),
        case(
            "table-with-trailing-spaces",
            "Name     Age  \nAnna      12\n",
            "Name     Age\nAnna      12\n",
            "spaces.trailing",
        ),
    ],
)
def test_rewrites(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)
    rewrites(CHAIN, before, after, rules)


def test_a_space_before_a_carriage_return_is_trailing() -> None:
    rewrites(ALONE, "a \r\nb  \r\n", "a\r\nb\r\n", "spaces.trailing")


def test_ideographic_spaces_at_a_lines_end_go() -> None:
    rewrites(ALONE, f"東京{WIDE}\n大阪", "東京\n大阪", "spaces.trailing")


# Markdown


@pytest.mark.parametrize(
    "text",
    [
        case("hard-break", "one  \ntwo\n"),
        case("longer-hard-break", "one   \ntwo\n"),
        case("code", "a\n\n```\nx  =  1 \n```\n"),
        case("inline-code", "a `x  y` b"),
        case("table", "| a   | b |\n|-----|---|\n| c   | d |\n"),
        case("nested-list", "- a\n    - b\n"),
    ],
)
def test_markdown_stays(text: str) -> None:
    stays(ALONE, text, kind="markdown")


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("one-trailing-space", "one \ntwo\n", "one\ntwo\n", "spaces.trailing"),
        case("trailing-tab", "one\t\ntwo\n", "one\ntwo\n", "spaces.trailing"),
        case("blank-with-two-spaces", "one\n  \ntwo\n", "one\n\ntwo\n", "spaces.trailing"),
        case("run", "one  two\n", "one two\n", "spaces.runs"),
    ],
)
def test_markdown_rewrites(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules, kind="markdown")
