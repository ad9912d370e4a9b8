"""The command line: exit codes, streams, messages, and the same bytes as the library."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import Run, write

import cleanr

DIRTY = "“One”  two \n\n\n\nthree\n"
CLEAN = '"One" two\n\nthree\n'


def piped(data: bytes, *arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own: for streams, signals and what is loaded."""
    command = [sys.executable, "-m", "cleanr", *arguments]
    return subprocess.run(command, input=data, capture_output=True, cwd=cwd, env=os.environ | variables, timeout=60)


OPTIONS = {
    "clean": [
        *("SRC", "DST", "--jobs", "--exclude", "--on-error", "--quiet", "--record", "--output-format"),
        *("--meta", "--shard", "--max-document", "--max-unpacked"),
    ],
    "restore": ["DST", "OUT", "--jobs", "--quiet"],
    "verify": ["DST", "--jobs", "--quiet"],
    "tag": ["SRC", "ATTRIBUTES", "--jobs", "--on-error", "--shard"],
    "apply": ["SRC", "ATTRIBUTES", "DST", "--jobs", "--on-error", "--record", "--meta", "--shard"],
    "fix": ["PATHS|-", "--exit-non-zero-on-fix", "--stdin-filename", "--on-error", "--jobs"],
    "check": ["PATHS|-", "--diff", "--stdin-filename", "--jobs", "--output-format", "--baseline", "--write-baseline"],
    "explain": ["FILE[:LINE]", "--text-key", "--stdin-filename"],
    "try": ["SRC", "--number", "--text-key", "--output-format"],
    "compare": ["OLD", "NEW", "[SRC]", "--text-key", "--jobs", "--output-format", "--quiet"],
    "report": ["SRC", "--output", "--preview", "--number", "--text-key", "--output-format"],
    "learn": ["SRC", "--output", "--site-key", "--text-key"],
    "rules": [],
    "rule": ["ID"],
}
CLEANING = ("--preset", "--select", "--ignore", "--safety", "--max-removed", "--option", "--language", "--encoding")


class TestHelp:
    @pytest.mark.parametrize("command", OPTIONS)
    def test_names_all_that_a_command_takes(self, run: Run, command: str) -> None:
        done = run(command, "--help")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(f"Usage: cleanr {command} [OPTIONS]")
        cleaning = CLEANING if command not in ("rules", "rule", "learn") else []
        shared = {*cleaning, "--config", "--isolated", "--pack", "--help"}
        if command in ("restore", "verify"):  # these clean nothing
            shared = {"--help"}
        if command == "compare":  # these are what it compares
            shared -= {"--preset", "--config", "--isolated"}
        for option in (*OPTIONS[command], *shared):
            assert option in done.out
        assert "\x1b" not in done.out

    def test_of_all_names_the_commands(self, run: Run) -> None:
        done = run("--help")
        assert done.code == 0
        for command in (*OPTIONS, "--version"):
            assert f"  {command} " in done.out
        assert "..." not in done.out.partition("Commands:")[2], "a help line is cut off"

    def test_version(self, run: Run) -> None:
        assert run("--version") == (0, f"cleanr {cleanr.__version__}\n", "")

    @pytest.mark.parametrize(
        "arguments", [["clean"], ["nonsense"], ["check", "--jobs", "0", "a"], ["check", "--no"], ["fix"]]
    )
    def test_wrong_usage_is_2(self, run: Run, arguments: list[str]) -> None:
        done = run(*arguments)
        assert (done.code, done.out) == (2, "")
        assert "Error: " in done.err


