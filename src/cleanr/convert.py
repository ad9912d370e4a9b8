"""A file's bytes to its clean bytes, record by record: ``b"a  b"`` becomes ``b"a b"``, and is counted."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Literal, NamedTuple

from cleanr.bookkeeping import Kept, Ledger
from cleanr.cleaned import Cleaned
from cleanr.cleaner import Cleaner
from cleanr.config import Config, build
from cleanr.outcome import Outcome
from cleanr.records import Bad, RefusedError, form_of
from cleanr.records.source import Source, opened
from cleanr.report.diff import diff
from cleanr.report.explanation import explanation
from cleanr.report.findings import findings
from cleanr.settings import Layer

Show = Literal["nothing", "findings", "diff", "explanation"]
Write = Literal["nothing", "UTF-8", "as read"]


class Settings(NamedTuple):
    """What holds for all files of a run: `write` is the encoding of what is written; `line` limits an explanation
    to one line, or to one record; `record` says what is kept of what was removed."""

    config: Config
    encoding: str | None = None
    on_error: Literal["drop", "keep", "stop"] = "drop"
    show: Show = "nothing"
    line: int | None = None
    colour: bool = False
    write: Write = "nothing"
    record: Kept = "none"


class StopError(Exception):
    """The first bad record, under ``--on-error stop``."""


def convert(
    stream: BinaryIO, name: str, settings: Settings, outcome: Outcome, ledger: Ledger | None = None
) -> Iterator[bytes]:
    """The bytes of a clean file, record by record. What its name does not tell to be another format is text.

    Raises `RefusedError` for a file that cannot be read, or written as it was, and `StopError` for a bad record, if
    that is to stop.
    """
    source = opened(stream, settings.encoding)
    data = _converted(source, name, settings, outcome, ledger)
    return source.back(data) if settings.write == "as read" else data


def _converted(
    source: Source, name: str, settings: Settings, outcome: Outcome, ledger: Ledger | None
) -> Iterator[bytes]:
    if ledger:
        ledger.begin(source)
    layers = settings.config.matching(name)
    form = form_of(name)
    module, cleaner = form.module, cleaner_of(layers)
    language = settings.config.get("language", "und", name)
    recoded = source.recoded and settings.write == "UTF-8"
    for record in module.read(source, settings.config.get("text-key", "text")):
        if record.line and settings.line not in (None, record.line):
            continue  # an explanation of another record
        where = f"{name}:{record.line}" if record.line else name
        if isinstance(record, Bad):
            cause = record.cause
        elif record.text is None:
            yield record.raw
            continue
        else:
            try:
                cleaned = cleaner.explain(record.text, language=language, kind=form.kind)
                data = module.render(record, cleaned.text)
            except Exception as error:  # a fault of a filter: it costs this document, not the others
                cause = fault(error)
            else:
                outcome.totals.count(cleaned, changed := recoded or cleaned.text != record.text)
                outcome.altered |= changed
                for flag in cleaned.flagged if settings.show != "explanation" else ():
                    outcome.note(where, flag)
                outcome.lines += _lines(cleaned, record.text, where, record.line, settings)
                if settings.record != "none":
                    outcome.removed.count(cleaned, record.text, name, record.line)
                if ledger:
                    ledger.document(cleaned, record, form, data)
                yield data
                continue
        if not record.line and settings.on_error == "drop":
            raise RefusedError(cause)  # the record is all of the file: an empty one would look like a clean one
        outcome.fail(where, cause)
        if settings.on_error == "stop":
            raise StopError
        if settings.on_error == "keep":
            yield record.raw
        elif ledger:
            ledger.keep(record)
        outcome.altered |= settings.on_error == "drop"


def fault(error: Exception) -> str:
    """How the fault of a filter is told."""
    return f"internal error: {type(error).__name__}: {error}"


def _lines(cleaned: Cleaned, raw: str, where: str, record: int, settings: Settings) -> Iterable[str]:
    colour, line = settings.colour, settings.line
    if settings.show == "findings":
        return findings(cleaned, raw, where, colour=colour)
    if settings.show == "diff":
        return diff(cleaned, raw, where, colour=colour)
    if settings.show == "explanation":
        return explanation(cleaned, raw, where, line=None if record else line, colour=colour)
    return ()


_CLEANERS: dict[str, Cleaner] = {}  # by their settings: a worker builds each cleaner once, not once a file


def cleaner_of(layers: Sequence[Layer]) -> Cleaner:
    key = repr(layers)
    if key not in _CLEANERS:
        _CLEANERS[key] = build(layers)
    return _CLEANERS[key]
