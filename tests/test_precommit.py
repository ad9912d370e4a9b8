"""The hooks, run by the real pre-commit from this working tree: `cleanr` fixes and fails, `cleanr-check` only fails.

It installs cleanr with its dependencies, so it needs a package index: ``CLEANR_PRECOMMIT=1`` says that there is one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DIRTY = {
    "a.txt": "It’s  “dirty”.\n",
    "b.jsonl": '{"id": 1.10, "text": "it’s"}\n',
    "c.md": "# “Title”\n",
    "d.rst": "it’s\n",
    "excluded.txt": "it’s\n",
    "cleanr.toml": 'exclude = ["excluded.txt"]\n',
}
CLEAN = DIRTY | {
    "a.txt": 'It\'s "dirty".\n',
    "b.jsonl": '{"id": 1.10, "text": "it\'s"}\n',
    "c.md": '# "Title"\n',
}

pytestmark = pytest.mark.skipif(
    os.environ.get("CLEANR_PRECOMMIT") != "1",
    reason="installs from the package index; set CLEANR_PRECOMMIT=1 to run it (.ci/run does)",
)


def git(*arguments: str, cwd: Path) -> str:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout


def commit_all(directory: Path) -> None:
    git("init", "--quiet", cwd=directory)
    git("add", "--all", "--force", cwd=directory)
    git("commit", "--quiet", "--no-verify", "--message", "all", cwd=directory)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This working tree as a repository of its own: what is not committed yet is tested too."""
    copy = tmp_path_factory.mktemp("hooks")
    for name in git("ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).split("\0"):
        if name and (ROOT / name).is_file() and not name.startswith("corpus_samples/"):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    commit_all(copy)
    return copy


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in DIRTY.items():
        (tmp_path / name).write_bytes(text.encode())
    commit_all(tmp_path)
    return tmp_path


def contents(project: Path) -> dict[str, str]:
    return {name: (project / name).read_bytes().decode() for name in DIRTY}


def run_hook(hook: str, hooks: Path, project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), hook, "--all-files", "--verbose"]
    # PYTHONPATH would let the hook find this working tree, and hide what its own environment lacks.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=project, capture_output=True, text=True, env=environment, timeout=540)


def test_the_fixing_hook_fixes_once(hooks: Path, project: Path) -> None:
    first = run_hook("cleanr", hooks, project)
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    assert contents(project) == CLEAN
    second = run_hook("cleanr", hooks, project)
    assert second.returncode == 0, second.stdout + second.stderr


def test_the_checking_hook_changes_nothing(hooks: Path, project: Path) -> None:
    done = run_hook("cleanr-check", hooks, project)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "a.txt:1:3: quotes.single: ’ → '" in done.stdout
    assert "b.jsonl:1:1:3: quotes.single" in done.stdout
    assert contents(project) == DIRTY
