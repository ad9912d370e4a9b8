"""Hypothesis profiles: dev (default), ci and nightly, chosen by HYPOTHESIS_PROFILE; a command to run."""

import os
from pathlib import Path

import pytest
from command import Done, Run
from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large]

# These need what `make test-engines` installs.
collect_ignore = [] if os.environ.get("CLEANR_ENGINES") else ["engines"]

settings.register_profile("dev", max_examples=200, deadline=None, suppress_health_check=SLOW)
settings.register_profile("ci", max_examples=2_000, deadline=None, suppress_health_check=SLOW, derandomize=True)
settings.register_profile("nightly", max_examples=100_000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty directory, in this process."""
    from cleanr.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Done:
        with pytest.raises(SystemExit) as ended:
            main(list(map(str, arguments)))
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, *capsys.readouterr())

    return run