class TestClean:
    def test_a_tree(self, run: Run) -> None:
        write("in/a.txt", DIRTY)
        write("in/sub/b.md", "```\n“a”  b\n```\n")
        write("in/c.jsonl", '{"id": 1.10, "text": "a  b"}\r\n{"text": null}')
        write("in/d.png", b"\x89PNG")
        done = run("clean", "in", "out")
        assert (done.code, done.out) == (0, "")
        assert Path("out/a.txt").read_text("utf-8") == CLEAN
        assert Path("out/sub/b.md").read_text("utf-8") == "```\n“a”  b\n```\n"
        assert Path("out/c.jsonl").read_bytes() == b'{"id": 1.10, "text": "a b"}\r\n{"text": null}'
        assert not Path("out/d.png").exists()
        assert done.err.splitlines() == [
            "3 documents read: 2 changed, 1 unchanged; 1 file ignored",
            "edits: 3 spaces, 2 quotes, 1 blank_lines",
        ]

    def test_a_file_to_a_file_and_into_a_directory(self, run: Run) -> None:
        write("a.txt", DIRTY)
        Path("out").mkdir()
        assert run("clean", "a.txt", "b.txt").code == 0
        assert run("clean", "a.txt", "out").code == 0
        assert Path("b.txt").read_text() == Path("out/a.txt").read_text() == CLEAN

    def test_quiet(self, run: Run) -> None:
        write("in/a.txt", DIRTY)
        assert run("clean", "in", "out", "-q") == (0, "", "")

    @pytest.mark.parametrize(
        ("src", "dst"),
        [
            ("in", "in/out"),
            ("in", "in"),
            ("in/sub", "in"),
            ("in", "./in/../in"),
            ("in/a.txt", "in"),
            ("in/a.txt", "in/a.txt"),
            ("link", "in"),
        ],
    )
    def test_src_and_dst_must_lie_apart(self, run: Run, src: str, dst: str) -> None:
        write("in/a.txt", DIRTY)
        write("in/sub/a.txt", DIRTY)
        Path("link").symlink_to("in")
        done = run("clean", src, dst)
        assert (done.code, done.out) == (2, "")
        assert (
            done.err == f"cleanr: {Path(dst)}: SRC and DST must not be the same, nor lie in each other; SRC is {src}\n"
        )
        assert Path("in/a.txt").read_text("utf-8") == DIRTY

    def test_a_tree_does_not_go_into_a_file(self, run: Run) -> None:
        write("in/a.txt", DIRTY)
        write("out", "")
        assert run("clean", "in", "out").err == "cleanr: out: is not a directory, but SRC is: in\n"

    def test_one_bad_file_does_not_stop_the_others(self, run: Run) -> None:
        write("in/a.txt", b"caf\xe9")
        write("in/b.txt", DIRTY)
        write("in/c.jsonl", "no json\n")
        done = run("clean", "in", "out")
        assert done.code == 2
        assert done.err.splitlines()[:3] == [
            "cleanr: in/a.txt: not UTF-8: byte 0xe9 at offset 3; if you know its encoding, name it by --encoding",
            "cleanr: in/c.jsonl: not JSONL: line 1: not valid JSON: Expecting value at column 1",
            "1 document read: 1 changed, 0 unchanged, 2 failed",
        ]
        assert sorted(os.listdir("out")) == [".cleanr", "b.txt"]

    def test_a_bad_file_does_not_hurt_what_is_there(self, run: Run) -> None:
        write("in/a.txt", b"\xff")
        write("out/a.txt", "old")
        write("in/b.jsonl", '{"text": "a"}\nbad\n')
        write("out/b.jsonl", "old")
        done = run("clean", "in", "out")
        assert done.code == 2
        assert Path("out/a.txt").read_text() == "old"
        assert sorted(os.listdir("out")) == [".cleanr", "a.txt", "b.jsonl"]
        first, second, *_ = done.err.splitlines()
        assert first.endswith("name it by --encoding; out/a.txt is an older output")
        assert second == "cleanr: in/b.jsonl:2: not valid JSON: Expecting value at column 1", "it was written"
        stopped = run("clean", "in/b.jsonl", "out", "--on-error", "stop")
        assert stopped.err.splitlines()[0].endswith("at column 1; out/b.jsonl is an older output")

    def test_what_is_only_encoded_anew_counts_as_changed(self, run: Run) -> None:
        write("in/a.txt", "é\n".encode("utf-16"))
        write("in/b.jsonl", '{"text": "é"}\n'.encode("utf-16"))
        write("in/c.txt", "é\n")
        assert run("clean", "in", "out").err == "3 documents read: 2 changed, 1 unchanged\n"
        write("d.txt", "plain\n")
        done = run("clean", "d.txt", "e.txt", "--encoding", "latin-1")
        assert done.err == "1 document read: 0 changed, 1 unchanged\n"

    @pytest.mark.parametrize("flags", [[], ["--on-error", "keep"]])
    def test_a_wrong_text_key_is_one_line(self, run: Run, flags: list[str]) -> None:
        write("in/a.jsonl", '{"id": "1", "doc": {"body": "a  b"}}\n' * 1000)
        done = run("clean", "in", "out", *flags)
        assert done.code == 2
        assert done.err.splitlines() == [
            "cleanr: in/a.jsonl: no record has a text under 'text'; "
            "keys of strings there: id, doc.body; see --text-key",
            "0 documents read: 0 changed, 0 unchanged, 1 failed",
        ]
        assert not Path("out/a.jsonl").exists()

    def test_many_bad_records_are_summed_up(self, run: Run) -> None:
        bad = "".join(f'{" " * n}{{"text"\n' for n in range(500))
        write("a.jsonl", '{"text": "a"}\n' + bad + '{"id": 1}\n' * 12 + "[1]\n" * 10)
        lines = run("clean", "a.jsonl", "b.jsonl").err.splitlines()
        assert len(lines) == 10 + 10 + 10 + 2 + 1
        assert lines[-3:] == [
            "cleanr: a.jsonl: … and 490 more records: not valid JSON: Expecting ':' delimiter",
            "cleanr: a.jsonl: … and 2 more records: no text: it has no 'text'",
            "1 document read: 0 changed, 1 unchanged, 522 failed",
        ]

    def test_an_encoding_can_be_declared(self, run: Run) -> None:
        write("a.txt", "café  noir".encode("latin-1"))
        assert run("clean", "a.txt", "b.txt", "--encoding", "latin-1").code == 0
        assert Path("b.txt").read_bytes() == "café noir".encode()

    def test_utf16_with_a_mark_is_honoured(self, run: Run) -> None:
        write("a.txt", "é  漢\r\n".encode("utf-16"))
        assert run("clean", "a.txt", "b.txt").code == 0
        assert Path("b.txt").read_bytes() == "é 漢\n".encode()

    @pytest.mark.parametrize(
        ("flags", "left", "code"),
        [
            ([], '{"text": "a b"}\n{"text": "c d"}\n', 2),
            (["--on-error", "keep"], '{"text": "a b"}\n{"text": "x  y"\n{"text": "c d"}\n', 2),
            (["--on-error", "stop"], None, 2),
        ],
    )
    def test_a_bad_record(self, run: Run, flags: list[str], left: str | None, code: int) -> None:
        write("in/a.jsonl", '{"text": "a  b"}\n{"text": "x  y"\n{"text": "c  d"}\n')
        write("in/b.txt", DIRTY)
        done = run("clean", "in", "out", *flags)
        assert done.code == code
        assert "cleanr: in/a.jsonl:2: not valid JSON: Expecting ',' delimiter at column 16" in done.err.splitlines()
        assert (Path("out/a.jsonl").read_text() if left else left) == left
        assert Path("out/b.txt").exists() == bool(left), "stop ends the run"

    def test_links_in_dst_are_not_followed(self, run: Run) -> None:
        write("in/sub/a.txt", DIRTY)
        write("in/b.txt", DIRTY)
        write("elsewhere/a.txt", "mine")
        write("mine.txt", "mine")
        Path("out").mkdir()
        Path("out/sub").symlink_to("../elsewhere")
        Path("out/b.txt").symlink_to("../mine.txt")
        done = run("clean", "in", "out")
        assert done.code == 2
        assert done.err.count("symbolic link") == 2
        assert Path("elsewhere/a.txt").read_text() == Path("mine.txt").read_text() == "mine"

    def test_state_of_ours_is_no_input(self, run: Run) -> None:
        write("in/.cleanr/a.txt", DIRTY)
        write("in/b.txt", DIRTY)
        assert run("clean", "in", "out").code == 0
        assert sorted(os.listdir("out")) == [".cleanr", "b.txt"]

    def test_gitignore_and_exclude(self, run: Run) -> None:
        for name in ("a.txt", "b.txt", "sub/c.txt", "sub/d.txt"):
            write(f"in/{name}", DIRTY)
        write("in/.gitignore", "a.txt\n")
        write("in/sub/.gitignore", "c.txt\n")
        assert run("clean", "in", "out", "--exclude", "/sub/d.txt").code == 0
        assert [path.name for path in Path("out").rglob("*.txt")] == ["b.txt"]

    def test_what_is_not_there(self, run: Run) -> None:
        done = run("clean", "nowhere", "out")
        assert done.code == 2
        assert done.err.startswith("cleanr: nowhere: No such file or directory\n")
        assert not Path("out").exists()

    def test_nested_text_key(self, run: Run) -> None:
        write("a.jsonl", '{"doc": {"body": "a  b"}, "text": "c  d"}\n')
        assert run("clean", "a.jsonl", "b.jsonl", "--text-key", "doc.body").code == 0
        assert Path("b.jsonl").read_text() == '{"doc": {"body": "a b"}, "text": "c  d"}\n'


