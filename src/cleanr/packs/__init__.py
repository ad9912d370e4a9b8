"""Rule packs: what page furniture says, by language, as data: ``Leave a Reply »`` is a line of family ``comments``.

A pack is one TOML file. A phrase is compared with whole folded lines and is never a regular expression by
accident; its slots ``{n}`` (a number), ``{x}`` (one to six words), ``{date}`` and ``{time}`` stand for what varies.
"""

import os
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path

from cleanr.packs.book import Book, written
from cleanr.packs.entries import LONGEST, Compiled, Family, Hit, PackError
from cleanr.packs.folding import fold
from cleanr.packs.rules import Rules

COMPILED = "compiled.bin"  # the built-in packs as the wheel has them, behind a line that tells of which files
HERE = Path(__file__).parent
COMPILERS = ("book", "compiling", "entries", "folding", "shapes")  # what decides how a pack is compiled


@cache
def load(paths: tuple[str, ...] = ()) -> Rules:
    """The built-in packs and those at `paths`, ready for look-up.

    Raises `PackError` for a file that cannot be read or is not a valid pack.

    >>> load().match("leave a reply").family
    'comments'
    """
    if not paths:
        return Rules([_built_in_book()])
    from cleanr.packs.compiling import compiled, parsed

    sources = []
    for path in paths:
        try:
            sources.append((path, Path(path).read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise PackError(f"{path}: {error}") from error
    own = compiled(parsed(name, source, check=True) for name, source in sources)
    return Rules([_built_in_book(), Book(BytesIO(written(own)), 1)])


@cache
def _built_in_book() -> Book:
    """The packs that come with cleanr: as they were compiled when the wheel was built, or from their files."""
    try:
        with open(HERE / COMPILED, "rb") as file:
            if file.readline().rstrip() == _fingerprint():
                return Book(file, 0)
    except OSError:
        pass
    return Book(BytesIO(written(built_in())), 0)


def built_in() -> Compiled:
    """What the packs that come with cleanr say, from their files: this takes seconds."""
    from cleanr.packs.compiling import compiled, parsed

    # To try a thousand patterns takes a second: those of the built-in packs are checked by the tests instead.
    return compiled(parsed(path.name, path.read_text("utf-8"), check=False) for path in _files())


def compile_built_in() -> bytes:
    """What the file `COMPILED` must hold: written when the wheel is built."""
    return b"\n".join([_fingerprint(), written(built_in())])


def _files() -> list[Path]:
    return sorted(HERE.joinpath(name) for name in os.listdir(HERE) if name.endswith(".toml"))


def _fingerprint() -> bytes:
    """What tells whether the files, or what compiles them, are others than before."""
    code = [HERE / f"{name}.py" for name in COMPILERS]
    return b" ".join(b"%08x" % zlib.crc32(path.read_bytes()) for path in (*_files(), *code))


def ready(packs: Compiled) -> Rules:
    """Compiled packs, ready for look-up."""
    return Rules([Book(BytesIO(written(packs)), 0)])


__all__ = ["LONGEST", "Family", "Hit", "PackError", "Rules", "built_in", "compile_built_in", "fold", "load", "ready"]
