"""How far a long run is: ``1204 of 5000 files``, in one line of a terminal that erases itself."""

import time
from typing import TextIO

EVERY = 0.1  # seconds: a terminal need not keep up with the files


class Progress:
    """A line on a stream, drawn over again and again; silent where it is not wanted."""

    def __init__(self, stream: TextIO, total: int | None, wanted: bool) -> None:
        self._stream = stream
        self._total = total
        self._wanted = wanted and total != 1 and total != 0
        self._drawn = False
        self._next = time.monotonic() + EVERY

    def show(self, done: int) -> None:
        if self._wanted and (now := time.monotonic()) >= self._next:
            of = "" if self._total is None else f" of {self._total}"
            self._stream.write(f"\r\x1b[K{done}{of} files")
            self._stream.flush()
            self._next, self._drawn = now + EVERY, True

    def clear(self) -> None:
        """Take the line away, before something else is written to the terminal."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False
