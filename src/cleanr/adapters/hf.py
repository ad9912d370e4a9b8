"""Hugging Face `datasets`: ``dataset.map(Clean(), batched=True)`` makes ``"a b"`` of ``"a  b"``.

`datasets` finds earlier results by a hash of the pickled function. What cleanr makes of a text depends on its version,
on all settings, and on files that settings name: the pickle has a digest of them, so that no result is older than they.
"""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cleanr
from cleanr.adapters.documents import ERROR, Documents
from cleanr.cleaner import Cleaner
from cleanr.filters import CHAIN
from cleanr.text import Kind

Batch = Mapping[str, Sequence[str | None]]


class Clean:
    """Cleans a column of batches; a second column, `error`, says why a document was left as it was, or is ``""``.

    (Not None: `datasets` takes the type of a column from the first values.) Raises `ValueError` for an unknown kind.

    >>> Clean()({"text": ["one  two", None]})
    {'text': ['one two', None], 'cleanr_error': ['', '']}
    """

    def __init__(
        self,
        cleaner: Cleaner | None = None,
        *,
        column: str = "text",
        error: str = ERROR,
        language: str = "und",
        kind: Kind = "text",
    ) -> None:
        self.column, self.error = column, error
        self._documents = Documents(cleaner, language, kind)

    def __call__(self, batch: Batch) -> dict[str, list[str | None]]:
        """The two columns of a batch."""
        attempts = [text if text is None else self._documents(text) for text in batch[self.column]]
        return {
            self.column: [attempt and attempt.cleaned.text for attempt in attempts],
            self.error: [(attempt and attempt.error) or "" for attempt in attempts],
        }

    def __reduce__(self) -> tuple[Any, ...]:
        documents = self._documents
        settings = (documents.cleaner, self.column, self.error, documents.language, documents.kind)
        return _rebuilt, (*settings, digest(documents.cleaner))


def _rebuilt(cleaner: Cleaner, column: str, error: str, language: str, kind: Kind, _: str) -> Clean:
    return Clean(cleaner, column=column, error=error, language=language, kind=kind)


def digest(cleaner: Cleaner) -> str:
    """What a cleaner's results depend on, as one short string: version, settings, rule packs and filters of its own.

    >>> digest(Cleaner()) == digest(Cleaner()) != digest(Cleaner("repair"))
    True
    """
    _, (preset, chain, select, ignore, packs, options, *rest) = cleaner.__reduce__()
    hashed = hashlib.sha256(repr((cleanr.__version__, preset, chain, list(select), list(ignore), *rest)).encode())
    hashed.update(repr(sorted((name, sorted(values.items())) for name, values in (options or {}).items())).encode())
    modules = [sys.modules[name] for name in chain or () if name not in CHAIN]
    for file in (*packs, *(getattr(module, "__file__", None) for module in modules)):
        hashed.update(Path(file).read_bytes() if file else b"")
    return hashed.hexdigest()[:16]
