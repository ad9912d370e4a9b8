"""What people read: nothing in it that a terminal would obey, and nothing that was not done."""

import io
import pickle
import sys
import unicodedata
from pathlib import Path

import pytest
from growth import LINEAR, growth
from hypothesis import assume, given
from hypothesis import strategies as st

import cleanr
from cleanr import Cleaned, Cleaner, Edit, Safety, Step, edits
from cleanr.report import findings as finding
from cleanr.report.catalogue import catalogue, table
from cleanr.report.diff import diff
from cleanr.report.examples import EXAMPLES
from cleanr.report.explanation import explanation
from cleanr.report.progress import Progress
from cleanr.report.rules import description, listing
from cleanr.report.terminal import Places, columns, fitted, paint, shown, visible, wants_colour
from cleanr.report.totals import Totals

# What a terminal obeys, or nobody sees: controls, formats (bidi, zero-width, tags), surrogates, odd separators.
OBEYED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NASTY = "a\x1b]0;title\x07\x1b[2J\u202eb\u200bc\u2066d\U000e0041\ud800\x9b31m\x85\u2028\u00a0\u3164\ufe0f\u034f\u2800\r"


def findings(cleaned: Cleaned, raw: str, path: str, *, colour: bool = False) -> list[str]:
    return [each.text(colour=colour) for each in finding.findings(cleaned, raw, path)]


def is_inert(text: str) -> bool:
    return not any(unicodedata.category(character) in OBEYED for character in text)


class TestVisible:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("plain “text” 漢字 é", "plain “text” 漢字 é"),
            ("\x1b[31m", r"\x1b[31m"),
            ("\x9b", r"\x9b"),
            ("\u200b\u202e\ufeff", r"\u200b\u202e\ufeff"),
            ("\U000e0041", r"\U000e0041"),
            ("\ud800", r"\ud800"),
            ("\u00a0", r"\xa0"),
            ("\u2800\u3164\ufe0f", r"\u2800\u3164\ufe0f"),
            ("a\tb\r\n", r"a\tb\r⏎"),
        ],
        ids=ascii,
    )
    def test_the_invisible_is_spelled_out(self, text: str, shown: str) -> None:
        assert visible(text) == shown

    @pytest.mark.parametrize("block", range(0, sys.maxunicode + 1, 0x10000))
    def test_no_character_stays_that_a_terminal_obeys(self, block: int) -> None:
        assert is_inert(visible("".join(map(chr, range(block, block + 0x10000)))))

    def test_spaces_on_demand(self) -> None:
        assert visible(" a b  c ", spaces=True) == "·a b··c·"

    def test_long_text_loses_its_middle(self) -> None:
        assert shown("x" * 500 + "\n", 10) == "xxxxx…xxx⏎"
        assert len(shown("\x00" * 10**6)) < 300


def dirty() -> "st.SearchStrategy[str]":
    pieces = ["one  two", "three", "\n", "\n\n\n", "“four”", " \n", "five \x07", "six", "\r\n", "\u200b"]
    return st.lists(st.sampled_from(pieces)).map("".join)


def row(text: str, rules: str) -> str:
    """A row of a diff: its rules stand in one column."""
    return f"{text:63}  {rules}"


