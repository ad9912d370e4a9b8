"""Bounded memory: a JSONL of 4 GB and two workers stay below 400 MB. CI takes 300 MB, and tests without
``CLEANR_MEMORY`` (MB) 24."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from faults import command

SIZE = int(os.environ.get("CLEANR_MEMORY", "24")) << 20
LIMIT = 400 << 20
LONGEST_LINE = 2 << 30
ROW = (
    b'{"id": %d, "text": "The harbour board met on Tuesday  and kept the crane. '
    + b"It is old and tall. " * 400
    + b'"}\n'
)


def peak(*arguments: str | Path) -> int:
    """The most memory that a run and its workers had together."""
    with subprocess.Popen(command(*arguments)) as process:
        most = 0
        while process.poll() is None:
            most = max(most, sum(map(resident, [process.pid, *children(process.pid)])))
            time.sleep(0.05)
    assert process.returncode in (0, 2)
    return most


def children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
@pytest.mark.parametrize("shape", ["lines", "one line"])
def test_a_large_file(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "in/a.jsonl"
    path.parent.mkdir()
    with open(path, "wb") as stream:
        if shape == "lines":
            stream.writelines(ROW % n for n in range(SIZE // len(ROW)))
        else:
            stream.write(b'{"text": "a"}\n{"text": "')
            stream.writelines(b"a" * (1 << 20) for _ in range(min(10 * SIZE, LONGEST_LINE) >> 20))
    flags = ("--select", "spaces", "--jobs", "2", "--quiet", "--record", "all")
    assert peak("clean", path.parent, tmp_path / "out", *flags) < LIMIT
    assert (tmp_path / "out/a.jsonl").exists()
