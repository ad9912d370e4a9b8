"""The GitHub Action: its steps run here as a runner runs them, in a bash that stops at the first error."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from corpus import ROOT, read

ACTION: dict[str, Any] = yaml.safe_load(read(ROOT / "action.yml"))
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
PAGE = read(ROOT / "docs" / "integrations" / "github-actions.md")
RUNNABLE = [step for step in ACTION["runs"]["steps"] if "run" in step]
KNOWS_GITHUB = (
    "github"
    in subprocess.run(
        [sys.executable, "-m", "cleanr", "check", "--help"], capture_output=True, text=True, check=True
    ).stdout
)
waits = pytest.mark.xfail(not KNOWS_GITHUB, strict=True, reason="check has no --output-format yet")


class Runner:
    """What a runner does with a composite action: inputs, variables, and one script after the other."""

    def __init__(self, directory: Path, workspace: Path) -> None:
        self.workspace = workspace
        self.variables = directory / "env"
        self.variables.touch()
        self.environment = os.environ | {
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_ENV": str(self.variables),
            "RUNNER_TEMP": str(directory),
        }
        self.environment.pop("PYTHONPATH", None)

    def run(self, step: dict[str, Any], **inputs: str) -> subprocess.CompletedProcess[str]:
        values = {f"inputs.{name}": each["default"] for name, each in ACTION["inputs"].items()}
        values |= {f"inputs.{name}": value for name, value in inputs.items()}
        values["steps.python.outputs.python-path"] = sys.executable
        own = {name: EXPRESSION.sub(lambda found: values[found[1]], value) for name, value in step["env"].items()}
        told = dict(line.split("=", 1) for line in read(self.variables).splitlines())
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        environment = self.environment | told | own
        return subprocess.run(command, cwd=self.workspace, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a runner on which the first step ran."""
    directory = tmp_path_factory.mktemp("runner")
    done = Runner(directory, directory).run(RUNNABLE[0])
    assert done.returncode == 0, done.stderr
    assert read(directory / "env").startswith("CLEANR=")
    return directory


@pytest.fixture
def runner(installed: Path, tmp_path: Path) -> Runner:
    (tmp_path / "a b.txt").write_text("“One”  two\n", "utf-8")
    (tmp_path / "clean.txt").write_text("Clean.\n", "utf-8")
    return Runner(installed, tmp_path)


@waits
def test_findings_fail_and_are_marked(runner: Runner) -> None:
    done = runner.run(RUNNABLE[1])
    assert done.returncode == 1, done.stderr
    assert "file=a b.txt" in done.stdout
    assert "quotes.double" in done.stdout


@waits
def test_paths_one_a_line(runner: Runner) -> None:
    assert runner.run(RUNNABLE[1], paths="clean.txt\n\n").returncode == 0
    assert runner.run(RUNNABLE[1], paths="clean.txt\r\na b.txt\r\n").returncode == 1
    assert runner.run(RUNNABLE[1], paths="missing.txt").returncode == 2


@waits
def test_arguments(runner: Runner) -> None:
    done = runner.run(RUNNABLE[1], args="--preset repair --ignore spaces.runs")
    assert done.returncode == 0, done.stdout


@waits
def test_sarif(runner: Runner) -> None:
    assert runner.run(RUNNABLE[1], sarif="found.sarif").returncode == 1
    assert '"quotes.double"' in read(runner.workspace / "found.sarif")


def test_inputs_are_no_commands(runner: Runner) -> None:
    for hostile in ("$(touch hacked)", "`touch hacked`", "'; touch hacked; '", "-x; touch hacked"):
        done = runner.run(RUNNABLE[1], paths=hostile, args=hostile, sarif="")
        assert done.returncode == 2
        assert not (runner.workspace / "hacked").exists()
    for step in RUNNABLE:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_the_page_lists_the_inputs() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(ACTION["inputs"])
    [example] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    [uses] = [step for step in yaml.safe_load(example)["jobs"]["text"]["steps"] if "with" in step]
    assert set(uses["with"]) <= set(ACTION["inputs"])
    for step in ACTION["runs"]["steps"]:
        assert set(EXPRESSION.findall(str(step))) <= {
            *(f"inputs.{name}" for name in ACTION["inputs"]),
            "steps.python.outputs.python-path",
        }