class TestFix:
    def test_in_place(self, run: Run) -> None:
        path = write("a.txt", DIRTY)
        done = run("fix", "a.txt")
        assert (done.code, done.out) == (0, "")
        assert path.read_text() == CLEAN
        assert os.listdir() == ["a.txt"]

    def test_what_is_clean_is_not_rewritten(self, run: Run) -> None:
        paths = [write("a.txt", CLEAN), write("b.jsonl", '{"text": "a"}'), write("c.txt", CLEAN.encode("utf-16"))]
        before = [(path.stat().st_ino, path.stat().st_mtime_ns) for path in paths]
        assert run("fix", ".", "--exit-non-zero-on-fix").code == 0
        assert [(path.stat().st_ino, path.stat().st_mtime_ns) for path in paths] == before

    def test_exit_non_zero_on_fix(self, run: Run) -> None:
        write("a.txt", DIRTY)
        assert run("fix", ".", "--exit-non-zero-on-fix").code == 1
        assert run("fix", ".", "--exit-non-zero-on-fix").code == 0

    def test_a_bad_record_stays_unless_it_is_to_go(self, run: Run) -> None:
        path = write("a.jsonl", '{"text": "a  b"}\nbad\n')
        assert run("fix", "a.jsonl").code == 2
        assert path.read_text() == '{"text": "a b"}\nbad\n'
        assert run("fix", "a.jsonl", "--on-error", "drop").code == 2
        assert path.read_text() == '{"text": "a b"}\n'

    def test_a_link_is_refused(self, run: Run) -> None:
        write("real/a.txt", DIRTY)
        Path("link.txt").symlink_to("real/a.txt")
        done = run("fix", "link.txt")
        assert (done.code, done.err.splitlines()[0]) == (
            2,
            "cleanr: link.txt: is a symbolic link, which cleanr does not replace",
        )
        assert Path("real/a.txt").read_text("utf-8") == DIRTY

    def test_the_mode_is_kept(self, run: Run) -> None:
        path = write("a.txt", DIRTY)
        path.chmod(0o751)
        assert run("fix", "a.txt").code == 0
        assert path.stat().st_mode & 0o777 == 0o751

    @pytest.mark.parametrize(
        ("name", "flags"),
        [("utf-16-le", []), ("utf-16-be", []), ("utf-32-be", []), ("latin-1", ["--encoding", "latin-1"])],
    )
    def test_the_encoding_is_kept(self, run: Run, name: str, flags: list[str]) -> None:
        mark = "" if flags else "\ufeff"
        for path, dirty, clean in (
            ("a.txt", "é  a\n", "é a\n"),
            ("b.jsonl", '{"text": "é  a"}\n{"text": "é"}\n', '{"text": "é a"}\n{"text": "é"}\n'),
        ):
            data = (mark + dirty).encode(name)
            write(path, data)
            streamed = piped(data, "fix", "-", "--stdin-filename", path, *flags, cwd=Path.cwd()).stdout
            assert run("fix", path, *flags).code == 0
            assert Path(path).read_bytes() == streamed == (mark + clean).encode(name)
            assert run("check", path, *flags).code == 0

    def test_what_the_encoding_cannot_write_is_refused(self, run: Run) -> None:
        path = write("a.txt", "caf\xe9 &hellip;\n".encode("latin-1"))
        done = run("fix", "a.txt", "--encoding", "latin-1")
        assert (done.code, done.err.splitlines()[0]) == (
            2,
            "cleanr: a.txt: latin-1 cannot write '…', which is in the clean text",
        )
        assert path.read_bytes() == "caf\xe9 &hellip;\n".encode("latin-1")
        assert os.listdir() == ["a.txt"]
        assert run("check", "a.txt", "--encoding", "latin-1").code == 1

    def test_a_file_of_no_known_format_is_not_read(self, run: Run) -> None:
        path = write("a.json", '{"a": "“x”"}\n')
        write("b.txt", DIRTY)
        for command in (["fix"], ["check"], ["explain"]):
            done = run(*command, "a.json")
            assert (done.code, done.out) == (2, "")
            assert done.err.startswith(
                "cleanr: a.json: is of no format that cleanr reads: .txt, .md, .markdown, .jsonl, .ndjson, .wet, "
            )
        assert run("clean", "a.json", "b.json").code == 2
        assert path.read_text("utf-8") == '{"a": "“x”"}\n'
        assert run("fix", "a.json", "b.txt").code == 2
        assert Path("b.txt").read_text() == CLEAN, "the others are fixed"
        done = run("fix", "-", "--stdin-filename", "a.json")
        assert (done.code, done.err.startswith("cleanr: --stdin-filename: a.json: is of no format")) == (2, True)

    def test_what_must_not_be_replaced_is_named(self, run: Run) -> None:
        write("a.txt", DIRTY).chmod(0o444)
        write("b.txt", DIRTY)
        os.link("b.txt", "c.text")
        write("d.txt", CLEAN).chmod(0o444)
        done = run("fix", ".")
        assert (done.code, done.err.splitlines()[:2]) == (
            2,
            [
                "cleanr: a.txt: is write-protected; not replaced",
                "cleanr: b.txt: has 2 names (hard links), which a new file would part; not replaced",
            ],
        )
        assert Path("a.txt").read_text("utf-8") == Path("b.txt").read_text("utf-8") == DIRTY
        assert sorted(os.listdir()) == ["a.txt", "b.txt", "c.text", "d.txt"]

    def test_exclusion_can_be_forced(self, run: Run) -> None:
        write("cleanr.toml", 'exclude = ["old/"]\n')
        path = write("old/a.txt", DIRTY)
        write("b.txt", DIRTY)
        assert run("check", "old/a.txt").code == 1
        done = run("fix", "old/a.txt", "b.txt", "--force-exclude")
        assert (done.code, done.err.splitlines()[0]) == (0, "1 document read: 1 changed, 0 unchanged; 1 file ignored")
        assert path.read_text("utf-8") == DIRTY
        write("cleanr.toml", 'exclude = ["old/"]\nforce-exclude = true\n')
        assert run("check", "old/a.txt").code == 0
        assert run("explain", "old/a.txt").out.startswith("old/a.txt: ")
        stdin = piped(DIRTY.encode(), "fix", "-", "--stdin-filename", "old/a.txt", cwd=Path.cwd())
        assert (stdin.returncode, stdin.stdout) == (0, DIRTY.encode())

    def test_stdin_to_stdout(self, tmp_path: Path) -> None:
        done = piped(DIRTY.encode(), "fix", "-", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, CLEAN.encode())
        assert done.stderr.startswith(b"1 document read: 1 changed")
        assert piped(DIRTY.encode(), "fix", "-", "--exit-non-zero-on-fix", cwd=tmp_path).returncode == 1

    @pytest.mark.parametrize(
        ("name", "data", "clean"),
        [("x.jsonl", b'{"text":"a  b"}', b'{"text":"a b"}'), ("x.md", b"`a`\n\n    b  c\n", b"`a`\n\n    b  c\n")],
    )
    def test_the_name_of_stdin_tells_its_format(self, tmp_path: Path, name: str, data: bytes, clean: bytes) -> None:
        assert piped(data, "fix", "-", "--stdin-filename", name, cwd=tmp_path).stdout == clean

    def test_stdin_that_is_no_text(self, tmp_path: Path) -> None:
        done = piped(b"ab\xff", "fix", "-", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(b"cleanr: -: not UTF-8: byte 0xff at offset 2")

    def test_stdin_stands_alone(self, run: Run) -> None:
        assert run("fix", "-", "a.txt") == (2, "", "cleanr: - stands alone: stdin cannot be mixed with files\n")


class TestCheck:
    def test_findings(self, run: Run) -> None:
        path = write("a.txt", "one  two\n")
        write("b.jsonl", '\n{"text": "ok\\n“x”"}\n')
        done = run("check", ".")
        assert done.code == 1
        assert done.out.splitlines() == [
            "a.txt:1:4: spaces.runs: ·· → ·",
            'b.jsonl:2:2:1: quotes.double: “ → "',
            'b.jsonl:2:2:3: quotes.double: ” → "',
        ]
        assert done.err.startswith("2 documents read: 2 changed, 0 unchanged\n")
        assert path.read_text() == "one  two\n"

    def test_what_is_clean(self, run: Run) -> None:
        write("a.txt", CLEAN)
        assert run("check", "a.txt") == (0, "", "1 document read: 0 changed, 1 unchanged\n")

    def test_failure_overrides_findings(self, run: Run) -> None:
        write("a.txt", DIRTY)
        assert run("check", "a.txt", "no.txt").code == 2

    def test_what_is_no_file_is_not_opened(self, run: Run) -> None:
        os.mkfifo("a.txt")
        done = run("check", "a.txt")
        assert (done.code, done.err.splitlines()[0]) == (2, "cleanr: a.txt: is not a regular file")

    def test_a_file_that_is_named_twice_is_read_once(self, run: Run) -> None:
        write("in/a.txt", "one  two\n")
        done = run("check", "in/a.txt", "./in/../in/a.txt", Path("in/a.txt").absolute(), "in")
        assert done.out.splitlines() == ["in/a.txt:1:4: spaces.runs: ·· → ·"]

    def test_diff(self, run: Run) -> None:
        write("a.txt", "one  two\nthree\n")
        done = run("check", "--diff", "a.txt")
        assert (done.code, done.out.splitlines()[2:]) == (
            1,
            ["@@ -1,2 +1,2 @@", f"{'-one··two':63}  spaces.runs", "+one·two", " three"],
        )

    def test_stdin(self, tmp_path: Path) -> None:
        done = piped(b"one  two", "check", "-", "--stdin-filename", "x.txt", cwd=tmp_path)
        assert (done.returncode, done.stdout.decode()) == (1, "x.txt:1:4: spaces.runs: ·· → ·\n")

    def test_untrusted_text_does_not_reach_the_terminal(self, run: Run) -> None:
        nasty = "x\x1b]0;gotcha\x07\u202e\u200b\u2066\x9b31m  y\n" * 3
        write("a\x1b[31m\u202e.txt", nasty)
        write("b.jsonl", '{"text": 1, "\x1b[2J": "\\u001b"}\n{"\x1b')
        for arguments in (
            ["check", "."],
            ["check", "--diff", "."],
            ["explain", "a\x1b[31m\u202e.txt"],
            ["explain", "\x1b.txt"],
        ):
            done = run(*arguments)
            assert done.out + done.err
            assert not set(done.out + done.err) & set("\x1b\x07\u202e\u200b\u2066\x9b"), arguments

    def test_a_reader_that_goes_away(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("it’s\n" * 20_000, encoding="utf-8")
        command = [sys.executable, "-m", "cleanr", "check", "a.txt"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stderr
            assert process.stdout.readline().startswith(b"a.txt:1:3: ")
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 141

    def test_a_terminal_of_another_encoding(self, tmp_path: Path) -> None:
        done = piped(b"one  two", "check", "-", cwd=tmp_path, PYTHONIOENCODING="ascii:strict")
        assert (done.returncode, done.stdout) == (1, b"-:1:4: spaces.runs: \\xb7\\xb7 \\u2192 \\xb7\n")


class TestExplain:
    def test_a_file_and_a_line(self, run: Run) -> None:
        write("a.txt", "one  two\nthree\n“four”\n")
        done = run("explain", "a.txt")
        assert (done.code, done.err, done.out.splitlines()[0]) == (0, "", "a.txt: 3 changes by 2 filters")
        assert run("explain", "a.txt:3").out.startswith(
            "a.txt:3: 2 changes by 1 filter\n\nquotes\n  3:1  quotes.double"
        )
        assert run("explain", "a.txt:2").out == "a.txt:2: nothing to change\n"

    def test_a_line_of_jsonl_is_a_record(self, run: Run) -> None:
        write("a.jsonl", '{"text": "a  b"}\n{"text": "“c”"}\nbad\n')
        done = run("explain", "a.jsonl:2")
        assert (done.code, done.out.splitlines()[0]) == (0, "a.jsonl:2: 2 changes by 1 filter")
        assert run("explain", "a.jsonl:3").code == 2
        assert run("explain", "a.jsonl:9").out == "a.jsonl: no document there\n"

    def test_a_name_with_a_colon(self, run: Run) -> None:
        write("a:2.txt", "one  two")
        assert run("explain", "a:2.txt").out.startswith("a:2.txt: 1 change by 1 filter\n")

    def test_what_cannot_be_explained(self, run: Run) -> None:
        Path("x.txt").mkdir()
        assert run("explain", "x.txt") == (2, "", "cleanr: x.txt: is a directory: name a file\n")
        assert run("explain", "y.txt:3") == (2, "", "cleanr: y.txt: No such file or directory\n")


class TestRules:
    def test_all_are_listed(self, run: Run) -> None:
        done = run("rules")
        assert (done.code, done.err) == (0, "")
        for rule in (rule for found in cleanr.Cleaner("strict").chain for rule in found.rules):
            assert f"  {rule}  " in done.out

    def test_one_is_described(self, run: Run) -> None:
        done = run("rule", "quotes.double")
        assert done.code == 0
        for part in ("quotes.double\n", "option   quotes.style = 'straight'", 'ignore = ["quotes.double"]'):
            assert part in done.out

    def test_one_that_is_not(self, run: Run) -> None:
        done = run("rule", "quotes.triple")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("cleanr: unknown rule 'quotes.triple'; did you mean quotes.")
        assert done.err.endswith("? `cleanr rules` lists all\n")
        assert run("rule", "zzz").err == "cleanr: unknown rule 'zzz'; `cleanr rules` lists all\n"


class TestSettings:
    @pytest.mark.parametrize(
        ("flags", "clean"),
        [
            (["--preset", "repair"], "“One” two\n\n\n\nthree\n"),
            (["--ignore", "quotes,blank_lines"], "“One” two\n\n\n\nthree\n"),
            (["--ignore", "quotes", "--ignore", "blank_lines"], "“One” two\n\n\n\nthree\n"),
            (["--select", "spaces.runs"], "“One” two \n\n\n\nthree\n"),
            (["--option", "quotes.style=keep"], "“One” two\n\nthree\n"),
            (["--option", 'quotes.style="keep"'], "“One” two\n\nthree\n"),
            (["--max-removed", "0"], CLEAN),
            (["--safety", "guess"], CLEAN),
            (["--language", "zh"], '"One" two\n\nthree\n'),
        ],
        ids=" ".join,
    )
    def test_flags(self, tmp_path: Path, flags: list[str], clean: str) -> None:
        done = piped(DIRTY.encode(), "fix", "-", *flags, cwd=tmp_path)
        assert (done.returncode, done.stdout.decode()) == (0, clean)

    @pytest.mark.parametrize(
        ("flags", "message"),
        [
            (["--preset", "fast"], "command line: preset: unknown preset 'fast'; known: repair, standard, strict"),
            (["--ignore", "quote"], "command line: ignore: unknown rule 'quote'; did you mean quotes? `cleanr rules` "),
            (["--option", "quote.x=1"], "command line: options: unknown filter 'quote'; did you mean quotes? "),
            (["--option", "quotes.x=1"], "command line: options: unknown option 'x' of filter 'quotes'; known: style"),
            (["--option", "x"], "--option x: is not of the form FILTER.NAME=VALUE"),
            (["--max-removed", "2"], "command line: max-removed: 2.0 is not a number from 0 to 1"),
            (["--encoding", "utf-9"], "--encoding: unknown encoding: utf-9"),
            (["--encoding", "hex"], "--encoding: 'hex' is not a text encoding"),
            (["--config", "no.toml"], "no.toml: No such file or directory"),
            (["--pack", "no.toml"], "command line: packs: "),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )
    def test_wrong_flags_are_one_line(self, run: Run, flags: list[str], message: str) -> None:
        write("a.txt", DIRTY)
        done = run("check", "a.txt", *flags)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"cleanr: {message}")
        assert done.err.count("\n") == 1

    def test_the_nearest_configuration_holds(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        write("cleanr.toml", 'ignore = ["quotes"]\nexclude = ["/sub/b.txt"]\n')
        write("sub/a.txt", "“a”")
        write("sub/b.txt", "a  b")
        monkeypatch.chdir("sub")
        assert run("check", ".").code == 0
        assert run("check", ".", "--isolated").code == 1
        assert run("check", "a.txt", "--ignore", "spaces").code == 1, "a flag replaces the setting"

    def test_errors_name_the_file_and_the_key(self, run: Run) -> None:
        path = write("cleanr.toml", 'ignroe = ["quotes"]\n').absolute()
        done = run("check", ".")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"cleanr: {path}: ignroe: unknown key; known: preset, filters, ")

    def test_an_override_holds_for_its_paths(self, run: Run) -> None:
        write("cleanr.toml", '[[overrides]]\npaths = ["old/"]\nignore = ["quotes"]\n')
        write("old/a.txt", "“a”\n")
        write("new/a.txt", "“a”\n")
        assert {line.split(":")[0] for line in run("check", ".").out.splitlines()} == {"new/a.txt"}

    @pytest.mark.parametrize("where", [".", "sub"])
    def test_clean_reads_no_configuration_from_src(self, run: Run, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
        config = write("in/cleanr.toml", 'ignore = ["quotes"]\n').absolute()
        write("in/sub/a.txt", "“a”\n")
        monkeypatch.chdir(Path("in") / where)
        src = Path(os.path.relpath(config.parent))
        done = run("clean", src, config.parent.parent / "out", "-q")
        assert (done.code, done.err) == (
            0,
            f"cleanr: {config}: not read: it lies in {src}, and what lies there is data\n",
        )
        assert (config.parent.parent / "out/sub/a.txt").read_text() == '"a"\n'

    def test_clean_reads_one_from_above_src(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        write("cleanr.toml", 'ignore = ["quotes"]\n')
        write("in/a.txt", "“a”\n")
        monkeypatch.chdir("in")
        assert run("clean", ".", "../out").code == 0
        assert Path("../out/a.txt").read_text("utf-8") == "“a”\n"

    def test_settings_reach_worker_processes(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cleanr.run.POOL_FROM", 0)
        write(
            "cleanr.toml", '[options.quotes]\nstyle = "keep"\n[[overrides]]\npaths = ["b.txt"]\nignore = ["spaces"]\n'
        )
        for name in ("a.txt", "b.txt"):
            write(f"in/{name}", "“a”  b\n")
        assert run("clean", "in", "out", "--jobs", "2").code == 0
        assert Path("out/a.txt").read_text("utf-8") == "“a” b\n"
        assert Path("out/b.txt").read_text("utf-8") == "“a”  b\n"


class TestSameBytes:
    TEXTS = (
        "“One”  two\r\n",
        "caf&eacute;\n\n\n\nit’s",
        "It rained,â€ he said.",
        "\ufeffa\u200bb\n",
        "",
        "\n\n",
        "漢字“好”\n",
    )

    def test_library_and_command_line(self, run: Run) -> None:
        for n, text in enumerate(self.TEXTS):
            write(f"in/{n}.txt", text)
            write(f"in/{n}.md", text)
        write("in/all.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in self.TEXTS))
        assert run("clean", "in", "out").code == 0
        lines = Path("out/all.jsonl").read_text("utf-8").splitlines()
        for n, text in enumerate(self.TEXTS):
            assert Path(f"out/{n}.txt").read_bytes() == cleanr.clean(text).encode()
            assert Path(f"out/{n}.md").read_bytes() == cleanr.clean(text, kind="markdown").encode()
            assert json.loads(lines[n])["text"] == cleanr.clean(text)

    def test_parallel_and_serial(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cleanr.run.POOL_FROM", 0)
        for n in range(20):
            write(f"in/{n}.txt", f"“{n}”  line \n\n\n" * (500 if n == 0 else 3))
        write("in/bad.txt", b"\xff")
        write("in/c.jsonl", '{"text": "a  b"}\nbad\n')
        one = run("clean", "in", "one", "--jobs", "1")
        two = run("clean", "in", "two", "--jobs", "3")
        assert one == two
        assert one.code == 2
        names = sorted(path.relative_to("one") for path in Path("one").rglob("*") if path.is_file())
        assert names == sorted(path.relative_to("two") for path in Path("two").rglob("*") if path.is_file())
        for name in names:
            assert Path("one", name).read_bytes() == Path("two", name).read_bytes()
        assert run("check", "in", "--jobs", "1") == run("check", "in", "--jobs", "3")


class TestProcess:
    def test_python_m(self, tmp_path: Path) -> None:
        assert piped(b"", "--version", cwd=tmp_path).stdout.decode() == f"cleanr {cleanr.__version__}\n"

    def test_version_loads_little(self, tmp_path: Path) -> None:
        command = [sys.executable, "-X", "importtime", "-m", "cleanr", "--version"]
        loaded = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True).stderr
        names = {line.rpartition("|")[2].strip() for line in loaded.splitlines()}
        assert "cleanr" in names
        assert not names & {
            "typer",
            "ftfy",
            "regex",
            "rich",
            "pathspec",
            "tomllib",
            "hypothesis",
            "multiprocessing",
            "cleanr.run",
        }

    def test_no_color(self, tmp_path: Path) -> None:
        for variables in ({}, {"NO_COLOR": "1"}, {"TERM": "xterm-256color"}):
            done = piped(b"one  two", "check", "-", cwd=tmp_path, **variables)
            assert b"\x1b" not in done.stdout + done.stderr, "a pipe is no terminal"

    @pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
    def test_a_terminal_gets_colours(self, tmp_path: Path, variables: dict[str, str], coloured: bool) -> None:
        pty = pytest.importorskip("pty", reason="terminals are of POSIX")
        (tmp_path / "a.txt").write_text("one  two")
        master, slave = pty.openpty()
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
        command = [sys.executable, "-m", "cleanr", "check", "a.txt"]
        with subprocess.Popen(
            command, cwd=tmp_path, stdout=slave, stderr=slave, env=environment | variables
        ) as process:
            os.close(slave)
            output = os.read(master, 10_000)
        while True:
            try:
                more = os.read(master, 10_000)
            except OSError:  # Linux tells so that the other side was closed
                break
            if not more:
                break
            output += more
        os.close(master)
        assert process.returncode == 1
        assert (b"\x1b[" in output) is coloured
        assert b"a.txt" in output

    def begun(self, directory: Path, jobs: int) -> tuple["subprocess.Popen[bytes]", list[str]]:
        """A long run, once a draft is on disk, and the names that were there before."""
        record = '{"text": "it’s ' + "plain words " * 2_000 + '"}\n'
        for n in range(6):
            (directory / f"{n}.jsonl").write_text(record * 200, encoding="utf-8")
        names = sorted(os.listdir(directory))
        command = [sys.executable, "-m", "cleanr", "fix", ".", "--jobs", str(jobs)]
        process = subprocess.Popen(command, cwd=directory, stderr=subprocess.PIPE, start_new_session=True)
        until = time.monotonic() + 60
        while not list(directory.glob(".*.cleanr-tmp")) and time.monotonic() < until:
            time.sleep(0.01)
        return process, names

    def has_ended(self, group: int) -> bool:
        """Whether no process of a group is left, after some time for those that are ending."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.05)
        os.killpg(group, signal.SIGKILL)
        return False

    def test_an_interrupt_leaves_nothing_and_says_nothing(self, tmp_path: Path) -> None:
        process, names = self.begun(tmp_path, 2)
        os.killpg(process.pid, signal.SIGINT)  # what a terminal does on Ctrl-C
        started = time.monotonic()
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (130, b"")
        assert time.monotonic() - started < 5, "files that waited were begun"
        assert self.has_ended(process.pid)
        assert sorted(os.listdir(tmp_path)) == names

    @pytest.mark.parametrize("jobs", [1, 2])
    @pytest.mark.parametrize(
        ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["SIGTERM", "SIGINT"]
    )
    def test_a_signal_to_the_parent_alone_ends_all(self, tmp_path: Path, jobs: int, number: int, code: int) -> None:
        process, names = self.begun(tmp_path, jobs)
        process.send_signal(number)
        started = time.monotonic()
        _, err = process.communicate(timeout=60)
        took = time.monotonic() - started
        assert self.has_ended(process.pid)
        assert (process.returncode, err) == (code, b"")
        assert took < 5, "files that waited were begun"
        assert sorted(os.listdir(tmp_path)) == names

    def test_workers_do_not_outlive_their_parent(self, tmp_path: Path) -> None:
        process, names = self.begun(tmp_path, 2)
        process.kill()
        process.communicate(timeout=60)
        assert self.has_ended(process.pid)
        assert piped(b"", "fix", ".", "--preset", "repair", cwd=tmp_path).returncode == 0
        assert sorted(os.listdir(tmp_path)) == names, "what the dead left behind goes with the next run"
