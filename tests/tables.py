"""Tables of texts before and after, each held to five things: text, rules, the way back, the spans, twice is once."""

from collections.abc import Iterable

import pytest

from cleanr import Cleaner, edits
from cleanr.text import Kind

CHAIN = Cleaner()


def rewrites(cleaner: Cleaner, before: str, after: str, rules: str | Iterable[str], kind: Kind = "text") -> None:
    """`before` becomes `after` by just these rules."""
    cleaned = cleaner.explain(before, kind=kind)
    assert cleaned.text == after
    assert {change.rule for change in cleaned.changes} == set(rules.split() if isinstance(rules, str) else rules)
    assert cleaned.restore() == before
    assert edits.replay(before, cleaned.spans()) == after
    assert cleaner.clean(after, kind=kind) == after
    assert cleaned.flagged == ()


def stays(cleaner: Cleaner, text: str, kind: Kind = "text") -> None:
    """A text comes back as it is."""
    cleaned = cleaner.explain(text, kind=kind)
    assert cleaned.changes == ()
    assert cleaned.text == text


def case(id: str, *values: object) -> object:
    """A row of a table: its name first, so that the table can be read."""
    return pytest.param(*values, id=id)
