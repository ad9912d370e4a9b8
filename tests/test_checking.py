"""``cleanr check`` for machines, and against a baseline: valid, inert, and only what is new fails."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from command import Run, write
from pydantic_sarif.model import (  # type: ignore[import-untyped]
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif,
)
from tables import case

DIRTY = "One “two”  three.\n\nShare this:\n"
NASTY = "x\x1b]0;gotcha\x07\u202e\u200b\u2066\x9b31m  y %0A::error::no\n"
FORMATS = ("text", "json", "github", "sarif")


class TestFormats:
    def test_json_has_all_of_each_place(self, run: Run) -> None:
        write("in/a.txt", "one  two\n")
        done = run("check", "in", "--output-format", "json")
        assert done.code == 1
        assert json.loads(done.out) == [
            {
                "path": "in/a.txt",
                "record": 0,
                "line": 1,
                "column": 4,
                "end_line": 1,
                "end_column": 6,
                "start": 3,
                "end": 5,
                "rules": ["spaces.runs"],
                "safety": "certain",
                "reasons": [],
                "old": "  ",
                "new": " ",
            }
        ]

    def test_safety_and_reason_are_those_of_the_change(self, run: Run) -> None:
        write("a.txt", DIRTY)
        found = {each["rules"][0]: each for each in json.loads(run("check", "a.txt", "--output-format", "json").out)}
        assert found["boilerplate.share"]["safety"] == "likely"
        assert found["boilerplate.share"]["reasons"] == ["phrase 'share this'"]
        assert found["spaces.runs"]["reasons"] == []

    def test_github(self, run: Run) -> None:
        write("in/a.txt", "one  two\n")
        write("in/b.jsonl", '{"text": "a"}\n{"text": "one\\n“two” 100%"}\n')
        assert run("check", "in", "--output-format", "github").out.splitlines() == [
            "::warning file=in/a.txt,line=1,col=4,endLine=1,endColumn=6,title=spaces.runs::·· → ·",
            '::warning file=in/b.jsonl,line=2,title=quotes.double::“ → "',
            '::warning file=in/b.jsonl,line=2,title=quotes.double::” → "',
        ]

    def test_github_obeys_no_name_and_no_text(self, run: Run) -> None:
        write("in/a,b:c%.txt", NASTY)
        out = run("check", "in", "--output-format", "github").out
        assert all(row.startswith("::warning file=in/a%2Cb%3Ac%25.txt,line=1,") for row in out.splitlines())

    def test_sarif(self, run: Run) -> None:
        write("in/ä b.txt", "one  two\n")
        log = json.loads(run("check", "in", "--output-format", "sarif").out)
        [result] = log["runs"][0]["results"]
        assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
        assert result["ruleId"] == "spaces.runs"
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "in/%C3%A4%20b.txt"}
        assert place["region"] == {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 6}
        [replacement] = result["fixes"][0]["artifactChanges"][0]["replacements"]
        assert replacement == {"deletedRegion": place["region"], "insertedContent": {"text": " "}}
        assert {each["id"] for each in log["runs"][0]["tool"]["driver"]["rules"]} >= {"spaces.runs", "quotes.double"}

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            case("a text", "a.txt", DIRTY),
            case("a shard", "a.jsonl", json.dumps({"text": DIRTY}) + "\n"),
            case("hostile", "a.txt", NASTY),
            case("a lone surrogate", "a.jsonl", '{"text": "a \\ud800  b\\u200b"}\n'),
            case("nothing found", "a.txt", "Clean.\n"),
            case("nothing there", "a.txt", ""),
        ],
    )
    def test_sarif_is_valid(self, run: Run, name: str, data: str) -> None:
        write(name, data)
        done = run("check", name, "--output-format", "sarif")
        log = Sarif.model_validate_json(done.out)
        assert bool(log.runs[0].results) == bool(done.code)
        assert done.out.isascii()

    def test_the_schema_refuses_what_is_not_sarif(self) -> None:
        with pytest.raises(ValueError, match="extra"):
            Sarif.model_validate({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "a", "nope": 1}}}]})

    @pytest.mark.parametrize("kind", ["json", "sarif"])
    def test_stdin_and_paths_from_the_root(self, run: Run, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
        here = write("a.txt", "one  two\n").resolve()
        out = run("check", here, "--output-format", kind).out
        json.loads(out)
        assert here.as_posix() in out

    @pytest.mark.parametrize("kind", FORMATS)
    def test_nothing_written_is_obeyed(self, run: Run, kind: str) -> None:
        write("in/a.txt", NASTY)
        write(f"in/{NASTY[:20].replace('/', '')}.txt", NASTY)
        out = run("check", "in", "--output-format", kind).out
        assert out
        assert not set(out) & set("\x1b\x07\u202e\u200b\u2066\x9b\r")

    @pytest.mark.parametrize("kind", FORMATS)
    def test_formats_agree_on_how_many_and_on_the_exit_code(self, run: Run, kind: str) -> None:
        write("in/a.txt", DIRTY)
        done = run("check", "in", "--output-format", kind, "-q")
        counts: dict[str, Any] = {
            "text": lambda out: len(out.splitlines()),
            "github": lambda out: len(out.splitlines()),
            "json": lambda out: len(json.loads(out)),
            "sarif": lambda out: len(json.loads(out)["runs"][0]["results"]),
        }
        assert (done.code, done.err) == (1, "")
        assert counts[kind](done.out) == len(run("check", "in", "-q").out.splitlines()) > 2


class TestBaseline:
    def test_what_is_known_does_not_fail(self, run: Run) -> None:
        write("in/a.txt", DIRTY)
        done = run("check", "in", "--baseline", "known.json", "--write-baseline")
        count = len(run("check", "in").out.splitlines())
        assert (done.code, done.out) == (0, "")
        assert done.err.splitlines()[-1] == f"baseline known.json: {count} findings written"
        done = run("check", "in", "--baseline", "known.json")
        assert (done.code, done.out) == (0, "")
        assert done.err.splitlines()[-1] == f"baseline known.json: {count} findings known"

    @pytest.mark.parametrize(
        ("before", "after", "new"),
        [
            case("above", DIRTY, f"Another line.\n\n{DIRTY}", []),
            case("below", DIRTY, f"{DIRTY}Four  five.\n", ["in/a.txt:4:5: spaces.runs: ·· → ·"]),
            case(
                "another of the same",
                "It  is.\n",
                "It  is.\n\nTwo.\n\nIt  is.\n",
                ["in/a.txt:5:3: spaces.runs: ·· → ·"],
            ),
            case("one of two goes", "It  is.\n\nTwo.\n\nIt  is.\n", "It  is.\n", []),
            case("another rule", "a  b\n", "a  b\n“c” d\n", ['in/a.txt:2:1: quotes.double: “ → "']),
        ],
    )
    def test_only_what_is_new_is_found(self, run: Run, before: str, after: str, new: list[str]) -> None:
        write("in/a.txt", before)
        run("check", "in", "--baseline", "known.json", "--write-baseline")
        write("in/a.txt", after)
        done = run("check", "in", "--baseline", "known.json")
        rows = [row for row in done.out.splitlines() if ": ” → " not in row]
        assert done.code == bool(new)
        assert rows[: len(new)] == new
        assert bool(rows) == bool(new)

    def test_however_a_file_is_named(self, run: Run) -> None:
        path = write("in/a.txt", DIRTY)
        run("check", "in", "--baseline", "known.json", "--write-baseline")
        for name in (".", path, path.resolve()):
            assert run("check", name, "--baseline", "known.json").code == 0

    def test_with_other_formats(self, run: Run) -> None:
        write("in/a.txt", DIRTY)
        run("check", "in", "--baseline", "known.json", "--write-baseline")
        assert json.loads(run("check", "in", "--baseline", "known.json", "--output-format", "json").out) == []

    def test_twice_is_the_same_file(self, run: Run) -> None:
        write("in/a.txt", DIRTY)
        write("in/b.txt", DIRTY)
        run("check", "in", "--baseline", "a.json", "--write-baseline", "--jobs", "1")
        run("check", "in", "--baseline", "b.json", "--write-baseline")
        assert Path("a.json").read_bytes() == Path("b.json").read_bytes()

    @pytest.mark.parametrize(
        "data", ["", "[]", '{"version": 1}', '{"version": 2, "files": {}}', '{"version": 1, "files": {"a": 1}}']
    )
    def test_a_file_that_is_none_is_refused(self, run: Run, data: str) -> None:
        write("in/a.txt", DIRTY)
        write("known.json", data)
        done = run("check", "in", "--baseline", "known.json")
        assert (done.code, done.out) == (2, "")
        assert re.fullmatch(r"cleanr: known\.json: .*baseline.*\n", done.err)

    @pytest.mark.parametrize(
        "flags",
        [["--write-baseline"], ["--diff", "--baseline", "known.json"], ["--diff", "--output-format", "json"]],
        ids=" ".join,
    )
    def test_what_does_not_go_together(self, run: Run, flags: list[str]) -> None:
        write("in/a.txt", DIRTY)
        done = run("check", "in", *flags)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)

    def test_a_baseline_that_is_not_there_is_2(self, run: Run) -> None:
        write("in/a.txt", DIRTY)
        assert run("check", "in", "--baseline", "nowhere.json").code == 2
