"""Rule packs: the built-in ones are what they say; what is wrong with a pack is told by file, family and field."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from growth import cost
from hypothesis import given
from hypothesis import strategies as st

from cleanr import Cleaner, packs
from cleanr.packs import LONGEST, PackError, Rules, fold
from cleanr.packs.book import Book, written
from cleanr.packs.compiling import SLOTS, compiled, parsed
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


# What the built-in packs say


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


# Folding and matching


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        pytest.param("Leave a Reply", "leave a reply", id="case"),
        pytest.param("  Leave  a\u00a0Reply »", "leave a reply", id="spaces-and-arrows"),
        pytest.param("• SHARE:", "share", id="bullet-and-colon"),
        pytest.param("Don’t miss", "don't miss", id="curly-apostrophe"),
        pytest.param("[edit]", "edit", id="brackets"),
        pytest.param("“Read more…”", "read more", id="quotes-and-ellipsis"),
        pytest.param("Straße", "strasse", id="sharp-s"),
        pytest.param("***", "", id="signs-only"),
        pytest.param("", "", id="empty"),
        pytest.param("A&B", "a&b", id="signs-inside-stay"),
    ],
)
def test_fold(line: str, folded: str) -> None:
    assert fold(line) == folded


@given(st.text() | st.text("aA '’“”…»- \u00a0İẞ", max_size=12))
def test_folding_twice_is_folding_once(line: str) -> None:
    assert fold(fold(line)) == fold(line)


@pytest.fixture
def pack(tmp_path: Path) -> "Writer":
    return Writer(tmp_path)


class Writer:
    """Writes packs into a directory of one test."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def __call__(self, source: str, name: str = "mine.toml") -> str:
        path = self.directory / name
        path.write_text(source, encoding="utf-8")
        return str(path)


MINE = """
language = "en"

[zebra]
about = "Zebras."
phrases = ["feed the zebra", "{n} zebras seen", "zebra of the day: {x}", "seen {date}", "zebra at {time}"]
weak = ["zebra", "{n} stripes"]
heads = ["more zebras"]
patterns = ["zebra (?:one|two)", '\\d+ zebra coins', "(?:tame|wild) zebras? only"]
weak_patterns = ["zebr.{1,20} crossing"]
keeps = ["The zebra of the day was late."]

[quagga]
default = false
phrases = ["feed the quagga"]

[grammar]
agencies = ["zebra press"]
"""


@pytest.mark.parametrize(
    ("line", "family", "strength"),
    [
        pytest.param("feed the zebra", "zebra", "strong", id="phrase"),
        pytest.param("feed the quagga", "quagga", "strong", id="other-family"),
        pytest.param("zebra", "zebra", "weak", id="weak"),
        pytest.param("more zebras", "zebra", "head", id="head"),
        pytest.param("1,204 zebras seen", "zebra", "strong", id="slot-n"),
        pytest.param("3k zebras seen", "zebra", "strong", id="slot-n-thousands"),
        pytest.param("zebra of the day: old tom", "zebra", "strong", id="slot-x"),
        pytest.param("zebra of the day: a b c d e f", "zebra", "strong", id="slot-x-six-words"),
        pytest.param("seen may 3, 2021", "zebra", "strong", id="slot-date"),
        pytest.param("seen 2021-05-03", "zebra", "strong", id="slot-date-iso"),
        pytest.param("seen 3 hours ago", "zebra", "strong", id="slot-date-ago"),
        pytest.param("seen yesterday", "zebra", "strong", id="slot-date-yesterday"),
        pytest.param("zebra at 3:45 pm", "zebra", "strong", id="slot-time"),
        pytest.param("zebra at 23:45:10", "zebra", "strong", id="slot-time-seconds"),
        pytest.param("5 stripes", "zebra", "weak", id="weak-slot"),
        pytest.param("zebra two", "zebra", "strong", id="pattern"),
        pytest.param("77 zebra coins", "zebra", "strong", id="pattern-with-a-digit-first"),
        pytest.param("wild zebra only", "zebra", "strong", id="pattern-with-a-group-first"),
        pytest.param("zebra path crossing", "zebra", "weak", id="weak-pattern"),
    ],
)
def test_match(pack: Writer, line: str, family: str, strength: str) -> None:
    hit = packs.load((pack(MINE),)).match(line)
    assert hit is not None
    assert (hit.family, hit.strength) == (family, strength)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="empty"),
        pytest.param("feed the zebra now", id="more-than-the-phrase"),
        pytest.param("please feed the zebra", id="words-before"),
        pytest.param("zebra of the day: a b c d e f g", id="slot-x-seven-words"),
        pytest.param("zebra of the day:", id="slot-x-empty"),
        pytest.param("many zebras seen", id="slot-n-wants-a-number"),
        pytest.param("zebra at noon", id="slot-time-wants-a-time"),
        pytest.param("zebra three", id="pattern"),
        pytest.param("zebra of the day: " + "x" * LONGEST, id="too-long"),
    ],
)
def test_no_match(pack: Writer, line: str) -> None:
    assert packs.load((pack(MINE),)).match(line) is None


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        pytest.param("okapi one", "okapi one", id="weak-phrase-before-strong-pattern"),
        pytest.param("okapi two", "(?:okapi|zebra) two", id="strong-pattern-before-weak-pattern"),
        pytest.param("okapi three", "okapi three", id="strong-phrase-before-weak-phrase"),
        pytest.param("okapi four", "okapi .*", id="weak-pattern"),
    ],
)
def test_what_says_just_this_comes_first_and_then_what_is_strong(pack: Writer, line: str, entry: str) -> None:
    path = pack(
        'language = "en"\n'
        "[okapi]\n"
        'weak = ["okapi one", "okapi three"]\n'
        "weak_patterns = ['okapi .*']\n"
        "[gnu]\n"
        "patterns = ['okapi one', '(?:okapi|zebra) two']\n"
        'phrases = ["okapi three"]\n'
    )
    hit = packs.load((path,)).match(line)
    assert hit is not None
    assert hit.entry == entry
    assert hit.strength == ("strong" if hit.family == "gnu" else "weak")


