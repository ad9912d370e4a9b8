"""Spans beside the text: ``{"id": "7", "attributes": {"cleanr__boilerplate__share": [[54, 66, 0.8]]}, …}``.

A line for each document, in the manner of Dolma's attributes: `start` and `end` count characters of the raw text, the
score is how sure the least sure edit of the rule was. Beside the attributes stand `record`, the number of the document
in its file; `text`, a digest of its text; and `new`, what is put where something was not only cut:
``[[start, end, new], …]``. What is taken out of the attributes is not done by `apply`.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from cleanr.cleaned import Cleaned, Step
from cleanr.edits import Change, Safety
from cleanr.records import Format, Record

PREFIX = "cleanr__"
SCORES = {Safety.CERTAIN: 1.0, Safety.LIKELY: 0.8, Safety.GUESS: 0.5}


class TagError(ValueError):
    """Attributes that are not those of a text: one line says why."""


def line(record: Record, cleaned: Cleaned, name: str, form: Format) -> bytes:
    """The attributes of a document.

    >>> import cleanr
    >>> made = line(Record(0, b"", "one  two"), cleanr.explain("one  two"), "a.txt", Format("text"))
    >>> json.loads(made)["attributes"]
    {'cleanr__spaces__runs': [[3, 5, 1.0]]}
    """
    scores: dict[str, float] = {}
    for change in cleaned.changes:
        scores[change.rule] = min(scores.get(change.rule, 1.0), SCORES[change.safety])
    attributes: dict[str, list[list[float]]] = {}
    new: list[list[int | str]] = []
    for span in cleaned.spans():
        for rule in span.rules:
            key = PREFIX + rule.replace(".", "__", 1)
            attributes.setdefault(key, []).append([span.start, span.end, scores[rule]])
        if span.new:
            new.append([span.start, span.end, span.new])
    value = {"id": _id(record, name, form), "attributes": attributes, "record": record.line}
    value |= {"text": _digest(record.text or ""), "new": new}
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def by_record(lines: Iterable[bytes]) -> Mapping[int, Any]:
    """Attributes, by the numbers of their documents."""
    found = (json.loads(each) for each in lines)
    return {each["record"]: each for each in found}


def number_of(data: bytes) -> int:
    """The number of the document that a line of attributes is about. Raises `TagError`."""
    try:
        value = json.loads(data)
        if isinstance(value["record"], int) and isinstance(value["attributes"], dict):
            return int(value["record"])
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise TagError("not attributes of cleanr")


def applied(text: str, number: int, found: Mapping[int, Any]) -> Cleaned:
    """The text, cut by its attributes. Raises `TagError` where they are those of another text, or of none."""
    value = found.get(number)
    if value is None:
        raise TagError("it has no attributes")
    if value.get("text") != _digest(text):
        raise TagError("its attributes are those of another text")
    try:
        return _cut(text, value)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise TagError(f"its attributes are damaged: {error}") from error


def _cut(text: str, value: Mapping[str, Any]) -> Cleaned:
    rules: dict[tuple[int, int], str] = {}
    scores: dict[tuple[int, int], float] = {}
    for key, spans in value["attributes"].items():
        rule = key.removeprefix(PREFIX).replace("__", ".", 1)
        for start, end, score in spans:
            rules.setdefault((start, end), rule)
            scores[start, end] = min(score, scores.get((start, end), 1.0))
    new = {(start, end): text for start, end, text in value.get("new", ())}
    changes, parts, last = list[Change](), list[str](), 0
    for start, end in sorted(rules):
        if not last <= start <= end <= len(text):
            raise ValueError(f"{start} to {end} lies outside of the text, or in another span")
        put = new.get((start, end), "")
        safety = next((each for each, score in SCORES.items() if scores[start, end] >= score), Safety.GUESS)
        if put != text[start:end]:
            changes.append(Change(start, text[start:end], put, rules[start, end], safety))
        parts += text[last:start], put
        last = end
    step = (Step("apply", tuple(changes)),) if changes else ()
    return Cleaned("".join([*parts, text[last:]]), step)


def _id(record: Record, name: str, form: Format) -> str:
    if form.name == "jsonl":
        try:
            given = json.loads(record.raw)["id"]
            if isinstance(given, str | int):
                return str(given)
        except (ValueError, KeyError, RecursionError):
            pass
    return f"{name}:{record.line}" if record.line else name


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
