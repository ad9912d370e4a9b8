"""The sample corpus, as tests read it: ``corpus_samples/<name>/in.txt`` beside what must become of it."""

from pathlib import Path
from typing import NamedTuple

from cleanr.text import Kind

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus_samples"


class Sample(NamedTuple):
    """A document of the sample corpus."""

    name: str
    path: Path
    text: str
    kind: Kind


def read(path: Path) -> str:
    """The text of a file, with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def _sample(name: str, path: Path) -> Sample:
    return Sample(name, path, read(path), "markdown" if path.suffix == ".md" else "text")


DIRTY = [_sample(path.parent.name, path) for path in sorted(SAMPLES.glob("*/in.*"))]
CLEAN = [_sample(path.name, path) for path in sorted(SAMPLES.glob("clean/*.*"))]
