from pathlib import Path

import pytest
from tables import CHAIN, case, rewrites, stays

from cleanr import Cleaner

ALONE = Cleaner(filters=["joins"])

# A hundred characters and a bit, so that what stands behind it ends a long line.
LONG = "The ministers met on the shore of the Black Sea on Tuesday, and they talked for more than two hours with"
assert len(LONG) > 100
SHORT = "They talked for two hours with"


@pytest.mark.parametrize(
    "text",
    [
        case("empty", ""),
        case("one-line", f"{LONG} the"),
        case("ends-a-sentence", f"{LONG} the president.\nDonald Trump was not there."),
        case("ends-in-a-usual-word", f"{LONG} friends\nand went home."),
        case("short-line", f"{SHORT} the\nforeign minister."),
        case("short-title", f"{SHORT} President\nDonald Trump."),
        case("ninety-nine-characters", "x" * 95 + " the\nforeign minister."),
        case("blank-line-between", f"{LONG} the\n\nforeign minister."),
        case("title-before-no-name", f"{LONG} President\nand went home."),
        case("title-in-lower-case", f"{LONG} president\nDonald Trump went home."),
        case("the-before-a-heading", f"{LONG} the\nWhat Happens Next"),
        case("before-a-list-item", f"{LONG} the\n- first item"),
        case("before-a-number", f"{LONG} the\n2 of them"),
        case("before-a-quotation", f"{LONG} the\n“first” of them."),
        case("before-a-heading-with-a-colon", f"{LONG} the\nfollowing items:"),
        case("comma", f"{LONG} the,\nforeign minister."),
        case("verse", "Whose woods these are I think I know the\nhouse is in the village though of the\nman who owns."),
        case("before-furniture", f"{LONG} the\nShare Button"),
        case("furniture-in-lower-case", f"{LONG} the\nleave a reply"),
    ],
)
def test_stays(text: str) -> None:
    stays(ALONE, text)


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        case("title-and-name", f"{LONG} President\nDonald Trump.", f"{LONG} President Donald Trump.", "joins.title"),
        case("the", f"{LONG} the\nforeign minister.", f"{LONG} the foreign minister.", "joins.sentence"),
        case("of", f"{LONG} men of\nthe town.", f"{LONG} men of the town.", "joins.sentence"),
        case(
            "the-before-a-name",
            f"{LONG} the\nBritish left at noon.",
            f"{LONG} the British left at noon.",
            "joins.sentence",
        ),
        case(
            "the-before-a-name-and-a-quotation",
            f"{LONG} the\nBritish, “who left.”",
            f"{LONG} the British, “who left.”",
            "joins.sentence",
        ),
        case("no-final-newline", f"{LONG} the\nman", f"{LONG} the man", "joins.sentence"),
        case("a-hundred-characters", "x" * 96 + " the\nminister.\n", "x" * 96 + " the minister.\n", "joins.sentence"),
        case(
            "three-lines",
            f"{LONG} the\nman of the\nhouse.\n",
            f"{LONG} the man of the house.\n",
            "joins.sentence",
        ),
    ],
)
def test_rewrites(before: str, after: str, rules: str) -> None:
    rewrites(ALONE, before, after, rules)


def test_joins_are_likely() -> None:
    before = f"{LONG} President\nDonald Trump.\n"
    (change,) = ALONE.explain(before).changes
    assert str(change.safety) == "likely"
    stays(Cleaner(filters=["joins"], safety="certain"), before)


def test_furniture_between_two_halves_goes_first() -> None:
    before = f"{LONG} the\nShare Button\nforeign minister of Russia, who had come by train.\n"
    after = f"{LONG} the foreign minister of Russia, who had come by train.\n"
    rewrites(CHAIN, before, after, "boilerplate.share joins.sentence")


def test_a_line_that_a_pack_knows_is_not_joined() -> None:
    stays(ALONE, f"{LONG} the\nsign up for our newsletter")
    stays(ALONE, f"{LONG} the\nshare button\nof the house.")
    cookies = "We use cookies and similar technologies to improve your experience on our website, and on those of the"
    assert len(cookies) > 100
    stays(ALONE, f"{cookies}\nminister.")


def test_a_users_pack_names_titles(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'language = "x-test"\n[grammar]\ntitles = ["grand poobah"]\ncannot_end = ["vom"]\n', encoding="utf-8"
    )
    cleaner = Cleaner(filters=["joins"], packs=[str(path)])
    stays(ALONE, f"{LONG} Grand Poobah\nPish Tush.")
    rewrites(cleaner, f"{LONG} Grand Poobah\nPish Tush.", f"{LONG} Grand Poobah Pish Tush.", "joins.title")
    rewrites(cleaner, f"{LONG} vom\nminister.", f"{LONG} vom minister.", "joins.sentence")


def test_code_is_not_joined() -> None:
    stays(ALONE, f"```\n{LONG} the\nman\n```\n", kind="markdown")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"# {LONG} the\nman left.\n", id="heading"),
        pytest.param(f"> {LONG} the\nman left.\n", id="quoted-mail"),
        pytest.param(f"{LONG} the\n{'w' * 70} and so\non and on.\n", id="wrapped"),
    ],
)
def test_structure_stays(text: str) -> None:
    stays(ALONE, text)
