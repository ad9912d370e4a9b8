"""``cleanr try`` and ``cleanr compare``: what is shown, how it ends, and that nothing is written."""

import json
import os
import re
from pathlib import Path

import pytest
from command import Run, write
from corpus import ROOT, read
from tables import case

from cleanr.report.inline import inline
from cleanr.report.terminal import columns

PAGE = "The harbour board met on Tuesday. It kept the “old” crane.\n\nShare this:\n\nLeave a Reply\n"
TITLED = f"Three slow days on the island\n\nPosted on 14 March 2017 by Jane Doe\n\n{PAGE}"
NASTY = "x\x1b]0;gotcha\x07\u202e\u200b\u2066\x9b31m  y\n"


class TestTry:
    def test_totals(self, run: Run) -> None:
        for n in range(3):
            write(f"in/{n}.txt", PAGE)
        done = run("try", "in")
        assert (done.code, done.err) == (0, "")
        assert done.out.splitlines()[:2] == [
            "in: 3 documents, preset standard",
            "3 would change, 0 would not; 31.2 % of 48 words would go",
        ]

    def test_the_most_frequent_rules_come_first_with_two_places_of_two_documents(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("in/b.txt", "One “is” none.\n")
        write("in/c.txt", "Two “are” three.\n")
        rows = run("try", "in").out.splitlines()
        assert rows[3] == "quotes.double  6 edits in 3 documents"
        assert [row.split()[-1] for row in rows[4:6]] == ["in/a.txt:1", "in/b.txt:1"]

    def test_no_place_says_what_another_says(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("in/b.txt", PAGE)
        rows = run("try", "in").out.splitlines()
        at = rows.index("boilerplate.comments  2 edits in 2 documents")
        assert rows[at + 2] == ""

    def test_a_place_shows_what_stands_around(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        row = next(row for row in run("try", "in").out.splitlines() if "{+" in row)
        assert 'It kept the [-“-]{+"+}old” crane. ⏎ Share this: ⏎ Leave' in row

    def test_excerpts_are_diffs(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        rows = run("try", "in").out.splitlines()
        at = rows.index("before (-) and after (+)  in/a.txt")
        assert rows[at + 1 : at + 3] == [
            f"{'-The harbour board met on Tuesday. It kept the “old” crane.':63}  quotes.double",
            '+The harbour board met on Tuesday. It kept the "old" crane.',
        ]

    def test_the_riskiest_removals_are_named(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        rows = run("try", "in").out.splitlines()
        at = rows.index("riskiest removals: long, rare, uncertain")
        assert rows[at + 1 : at + 3] == ["     1 × boilerplate.comments  likely  in/a.txt:5", "         Leave a Reply"]

    def test_so_many_documents(self, run: Run) -> None:
        for n in range(20):
            write(f"in/{n}.txt", PAGE)
        assert run("try", "in", "-n", "5").out.startswith("in: 5 of 20 documents, preset standard\n")

    def test_a_shard(self, run: Run) -> None:
        write("a.jsonl", "".join(json.dumps({"body": f"{PAGE}{n}"}) + "\n" for n in range(5_000)))
        done = run("try", "a.jsonl", "-n", "5", "--text-key", "body")
        assert done.code == 0
        assert done.out.startswith("a.jsonl: 5 of about 5,000 documents, ")

    def test_twice_is_the_same(self, run: Run) -> None:
        for n in range(30):
            write(f"in/{n}.txt", f"{PAGE}{n}")
        assert run("try", "in", "-n", "7") == run("try", "in", "-n", "7")

    def test_it_ends_after_some_work(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cleanr.trial.WORK", 300)
        for n in range(20):
            write(f"in/{n}.txt", PAGE)
        done = run("try", "in")
        assert done.out.startswith("in: 4 of 20 documents")
        assert done.err == "cleanr: the sample: ended after 300 characters\n"

    def test_a_text_that_is_too_long_is_named(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("in/b.txt", "a\n" * (1 << 20) + "b")
        assert run("try", "in").err == "cleanr: the sample: without 1 text of more than 2 MB\n"

    def test_nothing_is_written(self, run: Run) -> None:
        path = write("in/a.txt", PAGE)
        run("try", "in")
        assert os.listdir() == ["in"]
        assert os.listdir("in") == ["a.txt"]
        assert path.read_text("utf-8") == PAGE

    def test_settings_hold(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("cleanr.toml", 'ignore = ["boilerplate"]\n')
        assert "boilerplate" not in run("try", "in").out
        assert "quotes" not in run("try", "in", "--preset", "repair").out

    def test_what_cannot_be_read_is_named_and_does_not_fail_the_trial(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("in/b.txt", b"\xff")
        done = run("try", "in")
        assert done.code == 0
        assert done.err.startswith("cleanr: in/b.txt: not UTF-8: byte 0xff at offset 0")
        assert ", 1 failed" in done.out

    def test_a_wrong_text_key_is_said_once_or_twice(self, run: Run) -> None:
        write("a.jsonl", '{"body": "a  b"}\n' * 50)
        done = run("try", "a.jsonl")
        says = "no record has a text under 'text'; keys of strings there: body; see --text-key"
        assert (done.code, done.out, done.err.splitlines()) == (
            2,
            "",
            [
                f"cleanr: a.jsonl:1: {says}",
                f"cleanr: a.jsonl:2: {says}",
                f"cleanr: the sample: … and 48 more records: {says}",
            ],
        )

    @pytest.mark.parametrize("name", ["nowhere", "in"])
    def test_nothing_to_try_is_2(self, run: Run, name: str) -> None:
        write("in/a.png", b"\x89")
        done = run("try", name)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)

    def test_json(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        value = json.loads(run("try", "in", "--output-format", "json").out)
        assert value["sample"] == {"documents": 1, "of_about": 1}
        assert value["words"] == {"read": 16, "removed": 5}
        assert value["rules"]["quotes.double"]["edits"] == 2
        assert value["rules"]["quotes.double"]["examples"][0]["place"] == "in/a.txt:1"

    def test_rows_fit_a_terminal_and_obey_nothing(self, run: Run) -> None:
        for n in range(5):
            write(f"in/{n}.txt", NASTY * 20 + PAGE * (n + 1) + "漢字  “漢字”" * 50)
        done = run("try", "in")
        assert all(columns(row) <= 100 for row in done.out.splitlines())
        assert not set(done.out + done.err) & set("\x1b\x07\u202e\u200b\u2066\x9b")


class TestInline:
    @pytest.mark.parametrize(
        ("pieces", "width", "shown"),
        [
            case("a repair", ("though it", "â€™", "'", "s unsafe"), 40, "though it[-â€™-]{+'+}s unsafe"),
            case("spaces", ("one", "  ", " ", "two"), 40, "one[-··-]{+·+}two"),
            case("a line that goes", ("one.\n\n", "Share\n", "", "\ntwo"), 40, "one. ⏎ [-Share-] ⏎ two"),
            case("a line that comes", ("one.\n", "", "Share", "\ntwo"), 40, "one. ⏎ {+Share+} ⏎ two"),
            case("a blank line", ("one.\n", "\n", "", "two"), 40, "one. ⏎ [-⏎-] ⏎ two"),
            case("at the start", ("", "\ufeff", "", "one"), 40, "[-\\ufeff-]one"),
            case("at the end", ("one", " ", "", ""), 40, "one[-·-]"),
            case("long neighbours", ("a " * 40, "x", "y", " b" * 40), 30, "… a a a a [-x-]{+y+} b b b b …"),
            case("long itself", ("", "x" * 90, "", ""), 30, f"[-{'x' * 14}…-]"),
        ],
    )
    def test_shown(self, pieces: tuple[str, str, str, str], width: int, shown: str) -> None:
        assert inline(*pieces, width, colour=False).rstrip() == shown

    @pytest.mark.parametrize("width", [30, 60, 96])
    def test_as_wide_as_asked(self, width: int) -> None:
        for pieces in (
            ("", "a", "", ""),
            ("漢字" * 40, "漢字" * 40, "字", "漢字" * 40),
            ("a\n" * 40, "b", "c", "\n" * 40),
        ):
            assert columns(inline(*pieces, width, colour=False)) == width

    def test_colours_stand_for_brackets(self) -> None:
        assert inline("a", "b", "c", "d", 6, colour=True) == "a\x1b[1;7;31mb\x1b[0m\x1b[1;7;32mc\x1b[0md  "


class TestCompareSettings:
    def test_newly_removed(self, run: Run) -> None:
        write("in/a.txt", TITLED)
        done = run("compare", "standard", "strict", "in")
        assert (done.code, done.err) == (1, "")
        assert done.out.splitlines() == [
            "1 document compared: 1 differs",
            "",
            "newly removed, 1 line: boilerplate.dateline 1",
            "    1 × boilerplate.dateline  in/a.txt:3",
            "        …slow days on the island ⏎ [-Posted on 14 March 2017 by Jane Doe-] ⏎ The harbour board met …",
        ]

    def test_newly_kept(self, run: Run) -> None:
        write("in/a.txt", TITLED)
        rows = run("compare", "strict", "standard", "in").out.splitlines()
        assert rows[2] == "newly kept, 1 line: boilerplate.dateline 1"
        assert "{+Posted on 14 March 2017 by Jane Doe+}" in rows[4]

    def test_newly_rewritten(self, run: Run) -> None:
        write("in/a.txt", "He said “no”.\n")
        rows = run("compare", "repair", "standard", "in").out.splitlines()
        assert rows[2:] == [
            "newly rewritten, 1 line: quotes.double 1",
            "    1 × quotes.double  in/a.txt:1",
            '        He said [-“no”-]{+"no"+}.',
        ]

    def test_the_most_frequent_come_first(self, run: Run) -> None:
        for n in range(3):
            write(f"in/{n}.txt", PAGE)
        write("in/9.txt", "It rained. It poured.\n\nLeave a Reply\n")
        rows = run("compare", "repair", "standard", "in", "--ignore", "quotes").out.splitlines()
        assert rows[2] == "newly removed, 7 lines: boilerplate.comments 4, boilerplate.share 3"
        assert [row.split()[0] for row in rows if " × " in row] == ["4", "3"]

    def test_the_same_is_0(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        assert run("compare", "strict", "strict", "in") == (0, "1 document compared: 0 differ\n", "")

    def test_configuration_files(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("old.toml", 'ignore = ["quotes"]\n')
        write("new.toml", 'ignore = ["boilerplate"]\n[[overrides]]\npaths = ["b.txt"]\nignore = ["quotes"]\n')
        write("in/b.txt", "“One”\n")
        done = run("compare", "old.toml", "new.toml", "in")
        assert done.code == 1
        assert done.out.startswith("2 documents compared: 1 differs\n")
        assert "newly kept, 2 lines: boilerplate.comments 1, boilerplate.share 1" in done.out.splitlines()
        assert "newly rewritten, 1 line: quotes.double 1" in done.out.splitlines()

    def test_flags_hold_for_both(self, run: Run) -> None:
        write("in/a.jsonl", json.dumps({"body": PAGE}) + "\n")
        flags = ["--text-key", "body", "--select"]
        assert run("compare", "repair", "standard", "in", *flags, "quotes").code == 1
        assert run("compare", "repair", "standard", "in", *flags, "spaces").code == 0

    def test_only_blank_lines(self, run: Run) -> None:
        write("in/a.txt", "one\n\n\n\ntwo\n")
        done = run("compare", "repair", "standard", "in")
        assert (done.code, done.out) == (1, "1 document compared: 1 differs, 1 in blank lines only\n")

    def test_parallel_is_serial(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cleanr.looking.PARALLEL_FROM", 0)
        for n in range(20):
            write(f"in/{n}.txt", f"{TITLED}{n}")
        one = run("compare", "repair", "strict", "in", "--jobs", "1", "--output-format", "json")
        assert one == run("compare", "repair", "strict", "in", "--jobs", "3", "--output-format", "json")

    def test_json(self, run: Run) -> None:
        write("in/a.txt", TITLED)
        value = json.loads(run("compare", "standard", "strict", "in", "--output-format", "json").out)
        assert (value["documents"], value["differing"], value["newly_kept"]["lines"]) == (1, 1, 0)
        assert value["newly_removed"]["rules"] == {"boilerplate.dateline": 1}
        assert value["newly_removed"]["most"] == [
            {
                "count": 1,
                "rule": "boilerplate.dateline",
                "example": {
                    "path": "in/a.txt",
                    "record": 0,
                    "line": 3,
                    "old": "Posted on 14 March 2017 by Jane Doe",
                    "new": "",
                    "above": "Three slow days on the island",
                    "below": 'The harbour board met on Tuesday. It kept the “old” crane.',
                },
            }
        ]  # fmt: skip

    def test_what_cannot_be_read_is_2(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("in/b.txt", b"\xff")
        done = run("compare", "repair", "standard", "in")
        assert (done.code, done.err.count("\n")) == (2, 1)
        assert "newly removed" in done.out


class TestCompareOutputs:
    def outputs(self, run: Run, *flags: str) -> None:
        write("in/a.txt", TITLED)
        write("in/b.jsonl", json.dumps({"text": PAGE}) + "\n" + json.dumps({"text": "He said “no”."}) + "\n")
        run("clean", "in", "old", "--preset", "repair", *flags)
        run("clean", "in", "new", *flags)

    def test_lines_of_one_and_not_of_the_other(self, run: Run) -> None:
        self.outputs(run)
        done = run("compare", "old", "new")
        assert done.code == 1
        heads = [row for row in done.out.splitlines() if row.startswith("newly")]
        assert heads == ["newly removed, 4 lines", "newly rewritten, 3 lines"]
        assert "    2 × no record  old/a.txt:9" in done.out.splitlines()

    @pytest.mark.parametrize("kind", ["removals", "all"])
    def test_records_tell_the_rules(self, run: Run, kind: str) -> None:
        self.outputs(run, "--record", kind)
        assert "newly removed, 4 lines: boilerplate.comments 2, boilerplate.share 2" in run("compare", "old", "new").out
        assert "newly kept, 4 lines: boilerplate.comments 2, boilerplate.share 2" in run("compare", "new", "old").out

    def test_two_files(self, run: Run) -> None:
        self.outputs(run, "--record", "removals")
        rows = run("compare", "old/a.txt", "new/a.txt").out.splitlines()
        assert rows[0] == "1 document compared: 1 differs"
        assert rows[2] == "newly removed, 2 lines: boilerplate.comments 1, boilerplate.share 1"

    def test_the_same_is_0(self, run: Run) -> None:
        self.outputs(run)
        assert run("compare", "old", "old") == (0, "3 documents compared: 0 differ\n", "")

    def test_files_of_one_side(self, run: Run) -> None:
        self.outputs(run)
        os.remove("old/a.txt")
        os.remove("new/b.jsonl")
        done = run("compare", "old", "new")
        assert (done.code, done.out.splitlines()) == (
            1,
            ["0 documents compared: 0 differ", "only in OLD: b.jsonl", "only in NEW: a.txt"],
        )

    def test_nothing_a_terminal_obeys(self, run: Run) -> None:
        write("old/a\x1b.txt", NASTY * 3)
        write("new/a\x1b.txt", f"z{NASTY}")
        write("new/b\x1b.txt", NASTY)
        done = run("compare", "old", "new")
        assert done.code == 1
        assert not set(done.out + done.err) & set("\x1b\x07\u202e\u200b\u2066\x9b")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["standard", "strict"], "standard: No such file or directory; to compare presets, name SRC too"),
            (["x.toml", "y.toml"], "x.toml: is a configuration: name SRC too, which it is to clean"),
            (["in", "in/a.txt"], "in, in/a.txt: one is a directory, the other is not"),
            (["no", "in"], "no: No such file or directory"),
            (["fast", "strict", "in"], "fast: is neither a preset (repair, standard, strict) nor a configuration file"),
            (["standard", "strict", "no"], "no: No such file or directory"),
        ],
        ids=" ".join,
    )
    def test_what_cannot_be_compared(self, run: Run, arguments: list[str], message: str) -> None:
        write("in/a.txt", PAGE)
        write("x.toml", "")
        assert run("compare", *arguments) == (2, "", f"cleanr: {message}\n")


def test_a_ledger_is_found_beside_a_file(run: Run) -> None:
    write("a.txt", PAGE)
    run("clean", "a.txt", "old.txt", "--preset", "repair")
    run("clean", "a.txt", "new.txt", "--record", "removals")
    assert Path(".cleanr/record/new.txt.jsonl").exists()
    assert "boilerplate.share" in run("compare", "old.txt", "new.txt").out


def test_the_example_of_the_readme_is_true(run: Run) -> None:
    readme = read(ROOT / "README.md")
    before, shown = (
        re.findall(rf"^<!-- {name} -->\n```text\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)[0]
        for name in ("before", "try")
    )
    write("article.txt", before)
    assert run("try", "article.txt").out.startswith(shown.removesuffix("…\n"))
