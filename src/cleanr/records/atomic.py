"""Replace a file as a whole or not at all: ``.a.txt.3f9c.cleanr-tmp`` becomes ``a.txt`` when all of it is on disk."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH  # root may write where nobody may, but was not asked to
HELD = 1 << 20  # bytes that wait in memory: a small file that turns out unchanged never touches the disk


class Draft:
    """The next content of a file. Without `commit`, whatever the reason, nothing of it remains.

    The mode of a file that is replaced is kept. Raises `OSError`, and never replaces a symbolic link.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: list[bytes] = []
        self._size = 0
        self._temporary: Path | None = None
        self._stream: BinaryIO | None = None

    def __enter__(self) -> "Draft":
        return self

    def write(self, data: bytes) -> None:
        self._held.append(data)
        self._size += len(data)
        if self._size > HELD:
            self._flush()

    def commit(self, *, in_place: bool = False) -> None:
        """Make the draft the file: after this call it is on disk, under its name.

        `in_place` says that the file is its own source: then one that is write-protected, or that has other names, is
        not replaced either.
        """
        if self.path.is_symlink():
            raise OSError("is a symbolic link, which cleanr does not replace")
        if in_place:
            status = self.path.stat()
            if not status.st_mode & WRITABLE or not os.access(self.path, os.W_OK):
                raise OSError("is write-protected; not replaced")
            if status.st_nlink > 1:
                raise OSError(f"has {status.st_nlink} names (hard links), which a new file would part; not replaced")
        stream = self._flush()
        with suppress(FileNotFoundError):
            os.chmod(self._name, stat.S_IMODE(os.stat(self.path).st_mode))
        stream.flush()
        os.fsync(stream.fileno())
        stream.close()
        os.replace(self._name, self.path)
        self._temporary = None
        _sync_directory(self.path.parent)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._stream:
                self._stream.close()
        finally:
            if self._temporary:
                self._temporary.unlink(missing_ok=True)

    @property
    def _name(self) -> Path:
        assert self._temporary is not None
        return self._temporary

    def _flush(self) -> BinaryIO:
        if self._stream is None:
            # 48 characters of the name: with more, a long name would pass the limit of the file system.
            self._temporary = self.path.with_name(f".{self.path.name[:48]}.{secrets.token_hex(4)}.cleanr-tmp")
            self._stream = open(self._temporary, "xb")  # noqa: SIM115 (closed by commit or __exit__)
        self._stream.write(b"".join(self._held))
        self._held, self._size = [], 0
        return self._stream


def _sync_directory(path: Path) -> None:
    """Make the new name survive a crash; only POSIX lets a directory be opened."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
