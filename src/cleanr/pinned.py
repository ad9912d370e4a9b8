"""The digest of the rules, ``"9f86d081884c7d65"``: a configuration that names it is an error once they are others.

Rules are code and data: the filters and what they call, the packs, and the libraries that they ask.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

CORE = (
    *("edits", "hidden", "text", "protected", "markdown", "writing", "code"),
    *("budget", "cleaned", "selection", "cleaner"),
)
PARTS = ("filters", "packs")
DERIVED = ("compiled.bin",)  # made of the packs
LIBRARIES = ("ftfy", "regex")
SHOWN = 16  # hexadecimal digits


def digest(packs: Iterable[str] = ()) -> str:
    """The digest of the built-in rules, and of rule packs at paths. Raises `OSError`.

    >>> len(digest())
    16
    """
    if not (packs := sorted(packs)):
        return _built_in()
    made = blake2b(_built_in().encode())
    for pack in packs:
        made.update(Path(pack).read_bytes())
    return made.hexdigest()[:SHOWN]


@cache
def _built_in() -> str:
    from importlib.metadata import version

    here, made = Path(__file__).parent, blake2b()
    files = [here / f"{name}.py" for name in CORE]
    files += [path for part in PARTS for path in sorted((here / part).rglob("*")) if _counts(path)]
    for path in files:
        data = path.read_bytes()
        made.update(f"{path.relative_to(here).as_posix()} {len(data)}\n".encode() + data)
    for library in LIBRARIES:
        made.update(f"{library} {version(library)}\n".encode())
    return made.hexdigest()[:SHOWN]


def _counts(path: Path) -> bool:
    return path.is_file() and path.name not in DERIVED and "__pycache__" not in path.parts
