"""Replace a file as a whole or not at all: ``.a.txt.3f9c.cleanr-tmp`` becomes ``a.txt`` when all of it is on disk.

Whoever writes such a file holds a lock on it. One that nobody holds was left behind by a process that was killed:
`sweep` takes it away.
"""

import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from types import TracebackType

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH  # root may write where nobody may, but was not asked to
HELD = 1 << 20  # bytes that wait in memory: a small file that turns out unchanged never touches the disk
SUFFIX = ".cleanr-tmp"
NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)


class Draft:
    """The next content of a file. Without `commit`, whatever the reason, nothing of it remains.

    The mode of a file that is replaced is kept. What is not `durable` need not survive a crash of the machine. Raises
    `OSError`, and never replaces a symbolic link.
    """

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self.path = path
        self._durable = durable
        self._held: list[bytes] = []
        self._size = 0
        self._temporary: Path | None = None
        self._handle = -1

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
        temporary = self._flush()
        with suppress(FileNotFoundError):
            os.chmod(temporary, stat.S_IMODE(os.stat(self.path).st_mode))
        if self._durable:
            os.fsync(self._handle)
        os.replace(temporary, self.path)
        self._temporary = None
        self._close()
        if self._durable:
            _sync_directory(self.path.parent)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._temporary:
                self._temporary.unlink(missing_ok=True)
        finally:
            self._close()

    def _flush(self) -> Path:
        temporary = self._temporary or self._create()
        data = memoryview(b"".join(self._held))
        self._held, self._size = [], 0
        while data:
            data = data[os.write(self._handle, data) :]
        return temporary

    def _create(self) -> Path:
        """Create the file, held by a lock. Its name is known before it is there: an interrupt may come anywhere."""
        while True:
            # 48 characters of the name: with more, a long name would pass the limit of the file system.
            beside = f".{self.path.name[:48]}.{secrets.token_hex(4)}{SUFFIX}"
            self._temporary = temporary = self.path.with_name(beside)
            try:
                self._handle = os.open(temporary, NEW, 0o666)
            except FileExistsError:  # somebody else's
                self._temporary = None
                continue
            _lock(self._handle)
            if os.fstat(self._handle).st_nlink:
                return temporary
            self._close()  # somebody swept it away before it was held

    def _close(self) -> None:
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


def made(directory: Path) -> None:
    """Make a directory and those above it, so that they survive a crash. Raises `OSError`."""
    missing = []
    while not directory.exists():
        missing.append(directory)
        directory = directory.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        _sync_directory(each.parent)


def link_above(target: Path, root: Path | None) -> Path | None:
    """The first link among the directories of a tree that lead to a target: through it, one might leave the tree."""
    inner = takewhile(lambda directory: directory != root, target.parents) if root else ()
    return next((directory for directory in inner if directory.is_symlink()), None)


def made_in(root: Path | None, target: Path) -> None:
    """Make the directories that lead to a target in a tree. Raises `OSError` where one is a link."""
    if link := link_above(target, root):
        raise OSError(f"{link} is a symbolic link, which cleanr does not follow")
    made(target.parent)


def sweep(names: Iterable[Path]) -> None:
    """Take away those of these files that are drafts of nobody who lives. Raises `OSError`."""
    for path in names:
        if not is_draft(path.name):
            continue
        try:
            handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        except FileNotFoundError:
            continue
        try:
            if _lock(handle):
                path.unlink(missing_ok=True)
        finally:
            os.close(handle)


def is_draft(name: str) -> bool:
    """Whether a file of this name is one that is being written.

    >>> is_draft(".a.txt.0f3c9a12.cleanr-tmp"), is_draft("a.txt")
    (True, False)
    """
    return name.startswith(".") and name.endswith(SUFFIX)


def _lock(handle: int) -> bool:
    """Take the lock of a file, unless somebody else has it, or the file system knows no locks."""
    try:
        import fcntl
    except ImportError:  # not POSIX
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync_directory(path: Path) -> None:
    """Make the new name survive a crash; only POSIX lets a directory be opened."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