class TestDiff:
    def test_each_changed_line_says_why(self) -> None:
        raw = "one\ntwo  words\nthree\nfour \nfive\n" + "x\n" * 9 + "“six”\n"
        assert list(diff(cleanr.explain(raw), raw, "a.txt")) == [
            "--- a.txt",
            "+++ a.txt (clean)",
            "@@ -1,7 +1,7 @@",
            " one",
            row("-two··words", "spaces.runs"),
            "+two·words",
            " three",
            row("-four·", "spaces.trailing"),
            "+four",
            " five",
            " x",
            " x",
            "@@ -12,4 +12,4 @@",
            " x",
            " x",
            " x",
            row("-“six”", "quotes.double"),
            '+"six"',
        ]

    def test_a_removed_line_stands_alone(self) -> None:
        raw = "one\n\n\n\ntwo\n"
        assert [*diff(cleanr.explain(raw), raw, "a")][3:] == [
            " one",
            " ",
            row("-⏎", "blank_lines.runs"),
            row("-⏎", "blank_lines.runs"),
            " two",
        ]

    def test_what_is_clean_has_no_diff(self) -> None:
        assert list(diff(cleanr.explain("one\n"), "one\n", "a")) == []

    def test_a_line_end_that_goes_is_named(self) -> None:
        changes = (edits.Change(1, "\n", "", "rule", Safety.CERTAIN),)
        assert [*diff(Cleaned("a", (Step("f", changes),)), "a\n", "a")][3:] == [row("-a", "rule"), "+a  (no line end)"]

    @given(
        dirty(), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 9), st.sampled_from(["", "x", "\n", "y\nz"])))
    )
    def test_the_diff_shows_exactly_the_two_texts(self, raw: str, cuts: list[tuple[int, int, str]]) -> None:
        """Reading off the lines of one side, with all context, gives that side."""
        assume(max(map(len, raw.split("\n"))) <= 30)
        proposed: list[Edit] = []
        for start, size, new in sorted(cuts):
            end = min(start + size, len(raw))
            if start <= len(raw) and (not proposed or start >= proposed[-1].end) and raw[start:end] != new:
                proposed.append(Edit(start, end, new, "rule"))
        text, changes = edits.apply(raw, proposed)
        cleaned = Cleaned(text, (Step("f", changes),) if changes else ())
        for side, whole in (("-", raw), ("+", text)):
            rows = self.lines(whole)
            for row in diff(cleaned, raw, "a"):
                if row.startswith("@@"):
                    first, count = map(int, row.split()[1 + (side == "+")][1:].split(","))
                    at = first - 1 if count else first
                elif row[0] in (" ", side) and not row.startswith(f"{side * 3} a"):
                    got = row[1:].removesuffix("rule").rstrip(" ").removesuffix("(no line end)").rstrip(" ")
                    assert got.replace("·", " ").replace("⏎", "").rstrip() == visible(rows[at]).rstrip()
                    at += 1

    def test_of_a_long_line_only_the_places_are_shown(self) -> None:
        raw = f"{'word ' * 30}one  two {'word ' * 30}“three” {'word ' * 30}\n"
        assert [*diff(cleanr.explain(raw), raw, "a")][3:] == [
            row("-…word word word one··two word word word word word word word w…", "spaces.runs"),
            "+…word word word one·two word word word word word word word w…",
            row("-…word word word “three” word word word word word word word wo…", "quotes.double"),
            '+…word word word "three" word word word word word word word wo…',
            row("-…word word word word·", "spaces.trailing"),
            "+…word word word word",
        ]

    def test_a_long_removed_line_is_cut(self) -> None:
        raw = f"One. Two.\n{'Share this ' * 30}\n"
        changes = (edits.Change(10, raw[10:], "", "rule", Safety.LIKELY),)
        assert [*diff(Cleaned(raw[:10], (Step("f", changes),)), raw, "a")][4:] == [
            row(f"-{('Share this ' * 30)[:61]}…", "rule")
        ]

    def test_a_long_unchanged_line_is_cut(self) -> None:
        raw = f"{'漢字' * 100}\none  two\n"
        assert [*diff(cleanr.explain(raw), raw, "a")][3] == f" {'漢字' * 24}漢…"

    @pytest.mark.parametrize(
        ("rules", "named"), [(1, "rule0"), (4, "rule0, rule1, rule2, rule3"), (9, "rule0, rule1, rule2, rule3, …")]
    )
    def test_rules_that_do_not_fit_are_left_out(self, rules: int, named: str) -> None:
        changes = [edits.Change(0, str(n), str(n + 1), f"rule{n}", Safety.LIKELY) for n in range(rules)]
        cleaned = Cleaned(str(rules), tuple(Step("f", (each,)) for each in changes))
        assert [*diff(cleaned, "0", "a")][3] == row("-0", named)

    @given(dirty())
    def test_no_row_is_wider_than_a_terminal(self, raw: str) -> None:
        assert all(columns(row) <= 100 for row in diff(cleanr.explain(raw + NASTY + raw), raw + NASTY + raw, "a"))

    def test_a_line_of_many_changes_costs_little(self) -> None:
        def changed(size: int) -> str:
            return "a\u200b" * size + "\u200b" * size + "“b” " * size

        assert sum(1 for _ in diff(cleanr.explain(changed(2_000)), changed(2_000), "a")) > 500
        assert growth(lambda raw: list(diff(cleanr.explain(raw), raw, "a")), changed, 250) < LINEAR

    def test_what_changed_is_marked(self) -> None:
        raw = "one  two\n"
        rows = [*diff(cleanr.explain(raw), raw, "a", colour=True)]
        assert rows[3].startswith("\x1b[31m-\x1b[0m\x1b[31mone\x1b[0m\x1b[1;7;31m··\x1b[0m\x1b[31mtwo\x1b[0m ")

    def lines(self, text: str) -> list[str]:
        return text.removesuffix("\n").split("\n")

    @given(dirty())
    def test_both_sides_count_their_lines(self, raw: str) -> None:
        assume(max(map(len, raw.split("\n"))) <= 30)  # a long line has a row for each place
        rows = list(diff(cleanr.explain(raw), raw, "a"))
        for n, row in enumerate(rows):
            if row.startswith("@@"):
                old, new = (int(part.split(",")[1]) for part in row.split()[1:3])
                body = []
                for each in rows[n + 1 :]:
                    if each.startswith("@@"):
                        break
                    body.append(each[0])
                assert (body.count(" ") + body.count("-"), body.count(" ") + body.count("+")) == (old, new)


