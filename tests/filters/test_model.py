"""Furniture that no list can know, by the learned part; and what it must leave alone whatever it thinks of it."""

import json
from importlib import resources

import pytest
from corpus import CLEAN, DIRTY, Sample
from hypothesis import given
from strategies import texts
from tables import case, stays

from cleanr import Cleaner, packs
from cleanr.edits import Safety
from cleanr.filters.boilerplate import model, model_bars
from cleanr.filters.boilerplate.lines import Page
from cleanr.filters.boilerplate.model_bars import Bars
from cleanr.filters.boilerplate.model_page import FEATURES
from cleanr.filters.boilerplate.model_spared import SURE, Judged, is_content, spare
from cleanr.filters.boilerplate.model_trees import GREATEST, LEAVES, LOWEST, Tree
from cleanr.text import Text

ALONE = Cleaner(filters=["boilerplate"])
GUESSING = Cleaner(filters=["boilerplate"], safety="guess")
PACKS = Cleaner(filters=["boilerplate"], options={"boilerplate": {"model": False}})
RULES = packs.load()
MOST_BYTES = 2_000_000
LONG = 160  # characters
MOST_LOOKS = 6  # at one page, until nothing more goes

P = "The council met on Tuesday evening to talk about the harbour, and the meeting lasted until midnight."
Q = "Nobody had expected that the vote would be so close, for the plans had been known since last autumn."
R = "In the end the mayor herself cast the vote that decided it, and the cranes will be built next spring."
MENU = "Home\nNews\nHarbour Watch\nBoats for Sale\nTide Tables\nSubscribe Now\nSports\nWeather\nObituaries\nLog In\n"
FOOT = "Follow us on Facebook\nTerms of Use\nPrivacy Policy\nHarbour Media\n© 2024 Harbour. All rights reserved.\n"
PAGE = f"{MENU}{P}\n{Q}\n{R}\n{FOOT}"


def test_what_no_list_knows_goes_from_the_frame_of_a_page() -> None:
    assert ALONE.clean(PAGE) == f"{P}\n{Q}\n{R}\n"
    assert "Tide Tables" in PACKS.clean(PAGE)
    reasons = [change.reason for change in ALONE.explain(PAGE).changes]
    assert any(reason.startswith("model: score ") and reason.endswith("above the text") for reason in reasons)


POEM = "\n".join(
    (
        "The tide is low, the boats are in",
        "And nobody is on the quay,",
        "The lamps are lit, the nets are thin",
        "And all the gulls are out at sea",
    )
)
LIST = "\n".join(("- two eggs", "- flour", "- a spoon of sugar", "- milk"))
TABLE = "\n".join(("| boat | length |", "|---|---|", "| Anna | 12 m |", "| Home | 9 m |"))
CODE = "\n".join(('menu = {"home": 1}', "def share(page):", "    return page.share()"))
TALK = "\n".join(("Anna: Are you coming?", "Ben: In a minute.", "Anna: Home or harbour?", "Ben: Home."))


@pytest.mark.parametrize(
    "raw",
    [
        case("a-poem", POEM),
        case("a-poem-between-paragraphs", f"{P}\n{POEM}\n{Q}\n{R}\n"),
        case("a-list-between-paragraphs", f"{P}\n{LIST}\n{Q}\n{R}\n"),
        case("a-table-between-paragraphs", f"{P}\n{TABLE}\n{Q}\n{R}\n"),
        case("code-between-paragraphs", f"{P}\n{CODE}\n{Q}\n{R}\n"),
        case("talk", TALK),
        case("talk-between-paragraphs", f"{P}\n{TALK}\n{Q}\n{R}\n"),
        case("headings", f"Harbour News\n{P}\nA close vote\n{Q}\nWhat comes next\n{R}\n"),
        case("a-heading-at-the-end", f"{P}\n{Q}\nTime will tell"),
    ],
)
def test_content_stays(raw: str) -> None:
    stays(ALONE, raw)


