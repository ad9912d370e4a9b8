"""Trees at addresses: the same bytes as here, resumed from the markers that lie there."""

import os
from pathlib import Path
from typing import Any

import fsspec
import pytest
from command import Run, write
from faults import corpus, digests


@pytest.fixture
def memory() -> Any:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def upload(system: Any, tree: Path) -> None:
    for path in tree.rglob("*"):
        if path.is_file():
            system.pipe_file(f"/in/{path.relative_to(tree).as_posix()}", path.read_bytes())


def test_from_one_address_to_another(run: Run, memory: Any) -> None:
    tree = corpus(Path("in"), files=2, lines=20)
    write("in/bad.jsonl", '{"text": "a  b"}\nbad\n')
    write("in/photo.png", "x")
    assert run("clean", tree, "out", "--record", "all", "-q").code == 2
    upload(memory, tree)
    done = run("clean", "memory://in", "memory://out", "--record", "all", "--jobs", "1")
    assert (done.code, "; 1 file ignored" in done.err) == (2, True)
    assert done.err.startswith("cleanr: memory://in/bad.jsonl:2: not valid JSON")
    memory.get("/out", "fetched", recursive=True)
    here, there = digests(Path("out")), digests(Path("fetched"))
    assert {name: digest for name, digest in there.items() if ".cleanr/done" not in name} == {
        name: digest for name, digest in here.items() if ".cleanr/done" not in name
    }
    again = run("clean", "memory://in", "memory://out", "--record", "all", "--jobs", "1")
    assert f"; {len(list(Path('out').rglob('*.undo.zst')))} files done before" in again.err
    assert run("verify", "fetched", "-q").code == 0
    assert run("restore", "fetched", "back", "-q").code == 0


def test_from_here_to_there_and_back(run: Run) -> None:
    write("in/sub/a.txt", "one  two\n")
    here = os.getcwd()
    assert run("clean", "in", f"file://{here}/out", "-q").code == 0
    assert Path("out/sub/a.txt").read_text() == "one two\n"
    assert run("clean", f"file://{here}/in", "other", "-q").code == 0
    assert Path("other/sub/a.txt").read_text() == "one two\n"
    done = run("clean", "nosuch://x/in", "other")
    assert (done.code, done.err.count("\n")) == (2, 1)
