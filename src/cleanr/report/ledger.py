"""What was done to a document, in JSON lines: ``{"path": "a.txt", "record": 0, "rule": "boilerplate.share", …}``.

A line for each removal, for people who want to read them all, with ``jq`` or a data frame.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from cleanr.cleaned import Cleaned
from cleanr.report import stages
from cleanr.report.terminal import Places

# What a terminal would obey, or nobody would see, in text that JSON need not escape; and lone surrogates.
UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)


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
    r"""A line of JSON, for people too: letters are letters, and what no terminal should get is escaped.

    >>> encoded({"text": "é\u202e"})
    b'{"text": "\xc3\xa9\\u202e"}\n'
    """
    line = json.dumps(value, ensure_ascii=False)
    return f"{UNSAFE.sub(_escaped, line)}\n".encode()


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