def test_a_phrase_that_a_built_in_pack_knows_keeps_its_family(pack: Writer) -> None:
    hit = packs.load((pack('language = "en"\n[gnu]\nphrases = ["leave a reply"]\n'),)).match("leave a reply")
    assert hit is not None
    assert hit.family == "comments"


def test_packs_of_one_family_add_up(pack: Writer) -> None:
    one = pack('language = "en"\n[gnu]\nabout = "Gnus."\nkeeps = ["a"]\nphrases = ["gnu one"]\n', "one.toml")
    two = pack(
        'language = "de"\n[gnu]\nabout = "Other."\ndefault = false\nkeeps = ["b"]\nphrases = ["gnu zwei"]\n', "two.toml"
    )
    rules = packs.load((one, two))
    assert rules.families["gnu"] == ("Gnus.", False)
    assert [hit and hit.family for hit in map(rules.match, ("gnu one", "gnu zwei"))] == ["gnu", "gnu"]
    assert rules.match("leave a reply") is not None, "user packs stand beside the built-in ones"


# A pack in a cleaner


def test_a_users_pack_removes_lines(pack: Writer) -> None:
    cleaner = Cleaner(packs=[pack(MINE)])
    cleaned = cleaner.explain(between("Feed the Zebra »"))
    assert cleaned.text == f"{BEFORE}\n\n{BEHIND}\n"
    assert "boilerplate.zebra" in {change.rule for change in cleaned.changes}
    assert STANDARD.clean(between("Feed the Zebra »")) == between("Feed the Zebra »")


@pytest.mark.parametrize("line", ["The zebra of the day was late.", "Zebra", "5 stripes", "Feed the quagga"])
def test_a_users_pack_keeps_lines(pack: Writer, line: str) -> None:
    assert Cleaner(packs=[pack(MINE)]).clean(between(line)) == between(line)


def test_a_family_that_is_off_by_default_is_a_guess(pack: Writer) -> None:
    cleaned = Cleaner("strict", packs=[pack(MINE)]).explain(between("Feed the quagga"))
    assert cleaned.text == f"{BEFORE}\n\n{BEHIND}\n"
    assert {str(change.safety) for change in cleaned.changes if change.rule == "boilerplate.quagga"} == {"guess"}


def test_in_lists_a_family_of_ones_own_goes_and_a_built_in_one_stays(pack: Writer) -> None:
    cleaner = Cleaner(packs=[str(pack(HEAD + '[gnu]\nphrases = ["gnu news"]\n[share]\nphrases = ["gnu share"]\n'))])
    text = f"{BEHIND}\n\n- Wool\n- Gnu News\n- Gnu share\n- Hay\n\n{BEHIND}\n"
    assert cleaner.clean(text) == text.replace("- Gnu News\n", "")


