"""A file's bytes to its clean bytes, batch by batch: ``b"a  b"`` becomes ``b"a b"``, and is counted.

A batch is the unit of work: `clean_batch` and all that it takes and gives pickle, so that another process can do it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from cleanr import tags
from cleanr.bookkeeping import Kept, way_back
from cleanr.cleaned import Cleaned
from cleanr.cleaner import Cleaner
from cleanr.config import Config, build
from cleanr.outcome import Outcome
from cleanr.records import COLUMNS, LOOKED_AT, Bad, Batch, Limits, Record, RefusedError, form_of
from cleanr.records.undo import Block
from cleanr.settings import Layer

Show = Literal["nothing", "findings", "diff", "explanation"]
Write = Literal["nothing", "UTF-8", "as read"]


class Settings(NamedTuple):
    """What holds for all files of a run: `write` is the encoding of what is written; `line` limits an explanation
    to one line, or to one record; `record` says what is kept of what was removed; `rules` is the digest of the rules,
    for the markers of what is done; `give` is what becomes of a record."""

    config: Config
    encoding: str | None = None
    on_error: Literal["drop", "keep", "stop"] = "drop"
    show: Show = "nothing"
    line: int | None = None
    colour: bool = False
    write: Write = "nothing"
    record: Kept = "none"
    limits: Limits = Limits()
    meta: bool = False
    rules: str = ""
    give: Literal["text", "tags"] = "text"


class Work(NamedTuple):
    """A batch of a file that has a `path` in messages and a `name` within its tree; `tags` say what to cut, in place
    of the filters."""

    path: str
    name: str
    batch: Batch
    tags: Sequence[bytes] | None = None
    recoded: bool = False  # the bytes were not UTF-8, and will be


@dataclass
class Done:
    """What became of a batch: its clean records; what the ledger keeps; for Parquet, a value of the column that is
    added for each. `found` and `lacking` tell whether records had a text."""

    outcome: Outcome
    pieces: list[bytes] = field(default_factory=list)
    notes: bytes = b""
    extra: list[dict[str, Any] | None] = field(default_factory=list)
    found: bool = False
    lacking: list[bytes] = field(default_factory=list)


def clean_batch(settings: Settings, work: Work) -> Done:
    """Clean the records of a batch."""
    return _Cleaning(settings, work).done()


class _Cleaning:
    """The work on one batch."""

    def __init__(self, settings: Settings, work: Work) -> None:
        self._settings, self._work = settings, work
        config = settings.config
        self._form = form_of(work.path)
        self._key = config.get("text-key", "text")
        self._language = config.get("language", "und", work.path)
        self._tags = None if work.tags is None else tags.by_record(work.tags)
        self._cleaner = None if work.tags is not None else cleaner_of(config.matching(work.path))
        self._done = Done(Outcome())
        self._notes: list[bytes] = []
        self._block = Block() if settings.record == "all" else None

    def done(self) -> Done:
        done, settings = self._done, self._settings
        for record in self._form.module.records(self._work.batch, settings.limits, self._key):
            if record.line and settings.line not in (None, record.line):
                continue  # an explanation of another record
            if isinstance(record, Bad):
                if record.missing and len(done.lacking) < LOOKED_AT:
                    done.lacking.append(record.raw)
                self._bad(record, record.cause)
            elif record.text is None:
                done.found = done.found or bool(record.raw.strip())
                self._give(record, record.raw)
            else:
                done.found = True
                try:
                    cleaned = self._cleaned(record, record.text)
                    data = self._rendered(record, cleaned)
                except Exception as error:  # a fault of a filter: it costs this document, not the others
                    self._bad(record, str(error) if isinstance(error, tags.TagError) else fault(error))
                else:
                    self._count(record, record.text, cleaned)
                    self._give(record, data, cleaned)
            if done.outcome.stopped:
                break
        done.notes = self._block.encoded() if self._block else b"".join(self._notes)
        return done

    def _cleaned(self, record: Record, text: str) -> Cleaned:
        if self._tags is not None:
            return tags.applied(text, record.line, self._tags)
        assert self._cleaner
        return self._cleaner.explain(text, language=self._language, kind=self._form.kind)

    def _rendered(self, record: Record, cleaned: Cleaned) -> bytes:
        if self._settings.give == "tags":
            return tags.line(record, cleaned, self._work.name, self._form)
        data: bytes = self._form.module.render(record, cleaned.text)
        if self._settings.meta and self._form.name == "jsonl":
            from cleanr.records.members import with_member
            from cleanr.report.meta import meta

            data = with_member(data, meta(cleaned))
        return data

    def _count(self, record: Record, text: str, cleaned: Cleaned) -> None:
        settings, outcome, work = self._settings, self._done.outcome, self._work
        where = self._where(record)
        outcome.totals.count(cleaned, changed := work.recoded or cleaned.text != text)
        outcome.altered |= changed or settings.meta
        for flag in cleaned.flagged if settings.show != "explanation" else ():
            outcome.note(where, flag)
        if settings.show == "findings":
            from cleanr.report.findings import findings

            outcome.findings += findings(cleaned, text, work.path, record.line)
        outcome.lines += _lines(cleaned, text, where, record.line, settings)
        if settings.record != "none":
            outcome.removed.count(cleaned, text, work.path, record.line)
        if settings.record == "removals":
            from cleanr.report import ledger

            self._notes += ledger.removals(cleaned, text, work.name, record.line)

    def _give(self, record: Record | Bad, data: bytes, cleaned: Cleaned | None = None) -> None:
        """Hand a record on, as these bytes."""
        if self._settings.give == "tags" and cleaned is None:
            return
        self._done.pieces.append(data)
        if self._block:
            places = way_back(cleaned, record, self._form, data) if cleaned and isinstance(record, Record) else []
            self._block.extend(places, len(data))
            self._block.count += 1
        if self._form.name == COLUMNS and self._settings.meta:
            from cleanr.report.meta import meta

            self._done.extra.append(meta(cleaned) if cleaned else None)

    def _bad(self, record: Record | Bad, cause: str) -> None:
        settings, outcome = self._settings, self._done.outcome
        if not record.line and settings.on_error == "drop":
            raise RefusedError(cause)  # the record is all of the file: an empty one would look like a clean one
        if cause:
            outcome.fail(self._where(record), cause)
        outcome.stopped |= settings.on_error == "stop"
        outcome.altered |= settings.on_error == "drop"
        if settings.on_error == "keep":
            self._give(record, record.raw)
            return
        if self._form.name == COLUMNS:
            self._done.pieces.append(b"\x03")  # the table has a row there, which goes
            if self._block and isinstance(record, Record):
                raise RefusedError(f"row {record.line}: {cause}; its record could not bring the row back")
        if self._block:
            self._block.other(0, record.raw)

    def _where(self, record: Record | Bad) -> str:
        return f"{self._work.path}:{record.line}" if record.line else self._work.path


def fault(error: Exception) -> str:
    """How the fault of a filter is told."""
    return f"internal error: {type(error).__name__}: {error}"


def _lines(cleaned: Cleaned, raw: str, where: str, record: int, settings: Settings) -> Iterable[str]:
    colour, line = settings.colour, settings.line
    if settings.show == "diff":
        from cleanr.report.diff import diff

        return diff(cleaned, raw, where, colour=colour)
    if settings.show == "explanation":
        from cleanr.report.explanation import explanation

        return explanation(cleaned, raw, where, line=None if record else line, colour=colour)
    return ()


_CLEANERS: dict[str, Cleaner] = {}  # by their settings: a worker builds each cleaner once, not once a file


def cleaner_of(layers: Sequence[Layer]) -> Cleaner:
    key = repr(layers)
    if key not in _CLEANERS:
        _CLEANERS[key] = build(layers)
    return _CLEANERS[key]


def serial(function: Any, items: Iterable[Any]) -> Iterator[Any]:
    """Do the work here, one after the other."""
    return map(function, items)
