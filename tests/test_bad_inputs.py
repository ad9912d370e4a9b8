"""Bad inputs: each is named with its cause, the rest is done, nothing is lost in silence, nothing is left behind."""

from pathlib import Path

import pytest
from bad_inputs import CASES, Case, content, failures, put
from command import Run, write

from cleanr.report.terminal import visible


def test_there_are_enough() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)
    assert sum(bool(case.failed) for case in CASES) >= 80


def states(root: Path) -> list[tuple[int, int, int, int]]:
    """What a tree is like; to have been read does not count."""
    found = (path.lstat() for path in root.rglob("*"))
    return sorted((each.st_ino, each.st_mode, each.st_size, each.st_mtime_ns) for each in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.name[-60:]))
def test_a_case(run: Run, case: Case) -> None:
    put(case, Path("in"))
    write("in/zz-beside.txt", "one  two\n")
    before = states(Path("in"))
    done = run("clean", "in", "out", "--output-format", "json", *case.flags)
    assert failures(done.out) == case.failed
    assert done.code == (2 if case.failed else 0)
    assert content(Path("out", case.name)) == case.output
    assert Path("out/zz-beside.txt").read_text() == "one two\n", "the rest is done"
    if case.failed:
        where = visible(f"in/{case.name}") + (f":{case.line}" if case.line else "")
        assert any(line.startswith(f"cleanr: {where}: ") and case.cause in line for line in done.err.splitlines())
        assert "internal error" not in done.err
    assert states(Path("in")) == before
    assert not list(Path().rglob("*.cleanr-tmp"))
    assert {path.name for path in Path().iterdir()} == {"in", "out"}


@pytest.mark.parametrize("case", [case for case in CASES if case.failed], ids=lambda case: ascii(case.name[-60:]))
def test_in_place_nothing_is_lost(run: Run, case: Case) -> None:
    path = put(case, Path("in"))
    raw = path.read_bytes() if isinstance(case.data, bytes) and case.output is None else b""
    assert run("fix", "in", "-q", *case.flags).code == 2
    if raw:
        assert path.read_bytes() == raw, "what is refused stays as it was"
    assert not list(Path("in").rglob("*.cleanr-tmp"))