class TestFindingsAndExplanation:
    def test_findings_name_place_rule_before_and_after(self) -> None:
        raw = "one\n“two”  three \n"
        assert list(findings(cleanr.explain(raw), raw, "a.txt")) == [
            'a.txt:2:1: quotes.double: “ → "',
            'a.txt:2:5: quotes.double: ” → "',
            "a.txt:2:6: spaces.runs: ·· → ·",
            "a.txt:2:13: spaces.trailing: · → ∅",
        ]

    def test_an_explanation_goes_step_by_step_in_raw_places(self) -> None:
        raw = "one  two\n“three  four”\n"
        lines = list(explanation(cleanr.explain(raw), raw, "a.txt"))
        assert lines[0] == "a.txt: 4 changes by 2 filters"
        assert [line for line in lines if line and not line.startswith("    ")][1:] == [
            "spaces",
            "  1:4  spaces.runs  certain",
            "  2:7  spaces.runs  certain",
            "quotes",
            "  2:1  quotes.double  certain",
            "  2:13  quotes.double  certain",
        ]
        assert "    - “three··four”" in lines
        assert "    + “three·four”" in lines

    def test_a_join_shows_both_lines(self) -> None:
        changes = (edits.Change(3, "\n", " ", "joins.sentence", Safety.LIKELY),)
        lines = explanation(Cleaned("one two\n", (Step("joins", changes),)), "one\ntwo\n", "a")
        assert [*lines][-2:] == ["    - one⏎two", "    + one·two"]

    def test_one_line_only(self) -> None:
        raw = "one  two\n“three  four”\nfive\n"
        cleaned = cleanr.explain(raw)
        assert next(explanation(cleaned, raw, "a.txt", line=1)) == "a.txt:1: 1 change by 1 filter"
        assert next(explanation(cleaned, raw, "a.txt", line=2)) == "a.txt:2: 3 changes by 2 filters"
        assert list(explanation(cleaned, raw, "a.txt", line=3)) == ["a.txt:3: nothing to change"]

    def test_a_change_over_several_lines_belongs_to_each(self) -> None:
        raw = "one\n\n\n\ntwo\n"
        counts = [next(iter(explanation(cleanr.explain(raw), raw, "a", line=n))) for n in range(1, 6)]
        assert [": nothing" not in count for count in counts] == [False, False, True, True, False]

    def test_encoding_shows_bytes_and_reason(self) -> None:
        raw = "“It rained,†she said."
        text = "\n".join(explanation(cleanr.explain(raw), raw, "a"))
        assert "bytes e2 80 a0 → e2 80 9d 20" in text
        assert "1:12  encoding.scar  certain  " in text

    def test_what_was_withheld_is_said(self) -> None:
        cleaned = Cleaned("a", (), ("removals withheld: 9 of 9 words",))
        assert [*explanation(cleaned, "a", "a")][-1] == "flagged: removals withheld: 9 of 9 words"

    @given(st.text() | dirty())
    def test_nothing_printed_is_obeyed(self, raw: str) -> None:
        raw += NASTY
        changes = (edits.Change(0, raw, raw[::-1] + NASTY, f"rule{NASTY}", Safety.GUESS, NASTY),)
        cleaned = Cleaned(raw[::-1] + NASTY, (Step("encoding", changes),), (NASTY,))
        for view in (findings, diff, explanation):
            for line in view(cleaned, raw, f"name{NASTY}"):
                assert is_inert(line), view

    @given(dirty())
    def test_every_change_is_explained_at_a_place_of_the_raw_text(self, raw: str) -> None:
        cleaned = cleanr.explain(raw)
        places = [
            line.split()[0] for line in explanation(cleaned, raw, "a") if line.startswith("  ") and line[2].isdigit()
        ]
        assert len(places) == len(cleaned.changes)
        ends = {str(Places(raw).at(n)) for n in range(len(raw) + 1)}
        assert set(places) <= ends


