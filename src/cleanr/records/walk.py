"""The files of a tree, in order: ``docs/`` gives ``docs/a.md`` and ``docs/b.txt``, but nothing that git ignores."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleanr.records import UNKNOWN, format_of
from cleanr.records.atomic import is_draft
from cleanr.records.marker import STATE

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Of others, or of ours: never documents.
SKIPPED = {".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", STATE}


class File(NamedTuple):
    """A file to read, with its size in bytes and the tree (or the directory) in which it was found."""

    path: Path
    size: int
    root: Path


class Found(NamedTuple):
    """What paths lead to. `ignored` counts what was passed over; `refused` says, one line each, what cannot be read;
    `drafts` are files that are being written, or were, by a process that was killed."""

    files: list[File]
    ignored: int
    refused: list[str]
    drafts: list[Path]


class Rules(NamedTuple):
    """The .gitignore of one directory."""

    base: Path
    spec: "GitIgnoreSpec"

    def verdict(self, path: Path, directory: bool) -> bool | None:
        """True: ignored. False: not ignored, by a line that begins with ``!``. None: not named."""
        return self.spec.check_file(path.relative_to(self.base).as_posix() + "/" * directory).include


def find(
    paths: Iterable[Path], excluded: Callable[[Path, Path], bool], *, links: bool = True, force_exclude: bool = False
) -> Found:
    """The files that paths name, and those in the trees that they name, sorted, each once.

    What is no regular file of a known format is passed over in a tree, and refused where it is named. So are symbolic
    links, but one that is named is read, unless `links` is false. `excluded` is asked about (path, root) inside trees
    only: a file that is named is taken, unless `force_exclude` says that it is asked about those too.
    """
    files: dict[Path, File] = {}
    ignored, refused, drafts = 0, list[str](), list[Path]()
    for path in paths:
        try:
            if force_exclude and not path.is_dir() and excluded(path, Path()):
                ignored += 1
            elif STATE in path.absolute().parts:
                refused.append(f"{path}: lies in {STATE}, where cleanr keeps its records: never read as input")
            elif path.is_symlink() and not links:
                refused.append(f"{path}: is a symbolic link, which cleanr does not replace")
            elif path.is_dir():
                real = path.resolve()
                for each in walk(path, excluded):
                    if isinstance(each, File):
                        files.setdefault(real / each.path.relative_to(path), each)
                    elif isinstance(each, str):
                        refused.append(each)
                    elif isinstance(each, Path):
                        drafts.append(each)
                    else:
                        ignored += each
            elif not stat.S_ISREG((status := path.stat()).st_mode):
                refused.append(f"{path}: is not a regular file")
            elif not format_of(path.name):
                refused.append(f"{path}: {UNKNOWN}; plain text of another name can come through -")
            else:
                files.setdefault(path.resolve(), File(path, status.st_size, path.parent))
        except OSError as error:
            refused.append(f"{path}: {error.strerror}")
    return Found(list(files.values()), ignored, refused, drafts)


def walk(root: Path, excluded: Callable[[Path, Path], bool]) -> Iterator[File | int | str | Path]:
    """The files below a directory in order, a 1 for each that is passed over, a line for what cannot be read, and the
    path of each draft. Of a tree it holds one directory a level, and of a directory only names."""
    waiting: list[tuple[Path, Iterator[str], tuple[Rules, ...]]] = []

    def enter(directory: Path, rules: tuple[Rules, ...]) -> Iterator[str]:
        try:
            names = sorted(os.listdir(directory))
            waiting.append((directory, iter(names), (*rules, *_rules(directory))))
        except OSError as error:
            yield f"{error.filename or directory}: {error.strerror}"

    yield from enter(root, _above(root))
    while waiting:
        directory, names, rules = waiting[-1]
        name = next(names, None)
        if name is None:
            waiting.pop()
            continue
        path = directory / name
        try:
            status = path.lstat()
        except OSError as error:
            yield f"{path}: {error.strerror}"
            continue
        inner = stat.S_ISDIR(status.st_mode)
        if is_draft(name) and stat.S_ISREG(status.st_mode):
            yield path
        elif (inner and name in SKIPPED) or _ignored(path, inner, rules) or excluded(path, root):
            yield 0 if inner else 1
        elif inner:
            yield from enter(path, rules)
        elif stat.S_ISREG(status.st_mode) and format_of(name):
            yield File(path, status.st_size, root)
        elif not stat.S_ISLNK(status.st_mode) and format_of(name):
            yield f"{path}: is not a regular file"
        else:
            yield 1


def _ignored(path: Path, directory: bool, rules: tuple[Rules, ...]) -> bool:
    """The nearest .gitignore that names a path decides."""
    path = path.absolute()
    verdicts = (each.verdict(path, directory) for each in reversed(rules))
    return next((verdict for verdict in verdicts if verdict is not None), False)


def _rules(directory: Path) -> tuple[Rules, ...]:
    try:
        lines = (directory / ".gitignore").read_text("utf-8", errors="replace").split("\n")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):  # there is none
        return ()
    from pathspec import GitIgnoreSpec

    return (Rules(directory.absolute(), GitIgnoreSpec.from_lines(lines)),)


def _above(root: Path) -> tuple[Rules, ...]:
    """The rules of the directories above, up to the root of the git repository; none outside of one."""
    root = root.absolute()
    rules: tuple[Rules, ...] = ()
    directory = root
    while not (directory / ".git").exists():
        if directory == directory.parent:
            return ()
        directory = directory.parent
        rules = (*_rules(directory), *rules)
    # A tree that is itself ignored (a corpus in an ignored data/) was named, so the rules above have had their say.
    return () if _ignored(root, True, rules) else rules