@pytest.mark.parametrize("sample", CLEAN, ids=str)
def test_the_model_likes_nothing_of_clean_text(sample: Sample) -> None:
    page = Page(Text(sample.text, kind=sample.kind), RULES)
    assert not [found for found in model.find(page, RULES) if found.safety >= Safety.LIKELY]


@pytest.mark.parametrize("sample", CLEAN, ids=str)
def test_paragraphs_stay_in_any_frame(sample: Sample) -> None:
    page = Page(Text(f"{MENU}{sample.text}\n{FOOT}", kind=sample.kind), RULES)
    likely = [found.at for found in model.find(page, RULES) if found.safety >= Safety.LIKELY]
    assert bool(likely) is (len(page.prose) >= model.LEAST_PROSE)  # the frame goes
    assert not [page.texts[at] for at in likely if page.is_prose(at) and len(page.texts[at]) > LONG]


def test_without_guesses_only_pages_with_furniture_are_looked_at() -> None:
    framed, bare = Page(Text(PAGE), RULES), Page(Text(f"Tide Tables\n{P}\n{Q}\n{R}\nHarbour Watch\n"), RULES)
    assert list(model.find(framed, RULES, guesses=False)) == list(model.find(framed, RULES))
    assert list(model.find(bare, RULES, guesses=False)) == []
    assert "guesses" in GUESSING.chain[0].find.keywords  # type: ignore[attr-defined]
    assert ALONE.chain[0].find.keywords == {"guesses": False}  # type: ignore[attr-defined]


@given(texts())
def test_features_stay_within_what_trees_can_look_up(raw: str) -> None:
    page = Page(Text(raw), RULES)
    if page.texts:
        learned = model.load()
        wanted = model.candidates(page)
        for row in model.described(page, list(map(learned.traits, page.texts)), wanted):
            assert len(row) == len(FEATURES)
            assert LOWEST <= min(row) <= max(row) <= GREATEST


@given(texts())
def test_what_was_remembered_changes_nothing(raw: str) -> None:
    page = Page(Text(f"{PAGE}{raw}"), RULES)
    seen = list(model.find(page, RULES))
    model.load()._remembered.clear()
    assert list(model.find(page, RULES)) == seen


def test_what_is_remembered_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    learned = model.Learned(json.loads((resources.files("cleanr.filters.boilerplate") / model.WEIGHTS).read_text()))
    seen = learned.traits("Home")
    monkeypatch.setattr(model, "REMEMBERED", 8)
    assert [learned.traits(line) for line in ("News", "Sports", "Home")][-1] == seen
    assert set(learned._remembered) == {"Home"}


def test_a_menu_without_a_sure_line_goes_where_the_model_is_nearly_sure() -> None:
    head = "Home\nShop\nNews\nSports\nHarbour Watch\nTide Tables\nOur Team\nGallery\nGift Cards\nLog In\nFish\nBoats\n"
    page = Page(Text(f"{head}{P}\n{Q}\n{R}\n"), RULES)
    assert not any(map(page.is_strong, page.hits))
    likely = [page.texts[found.at] for found in model.find(page, RULES, guesses=False) if found.safety >= Safety.LIKELY]
    assert {"Home", "Harbour Watch", "Tide Tables"} <= set(likely)


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        case("framed", f"{MENU * 3}{P}\n{Q}\n", model_bars.FRAMED),
        case("residue", f"{P}\n{Q}\nFollow us on Facebook\n", model_bars.RESIDUE),
        case("bare", f"{P}\nHome\nCategories\n5 minutes\n", model_bars.BARE),
        case("one-kind-only", f"{P}\nNext\nPrevious\n{Q}\n", model_bars.CLEAN),
        case("clean", f"{P}\n{Q}\n", model_bars.CLEAN),
    ],
)
def test_how_sure_it_must_be_is_told_by_the_page(text: str, bars: Bars) -> None:
    assert model_bars.choose(Page(Text(text), RULES), RULES) is bars


