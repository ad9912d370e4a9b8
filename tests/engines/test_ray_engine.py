"""``cleanr clean --engine ray`` on a real cluster of two workers: what the local pool does, byte for byte.

The cluster runs all the time; each command connects to it.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import corpora
import killer
import pytest
from clusters import local_ray
from corpus import read

PLUGINS = "[cleanr.filters]\nfaulty = faulty\nkiller = killer\n"


@pytest.fixture(scope="module", autouse=True)
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Two plug-ins are installed, for commands and workers alike: one breaks, one kills."""
    directory = tmp_path_factory.mktemp("site")
    installed = directory / "cleanr_tests-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: cleanr-tests\nVersion: 1.0\n", "utf-8")
    (installed / "entry_points.txt").write_text(PLUGINS, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{directory}{os.pathsep}{os.environ['PYTHONPATH']}")
        patch.setenv(killer.FLAG, str(directory / "killed"))
        yield


@pytest.fixture(scope="module")
def address(environment: None) -> Iterator[str]:
    import ray

    with local_ray(workers=2):
        yield ray.get_runtime_context().gcs_address


@pytest.fixture
def flag() -> Iterator[Path]:
    flag = Path(os.environ[killer.FLAG])
    flag.unlink(missing_ok=True)
    yield flag
    flag.unlink(missing_ok=True)


class Command:
    """Runs cleanr in a directory, on an engine."""

    def __init__(self, directory: Path, address: str) -> None:
        self.directory = directory
        self.address = address

    def __call__(self, *arguments: str, ray: bool, code: int = 0) -> str:
        """What it says to stderr."""
        engine = ["--engine", "ray", "--ray-address", self.address] if ray else ["--jobs", "2"]
        command = [sys.executable, "-m", "cleanr", "clean", *arguments, *engine]
        done = subprocess.run(command, cwd=self.directory, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        assert done.stdout == ""
        return done.stderr

    def tree(self, name: str) -> dict[str, bytes]:
        """All files below a directory, markers and ledgers too."""
        root = self.directory / name
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def command(address: str, tmp_path: Path) -> Command:
    (tmp_path / "cleanr.toml").write_text('plugins = ["faulty", "killer"]\n', "utf-8")
    return Command(tmp_path, address)


def small(directory: Path, *texts: str) -> None:
    """A file for each text, of some more records."""
    for n, text in enumerate(texts):
        path = directory / "in" / f"{n % 2}" / f"{n}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [f"“{n}”  before", text, f"“{n}”  behind"]
        path.write_text("".join(f"{json.dumps({'text': row})}\n" for row in rows), "utf-8")


def test_same_bytes_same_words(command: Command) -> None:
    """2,000 documents as JSONL and as Parquet, one of which breaks a filter."""
    corpora.jsonl(command.directory / "in" / "lines")
    corpora.parquet(command.directory / "in" / "tables")
    options = ("in", "--record", "all", "--on-error", "keep")
    here = command(*options, "here", ray=False, code=2)
    there = command(*options, "there", ray=True, code=2)
    assert there == here
    reported = [line for line in here.splitlines() if line.startswith("cleanr: ")]
    assert len(reported) == 2
    assert all("IndexError: no such" in line for line in reported)
    assert command.tree("there") == command.tree("here")
    found = [
        json.loads(line)
        for path in sorted((command.directory / "there" / "lines").iterdir())
        for line in read(path).splitlines()
    ]
    assert [row["text"] for row in found] == list(corpora.wanted())


def test_a_killed_worker_loses_nothing(command: Command, flag: Path) -> None:
    small(command.directory, *(["a  b"] * 5), "KILL-ONCE", *(["a  b"] * 6))
    said = command("in", "there", ray=True)
    assert flag.exists()
    assert "36 documents read" in said
    assert command("in", "here", ray=False) == said
    assert command.tree("there") == command.tree("here")


def test_a_file_that_kills_each_worker_is_named(command: Command, flag: Path) -> None:
    small(command.directory, *(["a  b"] * 3), "KILL-ALWAYS", *(["a  b"] * 4))
    said = command("in", "there", ray=True, code=2)
    assert re.findall(r"^cleanr: (.*)$", said, re.MULTILINE) == ["in/1/3.jsonl: the worker process died"]
    assert "21 documents read" in said
    outputs = {name for name in command.tree("there") if not name.startswith(".cleanr")}
    assert outputs == {f"{n % 2}/{n}.jsonl" for n in range(8) if n != 3}


def test_a_run_goes_on_on_the_other_engine(command: Command) -> None:
    small(command.directory, *(["a  b"] * 12))
    command("in", "whole", ray=False)
    begun = command("in", "out", "--shard", "1/2", ray=False)
    part = int(re.findall(r"^(\d+) documents read", begun, re.MULTILINE)[0]) // 3
    assert 0 < part < 12
    said = command("in", "out", ray=True)
    assert f"{36 - 3 * part} documents read" in said
    assert f"{part} files done before" in said
    assert command.tree("out") == command.tree("whole")
    for ray in (True, False):
        assert "12 files done before" in command("in", "out", ray=ray)


def test_an_interrupt_leaves_no_half_file(command: Command) -> None:
    for path in corpora.jsonl(command.directory / "in")[:3]:
        path.unlink()
    arguments = ["in", "out", "--engine", "ray", "--ray-address", command.address]
    process = subprocess.Popen([sys.executable, "-m", "cleanr", "clean", *arguments], cwd=command.directory)
    until = time.monotonic() + 120
    out = command.directory / "out"
    while not (out.is_dir() and any(path.name.endswith(".cleanr-tmp") for path in out.iterdir())):
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    assert not [name for name in command.tree("out") if name.endswith("-tmp")]
    command("in", "out", ray=True)
    command("in", "here", ray=False)
    assert command.tree("out") == command.tree("here")


def test_a_cluster_of_its_own(tmp_path: Path) -> None:
    """Without an address, one is started here, and is gone afterwards."""
    small(tmp_path, *(["a  b"] * 4))
    command = [sys.executable, "-m", "cleanr", "clean", "in", "out", "--engine", "ray", "--jobs", "2"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("12 documents read: 12 changed")
    rows = [json.loads(line)["text"] for line in read(tmp_path / "out" / "0" / "0.jsonl").splitlines()]
    assert rows == ['"0" before', "a b", '"0" behind']


def test_what_cannot_be(command: Command) -> None:
    (command.directory / "a.txt").write_text("a  b", "utf-8")
    assert "--engine ray: cleans the files of a tree" in command("a.txt", "b.txt", ray=True, code=2)
    (command.directory / "in").mkdir()
    nowhere = Command(command.directory, "127.0.0.1:1")
    assert "--ray-address 127.0.0.1:1: " in nowhere("in", "out", ray=True, code=2)
