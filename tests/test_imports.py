"""``import cleanr`` is cheap: what costs five times as much as Python's own start is loaded when it is needed."""

import re
import subprocess
import sys
import tomllib

import pytest
from corpus import ROOT, read

HEAVY = ("typer", "click", "rich", "ftfy", "regex", "msgspec", "pathspec", "tomllib", "multiprocessing", "cleanr.cli")
ENGINES = ("cleanr.adapters", "ray", "pyspark", "pyarrow", "datatrove", "datasets", "pandas")
CORE = {"ftfy", "regex", "typer", "msgspec", "pathspec", "backports.zstd"}  # docs/decisions has the reasons


def loaded(code: str) -> set[str]:
    """The modules that some code loads, in an interpreter of its own."""
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.fixture(scope="module")
def by_import() -> set[str]:
    # What the interpreter loads by itself (plug-ins of the environment, coverage) is no business of ours.
    return loaded("import cleanr") - loaded("")


@pytest.mark.parametrize("module", [*HEAVY, *ENGINES])
def test_import_loads_nothing_heavy(by_import: set[str], module: str) -> None:
    assert "cleanr" in by_import
    assert module not in by_import


def test_plain_text_needs_no_ftfy() -> None:
    modules = loaded("import cleanr\nassert cleanr.clean('Two  words.') == 'Two words.'")
    assert not modules & {"ftfy", "typer", "pathspec"}


def test_an_installation_stays_light() -> None:
    """What only an engine or a format needs is an extra."""
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    assert {re.match(r"[\w.-]+", needed)[0] for needed in project["dependencies"]} <= CORE  # type: ignore[index]
    assert {"ray", "spark", "datatrove", "hf", "parquet"} <= set(project["optional-dependencies"])
