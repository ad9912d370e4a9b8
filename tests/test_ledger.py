"""What `clean` keeps of what it removed: tables at the end, and ledgers in ``DST/.cleanr``."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from command import Run, write
from tables import case

from cleanr import Cleaned, Safety, Step
from cleanr.edits import Change
from cleanr.records.undo import Reader
from cleanr.report.removed import Removed

PAGE = "The harbour board met on Tuesday. It kept the crane.\n\nShare this:\n\nLeave a Reply\n"
CLEAN = "The harbour board met on Tuesday. It kept the crane.\n"
LEDGER = Path("out/.cleanr/record")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def four_pages(run: Run) -> list[str]:
    """What `clean` says of three pages that are alike and one with a longer line."""
    for n in range(3):
        write(f"in/{n}.txt", PAGE)
    write("in/3.txt", PAGE.replace("Share this:", "You must be logged in to post a comment."))
    return run("clean", "in", "out").err.splitlines()


class TestTables:
    def test_the_most_frequent_come_first(self, run: Run) -> None:
        rows = four_pages(run)
        start = rows.index("removed most often")
        assert [row.split("×")[1].split("  ")[0] for row in rows[start + 1 : start + 4]] == [
            " Leave a Reply",
            " Share this:",
            " You must be logged in to post a comment.",
        ]
        assert rows[start + 1].split()[0] == "4"
        assert rows[start + 1].endswith("likely  in/0.txt:5")

    def test_the_riskiest_is_long_and_rare(self, run: Run) -> None:
        rows = four_pages(run)
        start = rows.index("riskiest removals: long, rare, uncertain")
        assert rows[start + 1 : start + 3] == [
            "     1 × boilerplate.comments  likely  in/3.txt:3",
            "         You must be logged in to post a comment.",
        ]
        assert rows[-1] == "why one was removed: cleanr explain in/3.txt:3"

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            case("less certain", ("one two", Safety.GUESS, 1), ("a b c", Safety.LIKELY, 1)),
            case("longer", ("one two three", Safety.LIKELY, 1), ("one two", Safety.LIKELY, 1)),
            case("rarer", ("one two", Safety.LIKELY, 1), ("a b c", Safety.LIKELY, 2)),
            case("longer, in a script without spaces", ("漢" * 30, Safety.LIKELY, 1), ("a b c", Safety.LIKELY, 1)),
        ],
    )
    def test_the_riskier_comes_first(self, first: tuple[str, Safety, int], second: tuple[str, Safety, int]) -> None:
        for order in ((first, second), (second, first)):
            removed = Removed()
            for text, safety, times in order:
                for n in range(times):
                    change = Change(0, f"{text}\n", "", "rule", safety)
                    removed.count(Cleaned("", (Step("f", (change,)),)), f"{text}\n", text, n)
            assert [each.example[2] for each in removed.riskiest(9)] == [first[0], second[0]]

    def test_numbers_do_not_part_lines(self, run: Run) -> None:
        for n in range(3):
            write(f"in/{n}.txt", f"The board met. It kept it.\n\n© 201{n} Example Harbour. All rights reserved.\n")
        assert any(row.startswith("     3 × © 2010 Example") for row in run("clean", "in", "out").err.splitlines())

    @pytest.mark.parametrize("flags", [["--record", "none"], ["--quiet"]], ids=" ".join)
    def test_they_can_be_left_out(self, run: Run, flags: list[str]) -> None:
        write("in/a.txt", PAGE)
        assert "removed most often" not in run("clean", "in", "out", *flags).err

    def test_nothing_removed_is_no_table(self, run: Run) -> None:
        write("in/a.txt", "one  two\n")
        assert "removed" not in run("clean", "in", "out").err

    def test_removed_text_does_not_reach_the_terminal(self, run: Run) -> None:
        write("in/a\x1b[31m.txt", "The board met. It kept the crane.\n\n<b\x1b[2J\u202e>\n\nShare this:\n")
        done = run("clean", "in", "out")
        assert not set(done.out + done.err) & set("\x1b\u202e")

    def test_json(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        done = run("clean", "in", "out", "--output-format", "json")
        value = json.loads(done.out)
        assert (done.code, done.err) == (0, "")
        assert value["documents"] == {
            "read": 1, "changed": 1, "unchanged": 0, "failed": 0, "flagged": 0, "ignored": 0
        }  # fmt: skip
        assert value["removals"] == {"boilerplate.share": 1, "boilerplate.comments": 1}
        assert value["one_counted_of"] == 1
        assert value["most_frequent"][0] == {
            "count": 1,
            "rule": "boilerplate.comments",
            "safety": "likely",
            "example": {
                "path": "in/a.txt", "record": 0, "line": 5, "reason": "phrase 'leave a reply'", "text": "Leave a Reply",
                "above": "Share this:", "below": "",
            },
        }  # fmt: skip
        assert {each["example"]["text"] for each in value["riskiest"]} == {"Leave a Reply", "Share this:"}

    def test_parallel_is_serial(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cleanr.run.POOL_FROM", 0)
        for n in range(20):
            write(f"in/{n}.txt", PAGE.replace("Share", f"Share{' this' * (n % 3)}"))
        one = run("clean", "in", "one", "--output-format", "json", "--jobs", "1", "--record", "all")
        two = run("clean", "in", "two", "--output-format", "json", "--jobs", "3", "--record", "all")
        assert one == two
        for path in Path("one").rglob("*.*"):
            other = Path("two", path.relative_to("one"))
            assert not path.is_file() or path.read_bytes() == other.read_bytes()


class TestRemovals:
    def test_each_removal_is_a_line(self, run: Run) -> None:
        write("in/sub/a.txt", PAGE)
        assert run("clean", "in", "out", "--record", "removals").code == 0
        assert lines(LEDGER / "sub/a.txt.jsonl") == [
            {
                "path": "sub/a.txt", "record": 0, "rule": "boilerplate.share", "safety": "likely",
                "reason": "phrase 'share this'", "line": 3, "column": 1, "start": 54, "end": 66,
                "text": "Share this:\n",
            },
            {
                "path": "sub/a.txt", "record": 0, "rule": "boilerplate.comments", "safety": "likely",
                "reason": "phrase 'leave a reply'", "line": 5, "column": 1, "start": 67, "end": 81,
                "text": "Leave a Reply\n",
            },
        ]  # fmt: skip

    def test_places_are_those_of_the_raw_text(self, run: Run) -> None:
        raw = "The &ldquo;board&rdquo;  met.  It kept the&nbsp;crane.\n\nShare this:\n"
        write("a.jsonl", json.dumps({"text": "x"}) + "\n" + json.dumps({"text": raw}) + "\n")
        assert run("clean", "a.jsonl", "out/a.jsonl", "--record", "removals").code == 0
        [line] = lines(LEDGER / "a.jsonl.jsonl")
        assert raw[line["start"] : line["end"]] == line["text"] == "Share this:\n"
        assert (line["record"], line["line"]) == (2, 3)

    @pytest.mark.parametrize("kind", ["none", "counts"])
    def test_others_write_nothing(self, run: Run, kind: str) -> None:
        write("in/a.txt", PAGE)
        assert run("clean", "in", "out", "--record", kind).code == 0
        assert os.listdir("out/.cleanr") == ["done"]

    def test_a_ledger_of_an_earlier_run_goes(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        run("clean", "in", "out", "--record", "removals")
        run("clean", "in", "out")
        assert not list(LEDGER.glob("*.jsonl"))

    def test_what_fails_leaves_output_and_ledger_as_they_were(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        run("clean", "in", "out", "--record", "removals")
        before = (LEDGER / "a.txt.jsonl").read_bytes()
        write("in/a.txt", b"\xff")
        assert run("clean", "in", "out", "--record", "removals").code == 2
        assert (LEDGER / "a.txt.jsonl").read_bytes() == before
        assert not list(LEDGER.glob(".*"))

    def test_a_link_out_of_the_tree_is_not_followed(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("elsewhere/record/a.txt.jsonl", "mine")
        Path("out").mkdir()
        Path("out/.cleanr").symlink_to("../elsewhere")
        assert run("clean", "in", "out", "--record", "removals").code == 2
        assert run("clean", "in", "out").code == 2
        assert Path("elsewhere/record/a.txt.jsonl").read_text() == "mine"
        assert [path.name for path in Path("elsewhere").rglob("*")] == ["record", "a.txt.jsonl"]

    def test_an_output_that_is_not_written_gets_no_ledger(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        write("mine.txt", "mine")
        Path("out").mkdir()
        Path("out/a.txt").symlink_to("../mine.txt")
        assert run("clean", "in", "out", "--record", "all").code == 2
        assert not list(LEDGER.glob("*"))
        assert Path("mine.txt").read_text() == "mine"

    def test_ledgers_are_never_input(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        run("clean", "in", "out", "--record", "removals")
        assert run("check", "out").err.startswith("1 document read: 0 changed")
        done = run("check", LEDGER / "a.txt.jsonl")
        assert (done.code, done.err.splitlines()[0]) == (
            2,
            f"cleanr: {LEDGER / 'a.txt.jsonl'}: lies in .cleanr, where cleanr keeps its records: never read as input",
        )
        assert run("clean", "out/.cleanr", "copy").code == 2


class TestAll:
    """Enough to get the bytes back that were read."""

    CASES = (
        case("text", "a.txt", PAGE.encode()),
        case("nothing to do", "a.txt", CLEAN.encode()),
        case("line ends and a mark", "a.txt", b"\xef\xbb\xbfone  two\r\n\x07\r\n"),
        case("UTF-16", "a.txt", "é  漢\r\n".encode("utf-16")),
        case("UTF-16, big-endian, JSON", "a.jsonl", '\ufeff{"text": "é  漢"}\r\n'.encode("utf-16-be")),
        case("JSON", "a.jsonl", b'{"text": "a  b"}\n\n{"text": null}\r\n{"text": "c  d", "n": 1.10}'),
        case("JSON that is spelled oddly", "a.jsonl", rb'{"text": "a  b\/c\u0041\u0020d"}'),
        case("JSON with surrogates", "a.jsonl", rb'{"text": "a  \ud800b"}'),
        case("JSON with bad records", "a.jsonl", b'{"text": "a  b"}\nbad \xff\n{"text": "c  d"}\n{"id": 1}\n'),
        case("Markdown", "a.md", "# One\n\n```\n“a”  b\n```\n\nShare this:\n".encode()),
    )

    @pytest.mark.parametrize(("name", "data"), CASES)
    def test_the_bytes_come_back(self, run: Run, name: str, data: bytes) -> None:
        write(f"in/{name}", data)
        run("clean", "in", "out", "--record", "all")
        assert run("restore", "out", "back", "-q") == (0, "", "")
        assert Path("back", name).read_bytes() == data

    def test_the_record_ends_with_digests_of_the_output_and_the_original(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        run("clean", "in", "out", "--record", "all")
        with open(LEDGER / "a.txt.undo.zst", "rb") as stream:
            reader = Reader(stream)
            [(size, count, places)] = reader.blocks()
        assert (size, count) == (len(CLEAN), 1)
        assert [(place.copy, place.rule) for place in places] == [
            (53, "boilerplate.share"),
            (0, "boilerplate.comments"),
        ]
        assert (reader.clean, reader.original) == tuple(
            hashlib.sha256(each.encode()).digest() for each in (CLEAN, PAGE)
        )
