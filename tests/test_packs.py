"""Rule packs: how lines are folded and matched; what is wrong with a pack is told by file, family and field."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_phrases import BEFORE, BEHIND, SOURCES, between

from cleanr import Cleaner, packs
from cleanr.packs import LONGEST, PackError, Rules, fold
from cleanr.packs.book import Book, written
from cleanr.packs.compiling import compiled, parsed

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
    assert Cleaner().clean(between("Feed the Zebra »")) == between("Feed the Zebra »")


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
