"""A step of a datatrove pipeline: of ``Document("a  b")`` it makes ``Document("a b")``, and notes the edit."""

import json
from collections.abc import Iterator
from typing import Any

from datatrove.data import DocumentsPipeline
from datatrove.pipeline.formatters.base import BaseFormatter
from datatrove.utils.typeshelper import StatHints

from cleanr.adapters.documents import ERROR, Attempt, Documents
from cleanr.cleaner import Cleaner
from cleanr.text import Kind

EDITS = "cleanr_edits"


class Clean(BaseFormatter):  # type: ignore[misc]  # datatrove is not there where types are checked
    """Cleans each document, and writes into its metadata, always as strings:

    - ``cleanr_edits``: JSON, a list of ``[start, old, new, rules]`` that counts in the raw text; `raw` undoes it;
    - ``cleanr_error``: why a document was left as it was, or ``""``.

    `edits` is false where they are not wanted. Raises `ValueError` for an unknown kind.
    """

    name = "cleanr"

    def __init__(
        self, cleaner: Cleaner | None = None, *, edits: bool = True, language: str = "und", kind: Kind = "text"
    ) -> None:
        super().__init__()
        self.edits = edits
        self.documents = Documents(cleaner, language, kind)

    def format(self, text: str) -> str:
        """The clean text of one document."""
        return self.documents(text).cleaned.text

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """The documents, cleaned, with what was done to them."""
        for document in data:
            self.stat_update(StatHints.total)
            with self.track_time():
                attempt = self.documents(document.text)
                self._count(attempt)
                # Always the same keys and types: a Parquet file takes its columns from its first document.
                if self.edits:
                    document.metadata[EDITS] = _edits(attempt, document.text)
                document.metadata[ERROR] = attempt.error or ""
                document.text = attempt.cleaned.text
            yield document

    def _count(self, attempt: Attempt) -> None:
        if attempt.error:
            self.stat_update("failed")
        elif attempt.cleaned.changes:
            self.stat_update("changed")


def _edits(attempt: Attempt, raw: str) -> str:
    spans = attempt.cleaned.spans()
    return json.dumps([[span.start, raw[span.start : span.end], span.new, span.rules] for span in spans])


def raw(text: str, edits: str) -> str:
    """The raw text, of the clean one and its `cleanr_edits`.

    >>> raw("a b", '[[1, "  ", " ", ["spaces.runs"]]]')
    'a  b'
    """
    parts, last, shift = [], 0, 0
    for start, old, new, _ in json.loads(edits):
        at = start + shift
        parts += [text[last:at], old]
        last = at + len(new)
        shift += len(new) - len(old)
    return "".join([*parts, text[last:]])
