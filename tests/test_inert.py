"""What a document or a file name says is shown, never obeyed: of ``\\x1b[2J`` a terminal gets plain characters."""

import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from command import write

from cleanr import cli
from cleanr.report.terminal import UNSEEN

# Escapes, a bell, C1, bidi, zero-width and tag characters, separators, what rich and HTML would take for markup.
HOSTILE = (
    "\x1b[2J\x1b]0;title\x07\x9b31m\x9d\u202e\u2066\u200b\u200e\U000e0048\U000e0069\ufe0f\u2028\u2029\x85\x00\x7f\r"
    "[red]x[/red][link=file:///etc]y[/link]<b>&lt;\ud83d\ue000\u115f\u3164"
)
SHORT = "\x1b[31m\u202e\x9b\u200b[red]"
PAGE = f"""\
The harbour board met on “Tuesday”  and kept {HOSTILE} the crane â€“ nobody asked why.

Share this {SHORT}:

Share this:

It rained{SHORT} all day â€” long, and it rained all of the night as well\b\b.{SHORT}

Leave a Reply
Your email address will not be published.{SHORT}
"""
CLEAN = "It rained all day long, and nobody came.\n"
NAMES = [
    b"new\nline.txt",
    b"return\r.txt",
    b"escape\x1b[2J\x1b]0;title\x07.txt",
    b"c1\xc2\x9b31m.txt",
    b"lone\xff\xfe.txt",
    "bidi\u202egpj.txt".encode(),
    "hidden\u200b\U000e0048\u2028.txt".encode(),
    b"[red]markup[/red].md",
    b"<script>.md",
    b"-\x1b[31mflag.txt",
    b"\x1b[31mdirectory\n/a.txt",
    b"lines\x1b[1m.jsonl",
    b"broken\x1b[1m\n.jsonl",
    b"keyless\x1b[1m.jsonl",
    b"other\x1b[1m.bin",
]
PACK = """\
language = "en\\u001b[31m"
["fam\\u001b[31m\\u202eily"]
about = "About \\u001b[2J\\u202e and \\u009b [red]."
phrases = ["It rained all day"]
keeps = ["x"]
"""
SGR = re.compile(r"\x1b\[[0-9;]*m")