def judged(*lines: tuple[int, int]) -> dict[int, Judged]:
    return {at: Judged(at, score, likely=True, zone=1) for at, score in lines}


@pytest.mark.parametrize(
    ("found", "likely"),
    [
        case("scattered", judged((1, 2000), (3, 2000)), []),
        case("most", judged((1, 2000), (2, 2000), (4, 2000), (5, 2000)), [1, 2, 4, 5]),
        case("most-but-one-alone", judged((1, 2000), (3, 2000), (4, 2000)), [3, 4]),
        case("scattered-but-sure", judged((2, SURE), (3, SURE)), [2, 3]),
        case("sure-but-alone", judged((1, 2000), (3, SURE)), []),
    ],
)
def test_what_is_scattered_over_a_list_stays(found: dict[int, Judged], likely: list[int]) -> None:
    page = Page(Text(f"{P}\nAnna Berg\nMill Lane\nBo Dahl\nQuay 5\nCranes and boats\n{Q}\n"), RULES)
    spare(page, found)
    assert [at for at, line in found.items() if line.likely] == likely


@pytest.mark.parametrize(("found", "likely"), [(judged((3, SURE)), []), (judged((2, SURE), (3, SURE)), [2, 3])])
def test_a_line_alone_between_lines_that_stay_goes_by_a_guess_only(found: dict[int, Judged], likely: list[int]) -> None:
    page = Page(Text(f"{P}\n{Q}\nThe keeper\nAnna Berg\n1 Mill Lane\n"), RULES)
    spare(page, found)
    assert [at for at, line in found.items() if line.likely] == likely


@pytest.mark.parametrize("line", ["3. https://example.org/a/b", "[12] doi:10.1000/182", "7) www.example.org/"])
def test_a_source_goes_by_a_guess_only(line: str) -> None:
    page = Page(Text(f"{P}\n{line}\n"), RULES)
    assert is_content(page, 1, model.load().traits(line))
    assert not is_content(page, 0, model.load().traits("https://example.org/a/b"))


def test_a_long_sentence_goes_by_a_guess_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its words and its place say."""
    for name in ("FRAMED", "RESIDUE"):
        monkeypatch.setattr(model_bars, name, Bars(model.GUESS, model.GUESS, model.GUESS))
    sentence = (
        "By signing up you agree to our terms, to our privacy policy and to our cookies, and you consent to mail about "
        "offers, news and events from us and from our partners, from their partners and from their friends, which you "
        "can stop at any time by a click on the link at the end of each mail that we or they send."
    )
    raw = PAGE.replace("Harbour Media", sentence)
    assert sentence in ALONE.clean(raw)
    assert sentence not in GUESSING.clean(raw)


@pytest.mark.parametrize("sample", [*DIRTY, *CLEAN], ids=str)
def test_few_looks_are_enough(sample: Sample) -> None:
    for frame in (sample.text, f"{MENU}{sample.text}\n{FOOT}"):
        assert len(GUESSING.explain(frame, kind=sample.kind).steps) <= MOST_LOOKS


def test_the_weights_are_small_and_whole_numbers() -> None:
    source = (resources.files("cleanr.filters.boilerplate") / model.WEIGHTS).read_bytes()
    assert len(source) <= MOST_BYTES
    data = json.loads(source)
    assert all(isinstance(weight, int) and abs(weight) <= 127 for weight in data["words"].values())
    assert all(leaves(tree) <= LEAVES for tree in data["trees"])


def leaves(tree: Tree) -> int:
    """The number of leaves of a tree, each a whole number."""
    if isinstance(tree, list):
        feature, greatest, left, right = tree
        assert isinstance(greatest, int)
        assert 0 <= feature < len(FEATURES)
        return leaves(left) + leaves(right)
    assert isinstance(tree, int)
    return 1
