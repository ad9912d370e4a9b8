"""The built-in packs are what they say: each strong entry goes, each `keeps` stays, a weak one wants company."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib import resources
from typing import Any

import pytest
from growth import cost

from cleanr import Cleaner, packs
from cleanr.packs import LONGEST, fold
from cleanr.packs.compiling import SLOTS
from cleanr.text import Kind

BEFORE = "The council met on Tuesday evening to talk about the harbour, and the meeting lasted until midnight."
BEHIND = "Nobody had expected that the vote would be so close, for the plans had been known since last autumn."
FILLED = {"n": "12", "x": "Jane Doe", "date": "May 3, 2021", "time": "3:45"}

# Quotes are another filter's matter: a keep that is said in “quotes” must come back as it is.
KEEP = {"quotes": {"style": "keep"}}
# Strict by packs: what the learned part guesses beside them, it guesses by words that it knows.
STANDARD, STRICT = Cleaner(options=KEEP), Cleaner("strict", options=KEEP | {"boilerplate": {"model": False}})
RULES = packs.load()

SOURCES: Mapping[str, Mapping[str, Any]] = {
    entry.name: tomllib.loads(entry.read_text(encoding="utf-8"))
    for entry in resources.files(packs).iterdir()
    if entry.name.endswith(".toml")
}
PACKS = pytest.mark.parametrize("name", sorted(SOURCES))


def between(line: str) -> str:
    return f"{BEFORE}\n\n{line}\n\n{BEHIND}\n"


def filled(entry: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda slot: FILLED[slot[1]], entry)


def test_there_is_an_english_pack() -> None:
    assert "en.toml" in SOURCES
    assert SOURCES["en.toml"]["language"] == "en"
    assert {"share", "comments", "newsletter", "cookies", "related", "login", "ads", "copyright"} <= set(RULES.families)
    assert all(RULES.grammar[name] for name in ("cannot_end", "titles", "agencies", "buttons"))


def test_prose_around_the_cases_comes_back() -> None:
    assert STRICT.clean(f"{BEFORE}\n\n{BEHIND}\n") == f"{BEFORE}\n\n{BEHIND}\n"


@PACKS
def test_a_button_is_a_phrase_that_needs_evidence(name: str) -> None:
    known = {button: RULES.match(button.replace("{n}", "7")) for button in SOURCES[name]["grammar"]["buttons"]}
    assert [button for button, hit in known.items() if hit is None or hit.strength == "strong"] == []


@PACKS
def test_keeps_survive(name: str) -> None:
    for family, table in _families(name):
        assert len(table.get("keeps", ())) >= 3, f"{family}: without counter-examples it is not to be trusted"
    assert [keep for _, keep in _entries(name, "keeps") if STANDARD.clean(between(keep)) != between(keep)] == []


@PACKS
@pytest.mark.parametrize("kind", ["text", "markdown"])
@pytest.mark.parametrize("blank", ["", "\n"], ids=["tight", "loose"])
@pytest.mark.parametrize("marker", ["- ", "* ", "{n}. ", ""], ids=["hyphens", "asterisks", "numbers", "no-marker"])
def test_keeps_survive_as_a_list_in_prose(name: str, marker: str, blank: str, kind: Kind) -> None:
    gone = []
    for family, table in _families(name):
        items = [f"{marker.format(n=n)}{keep}" for n, keep in enumerate(table.get("keeps", ()), 1)]
        text = f"{BEFORE} We looked at the following:\n{blank}" + "\n".join(items) + f"\n\n{BEHIND}\n"
        left = STANDARD.clean(text, kind=kind).split("\n")
        gone += [(family, item) for item in items if item not in left]
    assert gone == []


@PACKS
@pytest.mark.parametrize("sign", ["#", "##", "####"])
def test_keeps_survive_as_a_heading(name: str, sign: str) -> None:
    headed = [f"{BEFORE}\n\n{sign} {keep}\n\n{BEHIND}\n" for _, keep in _entries(name, "keeps")]
    wrong = [text for text in headed if STANDARD.clean(text, kind="markdown") != text]
    wrong += [text for text in headed if STANDARD.clean(text.partition("\n\n")[2], kind="markdown") not in text]
    assert wrong == []


@PACKS
def test_keeps_survive_at_the_head_and_at_the_tail(name: str) -> None:
    keeps = [keep for _, keep in _entries(name, "keeps")]
    texts = [text for keep in keeps for text in (f"{keep}\n\n{BEFORE}\n", f"{BEFORE}\n\n{BEHIND}\n\n{keep}\n")]
    assert [text for text in texts if STANDARD.clean(text) != text] == []


@PACKS
def test_strong_phrases_go_wherever_they_stand(name: str) -> None:
    wrong = []
    for family, entry in _entries(name, "phrases"):
        cleaned = _by_default(family).explain(between(filled(entry).capitalize()))
        rules = [change.rule for change in cleaned.changes if change.rule.startswith("boilerplate.")]
        if cleaned.text != f"{BEFORE}\n\n{BEHIND}\n" or rules != [f"boilerplate.{family}"]:
            wrong.append((family, entry, rules))
    assert wrong == []


@PACKS
def test_heads_go_with_their_titles_at_the_tail(name: str) -> None:
    prose = f"{BEFORE}\n\n{BEHIND}\n"
    titles = "Old cranes of the harbour\nThe tide tables of May\n"
    left = []
    for family, entry in _entries(name, "heads"):
        text = f"{prose}\n{filled(entry).capitalize()}\n\n{titles}"
        if _by_default(family).clean(text).rstrip() != prose.rstrip():
            left.append((family, entry))
    assert left == []


@PACKS
def test_heads_above_prose_stay(name: str) -> None:
    heads = [filled(entry).capitalize() for _, entry in _entries(name, "heads")]
    assert [head for head in heads if STRICT.clean(between(head)) != between(head)] == []


@PACKS
def test_weak_phrases_alone_stay(name: str) -> None:
    weak = [filled(entry).capitalize() for _, entry in _entries(name, "weak")]
    assert [line for line in weak if STRICT.clean(between(line)) != between(line)] == []


@PACKS
def test_weak_phrases_go_beside_a_strong_one(name: str) -> None:
    left = []
    for family, entry in _entries(name, "weak"):
        line = filled(entry).capitalize()
        if _by_default(family).clean(between(f"Share Button\n{line}")) != f"{BEFORE}\n\n{BEHIND}\n":
            left.append((family, line))
    assert left == []


@PACKS
def test_entries_equal_their_folding(name: str) -> None:
    for family, table in _families(name):
        for field in ("phrases", "heads", "weak"):
            entries = table.get(field, ())
            assert [entry for entry in map(filled, entries) if fold(entry) != entry.casefold()] == [], family
            assert [entry for entry in entries if entry != entry.casefold()] == [], family
    for words in SOURCES[name].get("grammar", {}).values():
        assert [word for word in words if word != " ".join(word.split()).casefold()] == []


@PACKS
def test_no_entry_stands_twice(name: str) -> None:
    seen: dict[str, str] = {}
    twice = []
    for family, table in _families(name):
        for field in ("phrases", "heads", "weak", "patterns", "weak_patterns"):
            for entry in table.get(field, ()):
                if entry in seen:
                    twice.append((entry, seen[entry], f"{family}.{field}"))
                seen[entry] = f"{family}.{field}"
    assert twice == []


@PACKS
def test_every_family_is_a_documented_rule(name: str) -> None:
    from cleanr import filters

    for family, table in _families(name):
        assert f"boilerplate.{family}" in filters.load("boilerplate").rules
        assert table.get("about"), family


@PACKS
def test_slots_are_known_ones(name: str) -> None:
    for family, table in _families(name):
        for field in ("phrases", "heads", "weak"):
            used = {slot for entry in table.get(field, ()) for slot in re.findall(r"\{(\w+)\}", entry)}
            assert used <= set(SLOTS), family


@PACKS
def test_patterns_have_no_capturing_group(name: str) -> None:
    patterns = [entry for _, entry in _patterns(name)]
    assert [entry for entry in patterns if re.compile(entry).groups] == []


@PACKS
def test_hostile_lines_do_not_explode(name: str) -> None:
    """Twice the line may cost eight times the time (cubic, on lines of at most 300 characters), never more."""
    slow = []
    for family, entry in _patterns(name):
        pattern = re.compile(entry)
        prefix = _prefix(entry)
        for unit in ("a", "1", "a ", "1 ", "1,", ", ", "a, ", f"{prefix} ", prefix):
            if not unit:
                continue
            half, full = (_hostile(prefix, unit, LONGEST // part) for part in (2, 1))
            once, twice = (cost(pattern.fullmatch, partial(str, line)) for line in (half, full))
            if twice > 12 * max(once, 1e-5):
                slow.append((family, entry, unit))
    assert slow == []


def _families(name: str) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    for family, table in SOURCES[name].items():
        if isinstance(table, dict) and family != "grammar":
            yield family, table


def _entries(name: str, field: str) -> Iterator[tuple[str, str]]:
    """What the families of a pack say in a field, each with its family, but for what another pack knows otherwise."""
    for family, table in _families(name):
        for entry in table.get(field, ()):
            if field == "keeps" or _is_own(family, field, entry):
                yield family, entry


def _is_own(family: str, field: str, entry: str) -> bool:
    """Whether look-ups find just this entry: of a phrase that several packs have, one wins."""
    hit = RULES.match(fold(filled(entry)))
    strength = {"phrases": "strong", "heads": "head", "weak": "weak"}[field]
    return hit is not None and (hit.family, hit.strength) == (family, strength)


def _by_default(family: str) -> Cleaner:
    return STANDARD if RULES.families[family].default else STRICT


def _patterns(name: str) -> Iterator[tuple[str, str]]:
    for family, table in _families(name):
        for field in ("patterns", "weak_patterns"):
            for entry in table.get(field, ()):
                yield family, entry


def _prefix(pattern: str) -> str:
    """A literal that the pattern may begin with: the first way through its first group."""
    literal = re.sub(r"^(?:\(\?:)+", "", pattern).replace(r"\d", "1").replace(r"\w", "a")
    match = re.match(r"[\w '©-]*", literal)
    return match[0] if match else ""


def _hostile(prefix: str, unit: str, length: int) -> str:
    return (prefix + unit * length)[: length - 1] + "\x00"
