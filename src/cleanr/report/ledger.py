"""What was done to a document, in JSON lines: ``{"path": "a.txt", "record": 0, "rule": "boilerplate.share", …}``.

A line for each removal, for people who want to read them all, with ``jq`` or a data frame.
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


def encoded(value: dict[str, Any]) -> bytes:
    """A line of JSON. Lone surrogates, which UTF-8 cannot write, are escaped."""
    try:
        return f"{json.dumps(value, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(value)}\n".encode()