# For every command, the ways in which it shows something of documents, names, or settings. Relative to a hostile tree.
RUNS: dict[str, list[list[str]]] = {
    "clean": [
        ["clean", "src", "out"],
        ["clean", "src", "out", "--record", "all", "--on-error", "keep"],
        ["clean", "src", "out", "--record", "removals"],
        ["clean", "src", "out", "--on-error", "stop"],
        ["clean", "src", "src/\x1b[31m"],
    ],
    "fix": [["fix", "src"], ["fix", "src", "--on-error", "drop"]],
    "check": [
        ["check", "src"],
        ["check", "--diff", "src"],
        ["check", "src", "--pack", "pack\x1b[31m.toml"],
        ["check", "src", "--text-key", "\x1b[31m\u202e"],
        ["check", "src/other\x1b[1m.bin", "src/none\x1b[1m\n.txt"],
        ["check", "src", "--config", "unknown-key\x1b[31m.toml"],
        ["check", "src", "--config", "wrong-value\x1b[31m.toml"],
        ["check", "src", "--config", "no-toml\x1b[31m.toml"],
        ["check", "src", "--config", "none\x1b[31m\n.toml"],
        ["check", "src", "--pack", "no-pack\x1b[31m.toml"],
        ["check", "src", "--encoding", "\x1b[31m\u202e"],
        ["check", "src", "--select", "\x1b[31m\u202e"],
        ["check", "src", "--preset", "\x1b[31m\u202e"],
        ["check", "src", "--option", "quotes.style=\x1b[31m\u202e"],
        ["check", "src", "--option", "\x1b[31m\u202e"],
        ["check", "src", "--jobs", "\x1b[31m\u202e"],
        ["check", "-\x1b[31m\u202e"],
        ["check", "--\x1b[31m\u202e"],
        ["check"],
    ],
    "explain": [["explain", "{each}"], ["explain", "{each}:1"], ["explain", "src"], ["explain", "none\x1b[31m:7"]],
    "try": [["try", "src"], ["try", "{each}"], ["try", "none\x1b[31m"]],
    "compare": [
        ["compare", "old\x1b[31m", "new\x1b[31m"],
        ["compare", "repair", "strict", "src"],
        ["compare", "repair", "unknown-key\x1b[31m.toml", "src"],
        ["compare", "none\x1b[31m", "src"],
    ],
    "report": [["report", "src", "-o", "out.html"]],
    "restore": [["restore", "src", "restored"], ["restore", "none\x1b[31m", "restored"]],
    "learn": [["learn", "src"], ["learn", "none\x1b[31m"]],
    "verify": [["verify", "src"], ["verify", "none\x1b[31m"]],
    "tag": [["tag", "src", "tags"], ["tag", "none\x1b[31m", "tags"]],
    "apply": [["apply", "src", "none\x1b[31m", "cut"], ["apply", "none\x1b[31m", "tags", "cut"]],
    "rules": [["rules"], ["rules", "--pack", "pack\x1b[31m.toml"]],
    "rule": [["rule", "quotes"], ["rule", "\x1b[31m\u202e"], ["rule", "boilerplate", "--pack", "pack\x1b[31m.toml"]],
}
OTHERS = [["\x1b[31m\u202e"], ["--\x1b[31m\u202e"], ["--help"], ["--version"]]
JSON = [
    ["clean", "src", "out", "--output-format", "json"],
    ["try", "src", "--output-format", "json"],
    ["compare", "old\x1b[31m", "new\x1b[31m", "--output-format", "json"],
    ["compare", "repair", "strict", "src", "--output-format", "json"],
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Hostile documents under hostile names, and settings that are no better."""
    page = PAGE.replace("\ud83d", "").encode()
    for name in NAMES:
        data = page
        if b".jsonl" in name:
            lines = [json.dumps({"text": PAGE, HOSTILE: HOSTILE}), json.dumps({HOSTILE: 1}), "{" + SHORT, "[]", "{}"]
            if name.startswith(b"keyless"):
                lines = [json.dumps({SHORT: SHORT, "text": 1})] * 3
            data = "\n".join(lines[2:] if name.startswith(b"broken") else lines).encode() + b"\n\xff\x1b\n"
        path = os.path.join(os.fsencode(tmp_path), b"src", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    with open(os.path.join(os.fsencode(tmp_path), b"src", b"latin\x1b[1m.txt"), "wb") as file:
        file.write(b"caf\xe9 \x1b[2J\n")
    for side, text in (("old", PAGE), ("new", CLEAN + SHORT)):
        for file_name in ("a\x1b[2J\n.txt", f"only-{side}\x1b[1m.txt"):
            write(str(tmp_path / f"{side}\x1b[31m" / file_name), text.replace("\ud83d", ""))
    write(str(tmp_path / "pack\x1b[31m.toml"), PACK)
    write(str(tmp_path / "no-pack\x1b[31m.toml"), PACK.replace("phrases", '"phr\\u001b[31m\\u202e"'))
    write(str(tmp_path / "unknown-key\x1b[31m.toml"), '"ke\\u001b[31m\\u202ey" = 1\n')
    write(str(tmp_path / "wrong-value\x1b[31m.toml"), 'ignore = "\\u001b[31m\\u202e"\n')
    write(str(tmp_path / "no-toml\x1b[31m.toml"), "\u202e = \x1b[31m [\n")
    return tmp_path


def commands() -> list[list[str]]:
    there = set(cli.COMMANDS)
    return [arguments for name in sorted(there & RUNS.keys()) for arguments in RUNS[name]] + OTHERS


def filled(arguments: list[str], tree: Path) -> list[list[str]]:
    """The command, for each file of the tree where it says so."""
    if not any("{each}" in each for each in arguments):
        return [arguments]
    files = [path for path in sorted((tree / "src").rglob("*")) if path.is_file()]
    names = [os.fspath(path.relative_to(tree)) for path in files]
    return [[each.replace("{each}", name) for each in arguments] for name in names]


def obeyed(shown: bytes, *, colours: bool = False) -> set[str]:
    """The characters of some output that a terminal would obey or a reader would not see."""
    text = shown.decode("utf-8")
    if colours:
        text = SGR.sub("", text).replace("\r\n", "\n").replace("\r\x1b[K", "")
    return {char for char in set(text) - {"\n"} if not char.isprintable() or UNSEEN.match(char)}


def test_every_command_is_here() -> None:
    assert cli.COMMANDS.keys() <= RUNS.keys()


@pytest.mark.parametrize("arguments", commands(), ids=lambda arguments: ascii(" ".join(arguments)))
def test_streams_are_inert(
    tree: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tree)
    for each in filled(arguments, tree):
        with pytest.raises(SystemExit):
            cli.main(each)
        out, err = capfdbinary.readouterr()
        assert (obeyed(out), obeyed(err)) == (set(), set()), each
        assert out + err
        assert b"internal error" not in err


@pytest.mark.parametrize("arguments", commands(), ids=lambda arguments: ascii(" ".join(arguments)))
def test_a_terminal_obeys_only_our_colours(tree: Path, arguments: list[str]) -> None:
    for each in filled(arguments, tree)[:1]:
        shown = on_terminal([sys.executable, "-m", "cleanr", *each], tree)
        assert obeyed(shown, colours=True) == set(), each
        assert b"Traceback" not in shown


def on_terminal(command: list[str], directory: Path) -> bytes:
    """What a command writes to a terminal."""
    ours, its = pty.openpty()
    process = subprocess.Popen(command, cwd=directory, stdin=its, stdout=its, stderr=its)
    os.close(its)
    shown = b""
    try:
        while piece := os.read(ours, 1 << 16):
            shown += piece
    except OSError:  # its end is closed
        pass
    os.close(ours)
    process.wait()
    return shown


@pytest.mark.parametrize("arguments", JSON, ids=lambda arguments: ascii(" ".join(arguments)))
def test_json_is_ascii_that_parses(tree: Path, arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "cleanr", *arguments], cwd=tree, capture_output=True)
    assert done.stdout.isascii()
    assert obeyed(done.stdout) == set()
    assert obeyed(done.stderr) == set()
    assert isinstance(json.loads(done.stdout), dict)


@pytest.mark.parametrize("kind", ["removals", "all"])
def test_ledgers_are_inert(tree: Path, kind: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "cleanr", "clean", "src", "out", "--record", kind], cwd=tree, capture_output=True
    )
    ledgers = [path for path in (tree / "out" / ".cleanr").rglob("*") if path.is_file()]
    assert len(ledgers) > 5
    # A way back is no text: it is packed, with the bytes as they were.
    for path in (path for path in ledgers if not path.name.endswith(".undo.zst")):
        kinds = {unicodedata.category(char) for char in path.read_text("utf-8").replace("\n", "")}
        assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
        lines = path.read_bytes().splitlines()
        if "done" in path.relative_to(tree / "out" / ".cleanr").parts[:1]:
            del lines[-1]  # the digest of a marker
        assert all(isinstance(json.loads(line), dict) for line in lines)


def test_what_comes_through_a_pipe_is_named_inertly(tree: Path) -> None:
    for arguments in (
        ["check", "-", "--diff"],
        ["explain", "-"],
        ["check", "-", "--stdin-filename", "a\x1b[31m\n.txt"],
    ):
        for data in (PAGE.replace("\ud83d", "").encode(), b"caf\xe9\x1b[2J"):
            command = [sys.executable, "-m", "cleanr", *arguments]
            done = subprocess.run(command, cwd=tree, capture_output=True, input=data)
            assert obeyed(done.stdout + done.stderr) == set()
