"""What a start costs, in multiples of ``python -c pass``: processor time of whole processes, the best of some."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench_corpus import ROOT

ROUNDS = 9
FILES = 10
# Installed packages have their byte code; a checkout may have been told to write none.
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}


def starts() -> Iterator[tuple[str, float]]:
    """What was started, and its cost."""
    nothing = spent([sys.executable, "-c", "pass"])
    cleanr = [sys.executable, "-m", "cleanr"]
    yield "`import cleanr`", spent([sys.executable, "-c", "import cleanr"]) / nothing
    yield "`cleanr --version`", spent([*cleanr, "--version"]) / nothing
    hook = [*cleanr, "fix", "--exit-non-zero-on-fix", "--force-exclude", "--quiet"]
    with tempfile.TemporaryDirectory() as directory:
        for name, files in clean_files(Path(directory)).items():
            yield f"the hook on ten clean files, {name}", spent([*hook, *files]) / nothing


def clean_files(directory: Path) -> dict[str, list[str]]:
    """Ten clean files: such in which all is ASCII, and such of all languages."""
    found: dict[str, list[str]] = {"English in ASCII": [], "all languages": []}
    samples = sorted((ROOT / "corpus_samples" / "clean").glob("*.txt"))
    plain = [path for path in samples if path.read_bytes().isascii()]
    for files, some in zip(found.values(), (plain, samples[:: len(samples) // FILES]), strict=True):
        for path in some[:FILES]:
            copy = directory / path.name
            copy.write_bytes(path.read_bytes())
            files.append(str(copy))
    return found


def spent(command: Sequence[str]) -> float:
    """Processor time of a process, in seconds."""
    times = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)
