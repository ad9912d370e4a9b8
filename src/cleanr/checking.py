"""The findings of `check` on their way to stdout: those that a baseline knows are only counted, or all become one."""

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from cleanr.baseline import Baseline
from cleanr.report.findings import Finding
from cleanr.report.styles import Style
from cleanr.report.totals import counted


class Checked:
    """What is written of findings, and how many are new. With `write`, they become the baseline, and none is new."""

    def __init__(self, style: Style, stream: TextIO, baseline: Path | None = None, *, write: bool = False) -> None:
        self._style = style
        self._stream = stream
        self._path = baseline
        self._write = write
        self._baseline = Baseline() if baseline is None or write else Baseline.read(baseline)
        self._known = 0
        self.new = 0
        if not write:
            stream.write(style.head)

    def take(self, findings: Iterable[Finding]) -> None:
        """The findings of a file."""
        for each in findings:
            if self._write:
                self._baseline.add(each)
                self._known += 1
            elif self._baseline.known(each):
                self._known += 1
            else:
                self._stream.write(f"{self._style.between if self.new else ''}{self._style.row(each)}")
                self.new += 1

    def end(self) -> None:
        """All files were seen. Raises `OSError` where the baseline cannot be written."""
        if self._write and self._path:
            self._baseline.write(self._path)
        elif self.new or self._style.head:
            self._stream.write(self._style.tail)

    def summary(self) -> str:
        """A line about the baseline, if there is one."""
        if self._path is None:
            return ""
        done = "written" if self._write else "known"
        return f"baseline {self._path}: {counted(self._known, 'finding')} {done}"