class TestTotals:
    def test_counts(self) -> None:
        totals = Totals()
        for raw in ("one  two “three”", "clean"):
            cleaned = cleanr.explain(raw)
            totals.count(cleaned, cleaned.text != raw)
        totals.add(Totals(failed=1, ignored=2, flagged=1))
        assert list(totals.summary()) == [
            "2 documents read: 1 changed, 1 unchanged, 1 failed, 1 flagged; 2 files ignored",
            "edits: 2 quotes, 1 spaces",
        ]

    def test_removals_are_words_that_went(self) -> None:
        changes = [("Share", ""), ("Share", ""), ("\u200b", ""), ("a", "b"), ("Reply", "")]
        step = Step("f", tuple(edits.Change(0, old, new, old or "x", Safety.LIKELY) for old, new in changes))
        totals = Totals()
        totals.count(Cleaned("", (step,)), True)
        assert list(totals.summary())[1:] == ["edits: 5 f", "removals: 2 Share, 1 Reply"]

    def test_only_the_most_frequent_are_shown(self) -> None:
        totals = Totals()
        totals.removals.update({f"rule{n}": 20 - n for n in range(12)})
        assert list(totals.summary())[1].endswith(", 13 rule7, 42 by others")

    def test_totals_pickle(self) -> None:
        totals = Totals(changed=3)
        totals.edits["quotes"] = 2
        assert pickle.loads(pickle.dumps(totals)) == totals


