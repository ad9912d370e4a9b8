"""What was done to a document, in JSON lines: ``{"path": "a.txt", "record": 0, "rule": "boilerplate.share", …}``.

Two kinds. `removals` has a line for each removal, for people who want to read them all, with ``jq`` or a data frame.
`everything` has a line for each document with all of its edits, enough to get the raw text back from the clean one:
each edit is ``[start, old, new, rules]``, and `start` counts in the raw text.
"""

import json
from collections.abc import Iterator
from typing import Any

from cleanr.cleaned import Cleaned
from cleanr.report import stages
from cleanr.report.terminal import Places


def removals(cleaned: Cleaned, raw: str, name: str, record: int) -> Iterator[bytes]:
    """A line for each removal: which, why, how sure, where, and what.

    >>> import cleanr
    >>> raw = "One. Two.\\nShare this:\\n"
    >>> [line] = removals(cleanr.explain(raw), raw, "a.txt", 0)
    >>> json.loads(line)["rule"], json.loads(line)["line"], json.loads(line)["text"]
    ('boilerplate.share', 2, 'Share this:\\n')
    """
    places: Places | None = None
    for change, start, end in sorted(stages.removals(cleaned), key=lambda each: each[1:]):
        places = places or Places(raw)
        line, column = places.at(start)
        yield encoded(
            {"path": name, "record": record, "rule": change.rule, "safety": str(change.safety)}
            | {"reason": change.reason, "line": line, "column": column, "start": start, "end": end}
            | {"text": change.old}
        )


def everything(cleaned: Cleaned, raw: str, name: str, record: int) -> bytes:
    """One line with all edits of a document; `restored` is the way back."""
    spans = [[span.start, raw[span.start : span.end], span.new, list(span.rules)] for span in cleaned.spans()]
    return encoded({"path": name, "record": record, "edits": spans, "flagged": list(cleaned.flagged)})


def restored(text: str, line: bytes) -> str:
    """The raw text, from the clean one and the line that `everything` gave.

    >>> import cleanr
    >>> cleaned = cleanr.explain("one  “two”")
    >>> restored(cleaned.text, everything(cleaned, cleaned.restore(), "a.txt", 0))
    'one  “two”'
    """
    parts: list[str] = []
    raw = clean = 0  # where the next unchanged piece begins
    for start, old, new, _ in json.loads(line)["edits"]:
        parts += text[clean : clean + start - raw], old
        clean, raw = clean + start - raw + len(new), start + len(old)
    return "".join([*parts, text[clean:]])


def encoded(value: dict[str, Any]) -> bytes:
    """A line of JSON. Lone surrogates, which UTF-8 cannot write, are escaped."""
    try:
        return f"{json.dumps(value, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(value)}\n".encode()
