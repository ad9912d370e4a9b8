"""``import cleanr`` is cheap: what costs five times as much as Python's own start is loaded when it is needed."""

import subprocess
import sys

import pytest

HEAVY = ("typer", "click", "rich", "ftfy", "regex", "msgspec", "pathspec", "tomllib", "multiprocessing", "cleanr.cli")


def loaded(code: str) -> set[str]:
    """The modules that some code loads, in an interpreter of its own."""
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.fixture(scope="module")
def by_import() -> set[str]:
    # What the interpreter loads by itself (plug-ins of the environment, coverage) is no business of ours.
    return loaded("import cleanr") - loaded("")


@pytest.mark.parametrize("module", HEAVY)
def test_import_loads_nothing_heavy(by_import: set[str], module: str) -> None:
    assert "cleanr" in by_import
    assert module not in by_import


def test_plain_text_needs_no_ftfy() -> None:
    modules = loaded("import cleanr\nassert cleanr.clean('Two  words.') == 'Two words.'")
    assert not modules & {"ftfy", "typer", "pathspec"}