class TestFitted:
    @pytest.mark.parametrize(
        ("text", "width", "shown"),
        [
            ("two", 5, "two"),
            ("Share this", 10, "Share this"),
            ("Share this article", 10, "Share thi…"),
            ("漢字漢字", 5, "漢字…"),
            ("漢字漢字", 6, "漢字…"),
            ("\x1b" * 9, 9, r"\x1b\x1b…"),
            ("e\u0301" * 3, 3, "e\u0301" * 3),
            ("a" + "\u0301" * 500, 3, "a" + "\u0301" * 23 + "…"),
        ],
        ids=ascii,
    )
    def test_cut_at_the_end(self, text: str, width: int, shown: str) -> None:
        assert fitted(text, width) == shown

    def test_cut_at_the_start(self) -> None:
        assert fitted("Share this article", 8, keep="end") == "…article"

    @given(st.text(), st.integers(1, 30))
    def test_padded_is_as_wide_as_asked(self, text: str, width: int) -> None:
        assert columns(fitted(text, width, pad=True)) == width


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestColour:
    @pytest.mark.parametrize(
        ("stream", "variables", "wanted"),
        [
            (Terminal(), {"TERM": "xterm"}, True),
            (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
            (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
            (Terminal(), {"TERM": "dumb"}, False),
            (io.StringIO(), {"TERM": "xterm"}, False),
        ],
    )
    def test_only_a_terminal_gets_it(
        self, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, variables: dict[str, str], wanted: bool
    ) -> None:
        monkeypatch.delenv("NO_COLOR", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert wants_colour(stream) is wanted

    def test_colours_end(self) -> None:
        assert paint("a", "red", True) == "\x1b[31ma\x1b[0m"
        raw = "one  two\n"
        for view in (findings, diff, explanation):
            text = "\n".join(view(cleanr.explain(raw), raw, "a", colour=True))
            assert text.count("\x1b[") == 2 * text.count("\x1b[0m") > 0


def test_progress_is_drawn_on_a_terminal_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanr.report.progress.EVERY", 0.0)
    stream = Terminal()
    progress = Progress(stream, 2, wanted=True)
    progress.show(1)
    progress.clear()
    progress.clear()
    assert stream.getvalue() == "\r\x1b[K1 of 2 files\r\x1b[K"
    for silent in (Progress(stream, 2, wanted=False), Progress(stream, 1, wanted=True)):
        silent.show(1)
    assert stream.getvalue().count("of") == 1


def test_rules_list_and_describe_all() -> None:
    loaded = Cleaner().chain
    text = "\n".join(listing(loaded))
    for found in loaded:
        assert f"{found.name}  " in text
        for rule in found.rules:
            assert f"  {rule}  " in text
            (first, *_, last) = description(rule, loaded)
            assert (first, last) == (rule, f'off      ignore = ["{rule}"], or --ignore {rule}')
    assert any("quotes.style = 'straight'" in line for line in description("quotes", loaded))
    with pytest.raises(ValueError, match="unknown rule 'quote'; known: markup"):
        description("quote", loaded)


@pytest.mark.parametrize("rule", sorted(EXAMPLES.keys() & {rule for found in Cleaner().chain for rule in found.rules}))
def test_examples_of_rules_are_true(rule: str) -> None:
    example = EXAMPLES[rule]
    assert rule in {change.rule for change in cleanr.explain(example.changes).changes}
    assert rule not in {change.rule for change in cleanr.explain(example.keeps).changes}
    [chain] = [found for found in Cleaner().chain if found.name == rule.partition(".")[0]]
    rows = description(rule, [chain])
    assert any(row.startswith("becomes  ") for row in rows)
    assert is_inert("".join(rows))


def test_most_rules_have_an_example() -> None:
    rules = [rule for found in Cleaner().chain for rule in found.rules if found.name != "boilerplate"]
    assert len(EXAMPLES.keys() & set(rules)) > 0.7 * len(rules)


def test_a_family_has_its_phrases_and_what_it_keeps(tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(
        'language = "xx"\n[boats]\nabout = "Names."\nphrases = ["a boat", "boat {n}"]\nkeeps = ["A boat."]\n'
    )
    loaded = Cleaner(packs=[str(pack)]).chain
    rows = description("boilerplate.boats", loaded, catalogue([pack]))
    assert "entries  xx 2" in rows
    assert "phrases  xx      a boat" in rows
    assert "keeps    A boat." in rows
    assert any(row.split() == ["boats", *["·"] * (row.count("·")), "2"] for row in table(catalogue([pack])))


def test_every_family_is_on_the_table() -> None:
    known = catalogue()
    assert {"share", "comments", "cookies"} <= known.keys()
    rows = list(table(known))
    assert all(columns(row) <= 100 for row in rows)
    for family, shelves in known.items():
        counts = [int(cell) for row in rows if row.split()[:1] == [family] for cell in row.split()[1:] if cell != "·"]
        assert sorted(counts) == sorted(shelf.entries for shelf in shelves.values())
