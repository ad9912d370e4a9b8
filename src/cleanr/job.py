"""A file to clean: read ``in/a.txt``, write ``out/a.txt``, keep records and the marker in ``out/.cleanr``."""

from pathlib import Path
from typing import NamedTuple


class Job(NamedTuple):
    """A file to read, and where its clean text goes: nowhere, in its place, or into the tree at `root`. `records` is
    the tree that keeps its ledger, under that `name`; with `marked`, also the marker that it is done. `attributes` is
    a file of tags, which say what to cut. `shown` is what the file is called, where it was fetched from elsewhere."""

    source: Path
    target: Path | None = None
    root: Path | None = None
    size: int = 0
    records: Path | None = None
    name: str = ""
    marked: bool = False
    attributes: Path | None = None
    shown: str = ""

    @property
    def path(self) -> str:
        """Its name in messages, and for configuration."""
        return self.shown or str(self.source)
