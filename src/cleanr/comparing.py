"""Two results, compared: ``standard`` and ``strict`` on the same texts, or the outputs of yesterday and of today.

Under two configurations, every line of a text has two fates, and the rules of both are known. Of two outputs only the
lines are there; the rules come from the ledgers of ``--record removals`` or ``all``, where there are some.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from cleanr.bookkeeping import WRITTEN, ledger_of
from cleanr.config import Config
from cleanr.convert import cleaner_of, fault
from cleanr.outcome import Outcome
from cleanr.records import Bad, RefusedError, form_of
from cleanr.records.reading import read_file
from cleanr.records.undo import removals as undone
from cleanr.report.align import differing, paired
from cleanr.report.comparison import UNKNOWN, Comparison
from cleanr.report.fates import Fate, fates
from cleanr.report.tally import folded


class Result(NamedTuple):
    """The differences in a file, and what could not be read of it."""

    comparison: Comparison
    outcome: Outcome


class Outputs(NamedTuple):
    """A file of two outputs, and the roots of the trees, in which the ledgers lie."""

    old: Path
    new: Path
    old_root: Path
    new_root: Path


def by_configuration(old: Config, new: Config, encoding: str | None, path: Path) -> Result:
    """Compare what two configurations make of a file."""

    def work(result: Result) -> None:
        name, comparison = str(path), result.comparison
        cleaners = [cleaner_of(config.matching(name)) for config in (old, new)]
        languages = [config.get("language", "und", name) for config in (old, new)]
        form = form_of(name)
        for record, text in _texts(path, new, encoding, result.outcome):
            before = comparison.total
            try:
                first, second = (
                    cleaner.explain(text, language=language, kind=form.kind)
                    for cleaner, language in zip(cleaners, languages, strict=True)
                )
            except Exception as error:  # a fault of a filter: it costs this document, not the others
                result.outcome.fail(f"{name}:{record}" if record else name, fault(error))
                continue
            if first.text != second.text:
                _fates(comparison, (name, record), text, fates(first, text), fates(second, text))
            comparison.document(first.text == second.text, before)

    return _caught(work, path)


def by_output(config: Config, encoding: str | None, files: Outputs) -> Result:
    """Compare a file of two outputs."""

    def work(result: Result) -> None:
        comparison = result.comparison
        if files.old.read_bytes() == files.new.read_bytes():
            for _ in _texts(files.old, config, encoding, result.outcome):
                comparison.document(True, 0)
            return
        places = (files.old, files.old_root), (files.new, files.new_root)
        rules = [_rules(root, path.relative_to(root).as_posix()) for path, root in places]
        both = (_texts(path, config, encoding, result.outcome) for path in (files.old, files.new))
        for (record, first), (_, second) in zip_longest(*both, fillvalue=(0, "")):
            before = comparison.total
            if first != second:
                _lines(comparison, (str(files.old), str(files.new)), record, first, second, rules)
            comparison.document(first == second, before)

    return _caught(work, files.new)


def _fates(
    comparison: Comparison, where: tuple[str, int], raw: str, first: Sequence[Fate], second: Sequence[Fate]
) -> None:
    lines = raw.split("\n")
    for n, (line, old, new) in enumerate(zip(lines, first, second, strict=False)):
        if old.text == new.text or not line.strip():
            continue
        rules = [rule for rule in (new if old.text else old).rules if rule not in (old if old.text else new).rules]
        rule = (rules or list(old.rules + new.rules))[0]
        above = next((lines[at] for at in range(n - 1, -1, -1) if lines[at].strip()), "")
        below = next((lines[at] for at in range(n + 1, len(lines)) if lines[at].strip()), "")
        comparison.line((*where, n + 1), rule, old.text or None, new.text or None, (above, below))


def _lines(
    comparison: Comparison,
    names: Sequence[str],
    record: int,
    first: str,
    second: str,
    rules: Sequence[dict[str, str]],
) -> None:
    texts = first.split("\n"), second.split("\n")
    old, new = ([line for line in text if line.strip()] for text in texts)
    numbers = [[n for n, line in enumerate(text, 1) if line.strip()] for text in texts]
    for low, high, start, end in differing(old, new):
        for before, after in paired(old[low:high], new[start:end]):
            side, at = (1, start) if after is not None else (0, low)
            rule = UNKNOWN
            if before is None or after is None:  # a ledger tells what was removed: from the old output what is now kept
                rule = rules[1 - side].get(folded(before or after or ""), UNKNOWN)
            near = ((old, new)[side][at - 1] if at else "", "".join((old, new)[side][at + 1 : at + 2]))
            comparison.line((names[side], record, numbers[side][at]), rule, before, after, near)
            low, start = low + (before is not None), start + (after is not None)


def _rules(root: Path, name: str) -> dict[str, str]:
    """By which rules lines of a file were removed, as its ledger tells, if it has one."""
    found: dict[str, str] = {}
    lines, undo = (ledger_of(root, name, kind) for kind in WRITTEN)
    removals: Iterable[tuple[str, str]] = ()
    if lines.is_file():
        removals = ((entry["text"], entry["rule"]) for entry in map(json.loads, lines.read_bytes().splitlines()))
    elif undo.is_file():
        removals = undone(undo)
    for text, rule in removals:
        found |= {folded(line): rule for line in text.replace("\\n", "\n").split("\n") if line.strip()}
    return found


def _texts(path: Path, config: Config, encoding: str | None, outcome: Outcome) -> Iterator[tuple[int, str]]:
    with open(path, "rb") as stream:
        for record in read_file(stream, path.name, encoding, config.get("text-key", "text")):
            if isinstance(record, Bad):
                outcome.fail(f"{path}:{record.line}" if record.line else path, record.cause)
            elif record.text is not None:
                yield record.line, record.text


def _caught(work: Callable[[Result], None], path: Path) -> Result:
    result = Result(Comparison(), Outcome())
    try:
        work(result)
    except RefusedError as error:
        result.outcome.fail(path, error)
    except OSError as error:
        result.outcome.fail(error.filename or path, error.strerror or error)
    result.outcome.sum_up(str(path))
    return result