def test_a_users_family_can_be_ignored_and_selected(pack: Writer) -> None:
    path = pack(MINE)
    text = between("Feed the zebra")
    assert Cleaner(packs=[path], ignore=["boilerplate.zebra"]).clean(text) == text
    assert Cleaner(packs=[path], select=["boilerplate.zebra"]).clean(text) != text


@pytest.mark.parametrize("line", ["Feed the Gnu", "feed  the gnu »", "Gnus by Jane Doe:", "[Gnu (12)]"])
def test_a_users_phrases_may_be_written_as_pages_show_them(pack: Writer, line: str) -> None:
    path = pack('language = "en"\n[gnu]\nphrases = ["Feed the Gnu »", "Gnus by {x}:", "[Gnu ({n})]"]\n')
    assert Cleaner(packs=[path]).clean(between(line)) == f"{BEFORE}\n\n{BEHIND}\n"


def test_a_users_agency(pack: Writer) -> None:
    text = f"Zebra Press\n{BEFORE}\n"
    assert Cleaner(filters=["boilerplate"], packs=[pack(MINE)]).clean(text) == f"{BEFORE}\n"
    assert Cleaner(filters=["boilerplate"]).clean(text) == text


# What is wrong with a pack is told

HEAD = 'language = "en"\n'


@pytest.mark.parametrize(
    ("source", "says"),
    [
        pytest.param("language = ", [], id="no-toml"),
        pytest.param("[gnu]\nphrases = []\n", ["language"], id="no-language"),
        pytest.param("language = 3\n", ["language"], id="language-is-no-string"),
        pytest.param(HEAD + 'gnu = "x"\n', ["gnu", "table"], id="family-is-no-table"),
        pytest.param(
            HEAD + '[gnu]\nphrasse = ["x"]\n', ["gnu.phrasse", "unknown", "phrases", "keeps"], id="unknown-field"
        ),
        pytest.param(
            HEAD + '[grammar]\nphrases = ["x"]\n', ["grammar.phrases", "cannot_end"], id="unknown-grammar-field"
        ),
        pytest.param(HEAD + 'grammar = "x"\n', ["grammar", "table"], id="grammar-is-no-table"),
        pytest.param(HEAD + '[gnu]\nphrases = "x"\n', ["gnu.phrases", "list of strings"], id="phrases-are-no-list"),
        pytest.param(HEAD + "[gnu]\nweak = [1]\n", ["gnu.weak", "list of strings"], id="entry-is-no-string"),
        pytest.param(
            HEAD + "[grammar]\ntitles = [1]\n", ["grammar.titles", "list of strings"], id="title-is-no-string"
        ),
        pytest.param(HEAD + "[gnu]\nabout = 1\n", ["gnu.about"], id="about-is-no-string"),
        pytest.param(HEAD + '[gnu]\ndefault = "no"\n', ["gnu.default"], id="default-is-no-bool"),
        pytest.param(HEAD + '[gnu]\nphrases = ["***"]\n', ["gnu.phrases", "'***'"], id="nothing-to-compare"),
        pytest.param(HEAD + '[gnu]\nphrases = ["by {name}"]\n', ["gnu.phrases", "{name}"], id="unknown-slot"),
        pytest.param(HEAD + "[gnu]\npatterns = ['(a)']\n", ["gnu.patterns", "'(a)'", "capturing"], id="group"),
        pytest.param(HEAD + "[gnu]\npatterns = ['(?P<x>a)']\n", ["gnu.patterns", "capturing"], id="named-group"),
        pytest.param(
            HEAD + "[gnu]\nweak_patterns = ['(a']\n", ["gnu.weak_patterns", "'(a'"], id="no-regular-expression"
        ),
        pytest.param(HEAD + "[gnu]\npatterns = ['']\n", ["gnu.patterns"], id="empty-pattern"),
        pytest.param(HEAD + "[gnu]\npatterns = ['.* gnu']\n", ["gnu.patterns", "must begin"], id="anything-first"),
        pytest.param(HEAD + '[gnu]\nphrases = ["{x} of gnus"]\n', ["gnu.phrases", "must begin"], id="slot-first"),
        pytest.param(HEAD + "[gnu]\npatterns = ['(?i)a']\n", ["gnu.patterns", "'(?i)a'"], id="flags"),
    ],
)
def test_errors_name_file_family_and_field(pack: Writer, source: str, says: list[str]) -> None:
    path = pack(source)
    with pytest.raises(PackError) as caught:
        Cleaner(packs=[path]).clean("Feed the gnu")
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert [word for word in says if word not in message] == []
    assert "\n" not in message


