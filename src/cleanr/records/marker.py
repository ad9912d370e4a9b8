"""Which files are done, ``out/.cleanr/done/a.txt.json``: from what, by what, to what, as digests.

A marker is written when its output is on disk, and does not have to survive a crash: a file without one is done again.
It has a digest of itself, so that a torn or flipped one is none.
"""

import json
import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, NamedTuple

from cleanr.records.atomic import Draft, made_in

STATE = ".cleanr"
DONE = "done"
RECORD = "record"
LONGEST = 200  # bytes of a name that gets a suffix: file systems take 255
BLOCK = 1 << 20


class Marker(NamedTuple):
    """What became of a file: its name, the digest of its input, that of all that shapes the output (`how`), digests
    of what was written, by place within the tree; counts; and what was said of it."""

    name: str
    source: str
    how: str
    files: Mapping[str, str]
    counts: Mapping[str, int]
    messages: tuple[str, ...] = ()

    def encoded(self) -> bytes:
        data = json.dumps(dict(zip(self._fields, self, strict=True)), separators=(",", ":")).encode()
        return data + b"\n" + _check(data) + b"\n"


def place(root: Path, kind: str, name: str, suffix: str) -> Path:
    """Where something about a file of a tree lies. A name that would become too long is cut, and gets a digest.

    >>> place(Path("out"), "record", "sub/a.txt", ".jsonl").as_posix()
    'out/.cleanr/record/sub/a.txt.jsonl'
    """
    folder, _, last = name.rpartition("/")
    raw = os.fsencode(last)
    if len(raw) > LONGEST:
        last = os.fsdecode(raw[: LONGEST - 50]) + "~" + sha256(raw).hexdigest()[:40]
    return root / STATE / kind / folder / (last + suffix)


def write(root: Path, marker: Marker) -> None:
    """Put a marker in its place. Raises `OSError`."""
    path = place(root, DONE, marker.name, ".json")
    made_in(root, path)
    with Draft(path, durable=False) as draft:
        draft.write(marker.encoded())
        draft.commit()


def read(path: Path) -> Marker | None:
    """The marker at a path, or None where there is none, or none that is whole."""
    try:
        data, check, rest = path.read_bytes().split(b"\n")
        if rest or check != _check(data):
            return None
        value: dict[str, Any] = json.loads(data)
        return Marker(**value | {"messages": tuple(value["messages"])})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        return None


def holds(root: Path, marker: Marker) -> bool:
    """Whether what was written is there as it was written."""
    return all(matches(root / name, digest) for name, digest in marker.files.items())


def matches(path: Path, digest: str) -> bool:
    """Whether a file has this digest. A link has none."""
    return not path.is_symlink() and path.is_file() and digest_of(path) == digest


def digest_of(path: Path) -> str:
    """The digest (SHA-256) of a file. Raises `OSError`."""
    made = sha256()
    with open(path, "rb") as stream:
        while block := stream.read(BLOCK):
            made.update(block)
    return made.hexdigest()


def paths(root: Path) -> Iterator[Path]:
    """Where the markers of a tree are, in order. Raises `OSError`."""
    return (path for path in below(root / STATE / DONE) if path.suffix == ".json")


def below(directory: Path) -> Iterator[Path]:
    """The files below a directory, in order; no link is followed. Raises `OSError`."""
    waiting = [directory]
    while waiting:
        path = waiting.pop()
        if path.is_dir() and not path.is_symlink():
            waiting.extend(sorted(path.iterdir(), reverse=True))
        elif path.is_file() and not path.is_symlink():
            yield path


def _check(data: bytes) -> bytes:
    return blake2b(data, digest_size=8).hexdigest().encode()
