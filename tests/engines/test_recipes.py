"""The recipes of docs/integrations do what they say: their code runs, and prints what stands below it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import clusters  # for the workers' environment
import pytest
from corpus import ROOT, read

PAGES = ROOT / "docs" / "integrations"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "=== the next block ==="
PROGRAMS = sorted(path.stem for path in PAGES.glob("*.md") if "\n```python\n" in read(path))
ARTICLES = [
    {"id": 1, "text": "“It rained,†she said."},
    {"id": 2, "text": None},
    {"id": 3, "text": "Share Button\n\nThe caf&eacute; is  open."},
]
ARTICLE = """\
The harbour board voted on Tuesday to keep the old crane, though itâ€™s unsafe and costs â‚¬40,000 a year.

Share Button

“We looked at every other plan,†said Mayor Helen Strand&nbsp;&ndash; “and this one was  cheaper.â€

Leave a Reply
"""
# No tool that a recipe uses may ask the network for anything.
QUIET = {
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "DVC_NO_ANALYTICS": "1",
    "RAY_ADDRESS": "local",  # not the cluster of another test
    "PYTHONWARNINGS": "ignore",
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
}


def blocks(page: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page: (kind, content)."""
    return BLOCK.findall(read(PAGES / f"{page}.md"))


def block(page: str, kind: str) -> str:
    """The one block of a kind on a page."""
    [content] = [content for each, content in blocks(page) if each == kind]
    return content


def program(page: str) -> tuple[str, list[str]]:
    """The code of a page as one program that prints a mark behind each block, and what must stand between the marks."""
    code, wanted = [], []
    for kind, content in blocks(page):
        if kind == "python":
            code.append(f"{content}\nprint({MARK!r})\n")
            wanted.append("")
        elif kind == "text":
            wanted[-1] += content
    return "".join(code), wanted


def sh(directory: Path, *command: str | Path, code: int = 0) -> str:
    done = subprocess.run(
        command, cwd=directory, capture_output=True, text=True, env=os.environ | QUIET, timeout=240, check=False
    )
    assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where the files lie that the recipes read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "articles.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in ARTICLES), "utf-8")
    pq.write_table(pa.Table.from_pylist(ARTICLES), tmp_path / "articles.parquet")
    return tmp_path


@pytest.mark.parametrize("page", PROGRAMS)
def test_the_code_prints_what_the_page_says(page: str, directory: Path) -> None:
    code, wanted = program(page)
    assert any(wanted)
    (directory / "recipe.py").write_text(code, "utf-8")
    found = sh(directory, sys.executable, "recipe.py").split(f"{MARK}\n")
    assert found == [*wanted, ""]


def test_pages_with_code_are_those() -> None:
    assert clusters.HERE.is_dir()
    assert set(PROGRAMS) >= {
        *("datasets", "datatrove", "duckdb", "haystack", "langchain", "llamaindex"),
        *("pandas", "polars", "ray", "scikit-learn", "spark"),
    }


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A directory ``raw`` with two texts, and a configuration."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("“One”  two\n", "utf-8")
    (tmp_path / "raw" / "b.txt").write_text("Clean.\n", "utf-8")
    (tmp_path / "cleanr.toml").write_text('preset = "standard"\n', "utf-8")
    return tmp_path


def test_make(raw: Path) -> None:
    (raw / "Makefile").write_text(block("make", "make"), "utf-8")
    sh(raw, "make")
    assert read(raw / "clean" / "a.txt") == '"One" two\n'
    assert read(raw / "clean" / "b.txt") == "Clean.\n"
    assert "Nothing to be done" in sh(raw, "make")
    (raw / "cleanr.toml").write_text('preset = "repair"\n', "utf-8")
    later = (raw / "clean" / "a.txt").stat().st_mtime + 10
    os.utime(raw / "cleanr.toml", (later, later))
    sh(raw, "make")
    assert read(raw / "clean" / "a.txt") == "“One” two\n"
    (raw / "raw" / "c.txt").write_bytes(b"\xff bad\n")
    sh(raw, "make", code=2)
    assert not (raw / "clean" / "c.txt").exists()


def test_dvc(raw: Path) -> None:
    (raw / "dvc.yaml").write_text(block("dvc", "yaml"), "utf-8")
    sh(raw, "dvc", "init", "--no-scm", "--quiet")
    sh(raw, "dvc", "repro")
    assert read(raw / "clean" / "a.txt") == '"One" two\n'
    assert "Stage 'clean' didn't change, skipping" in sh(raw, "dvc", "repro")
    (raw / "cleanr.toml").write_text('preset = "repair"\n', "utf-8")
    assert "Running stage 'clean'" in sh(raw, "dvc", "repro")
    assert read(raw / "clean" / "a.txt") == "“One” two\n"


def test_slurm(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no Slurm here: its tasks are run one after the other, as it would run them, three in place of 16."""
    for n in range(20):
        (raw / "raw" / f"{n}.txt").write_text(f"“{n}”  two\n", "utf-8")
    (raw / "job.sh").write_text(block("slurm", "sh").replace("16", "3"), "utf-8")
    monkeypatch.setenv("SLURM_CPUS_PER_TASK", "1")
    parts = []
    for task in ("1", "2", "3"):
        monkeypatch.setenv("SLURM_ARRAY_TASK_ID", task)
        sh(raw, "sh", "job.sh")
        parts.append(len(list((raw / "clean").glob("*.txt"))))
    assert 0 < parts[0] < parts[1] < parts[2] == 22
    assert {read(raw / "clean" / f"{n}.txt") for n in range(20)} == {f'"{n}" two\n' for n in range(20)}


def test_prek(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """tests/test_precommit.py does the same with pre-commit."""
    hooks = tmp_path_factory.mktemp("hooks")
    names = sh(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in names:
        if name and (ROOT / name).is_file() and not name.startswith("corpus_samples/"):
            (hooks / name).parent.mkdir(parents=True, exist_ok=True)
            (hooks / name).write_bytes((ROOT / name).read_bytes())
    commit(hooks)
    config = block("pre-commit", "yaml").replace("URL-OF-THIS-REPOSITORY", str(hooks))
    (raw / ".pre-commit-config.yaml").write_text(config.replace("v0.1.0", head(hooks)), "utf-8")
    commit(raw)
    out = sh(raw, "prek", "run", "--all-files", code=1)
    assert "files were modified by this hook" in out
    assert read(raw / "raw" / "a.txt") == '"One" two\n'
    assert read(raw / "raw" / "b.txt") == "Clean.\n"
    commit(raw)
    sh(raw, "prek", "run", "--all-files")


def commit(directory: Path) -> None:
    git = ("git", "-c", "user.name=tests", "-c", "user.email=tests@example.org")
    sh(directory, *git, "init", "--quiet")
    sh(directory, *git, "add", "--all", "--force")
    sh(directory, *git, "commit", "--quiet", "--no-verify", "--message", "all")


def head(directory: Path) -> str:
    return sh(directory, "git", "rev-parse", "HEAD").strip()