def test_a_pack_that_is_not_there(tmp_path: Path) -> None:
    path = str(tmp_path / "none.toml")
    with pytest.raises(PackError, match="No such file") as caught:
        Cleaner(packs=[path]).clean("text")
    assert str(caught.value).startswith(f"{path}: ")


def test_a_pack_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'language = "fran\xe7ais"\n')
    with pytest.raises(PackError) as caught:
        Cleaner(packs=[str(path)]).clean("text")
    assert str(caught.value).startswith(f"{path}: ")


def test_a_pack_error_is_a_value_error() -> None:
    assert issubclass(PackError, ValueError)


def test_a_cleaner_refuses_an_invalid_pack_at_once(pack: Writer) -> None:
    """`Cleaner` promises a `ValueError` for a pack that is not valid: a run must not fail at its first document."""
    path = pack("language = ")
    with pytest.raises(ValueError, match="mine"):
        Cleaner(packs=[path])


# Compiled packs


def test_compiled_packs_are_what_their_files_say() -> None:
    """A stale file is not believed: its first line tells of which files it was made."""
    made_of, book = packs.compile_built_in().split(b"\n", 1)
    assert len(made_of.split()) > len(SOURCES)
    said = packs.built_in()
    rules = Rules([Book(BytesIO(book), 0)])
    assert rules.phrases == {phrase: hit for phrase, hit in said.phrases.items() if len(phrase) <= LONGEST}
    assert rules.families == said.families
    assert rules.grammar == {name: frozenset(words) for name, words in said.grammar.items()}


@pytest.mark.parametrize("held", [b"", b"of other files\n[]"], ids=["no-file", "stale"])
def test_without_compiled_packs_the_files_are_read(
    held: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = Path(packs.__file__).with_name("en.toml")
    monkeypatch.setattr(packs, "_files", lambda: [english])
    monkeypatch.setattr(packs, "COMPILED", str(tmp_path / "compiled.bin"))
    if held:
        (tmp_path / "compiled.bin").write_bytes(held)
    packs._built_in_book.cache_clear()
    try:
        said = compiled([parsed("en.toml", english.read_text("utf-8"), check=False)])
        assert Rules([packs._built_in_book()]).phrases == said.phrases
    finally:
        packs._built_in_book.cache_clear()


def test_packs_apart_say_what_they_say_together(pack: Writer) -> None:
    sources = [
        HEAD + '[gnu]\nabout = "Gnus."\nkeeps = ["a"]\nphrases = ["gnu one", "gnu two"]\nweak = ["gnu"]\n'
        "patterns = ['gnu \\d']\n",
        HEAD + "[gnu]\ndefault = false\nkeeps = ['b']\nphrases = ['gnu']\nweak = ['gnu two']\n"
        "patterns = ['gnu \\d+']\nweak_patterns = ['g.* one', 'gnus? .*']\n[grammar]\ntitles = ['lord']\n",
    ]
    one, two = (parsed(str(n), source, check=True) for n, source in enumerate(sources))
    apart = Rules([Book(BytesIO(written(compiled([each]))), n) for n, each in enumerate((one, two))])
    together = packs.ready(compiled([one, two]))
    assert apart.families == together.families
    assert apart.grammar == together.grammar
    for line in ("gnu", "gnu one", "gnu two", "gnu 1", "gnu 12", "gnu x", "gnus x", "ga one", "gnat"):
        assert apart.match(line) == together.match(line), line


def test_a_line_that_is_too_long_is_no_entry() -> None:
    rules = packs.ready(compiled([parsed("x", HEAD + "[gnu]\npatterns = ['gnu .*']\n", check=True)]))
    fits = "gnu " + "a" * (LONGEST - 4)
    assert rules.recognise([fits, fits + "a", "gnu  " + "a" * LONGEST]).keys() == {0}
