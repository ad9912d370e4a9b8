"""A file through the cleaner: ``in/a.txt`` is read, cleaned, written to ``out/a.txt``, and counted on the way.

Here `records` and `report` meet. Nothing here prints: what is to be said goes into the `Outcome`, since the work may
be done in another process.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from cleanr.cleaned import Cleaned
from cleanr.cleaner import Cleaner
from cleanr.config import Config, build
from cleanr.records import Bad, Format, RefusedError, format_of
from cleanr.records.atomic import Draft
from cleanr.records.parallel import Died, in_order
from cleanr.records.source import Source, opened
from cleanr.report.diff import diff
from cleanr.report.explanation import explanation
from cleanr.report.findings import findings
from cleanr.report.terminal import visible
from cleanr.report.totals import Totals, counted
from cleanr.settings import Layer

POOL_FROM = 1 << 20  # bytes of input: for less, starting workers costs more than they save
ALIKE = 10  # messages of one cause that a file may have: a wrong line may be a million wrong lines
DETAIL = re.compile(r" at |: byte |: \d")  # where the cause ends, and what differs from line to line begins

Show = Literal["nothing", "findings", "diff", "explanation"]
Write = Literal["nothing", "UTF-8", "as read"]


class Settings(NamedTuple):
    """What holds for all files of a run: `write` is the encoding of what is written; `line` limits an explanation
    to one line, or to one record."""

    config: Config
    encoding: str | None = None
    on_error: Literal["drop", "keep", "stop"] = "drop"
    show: Show = "nothing"
    line: int | None = None
    colour: bool = False
    write: Write = "nothing"


class Job(NamedTuple):
    """A file to read, and where its clean text goes: nowhere, in its place, or into the tree at `root`."""

    source: Path
    target: Path | None = None
    root: Path | None = None
    size: int = 0


@dataclass
class Outcome:
    """What became of a file: counts, lines for stdout, messages for stderr."""

    totals: Totals = field(default_factory=Totals)
    lines: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    alike: dict[str, int] = field(default_factory=dict)  # messages by cause
    altered: bool = False  # the output differs from the input
    written: bool = False
    stopped: bool = False

    def fail(self, where: object, cause: object) -> None:
        self.totals.failed += 1
        self.note(where, cause)

    def note(self, where: object, cause: object) -> None:
        """A message, unless there are enough of its cause: the rest is counted."""
        kind = ": ".join(DETAIL.split(str(cause), maxsplit=1)[0].split(": ")[:2])
        self.alike[kind] = self.alike.get(kind, 0) + 1
        if self.alike[kind] <= ALIKE:
            self.messages.append(visible(f"{where}: {cause}"))

    def sum_up(self, name: str) -> None:
        """A message for those that were only counted."""
        for kind, count in self.alike.items():
            if count > ALIKE:
                self.messages.append(visible(f"{name}: … and {counted(count - ALIKE, 'more record')}: {kind}"))


class StopError(Exception):
    """The first bad record, under ``--on-error stop``."""


def run(settings: Settings, jobs: Sequence[Job], workers: int) -> Iterator[Outcome]:
    """The outcomes of all jobs, in their order; none behind a job that stopped."""
    small = sum(job.size for job in jobs) < POOL_FROM
    with closing(in_order(partial(process, settings), jobs, 1 if small else min(workers, len(jobs)))) as results:
        for job, result in zip(jobs, results, strict=True):
            outcome = result if isinstance(result, Outcome) else Outcome()
            if isinstance(result, Died):
                outcome.fail(job.source, result.cause)
            if not outcome.written and _is_older(job):
                outcome.messages[-1] += visible(f"; {job.target} is an older output")
            yield outcome
            if outcome.stopped:
                return


def process(settings: Settings, job: Job) -> Outcome:
    """Clean one file. What goes wrong with it is in the outcome; then nothing of it is written."""

    def work(outcome: Outcome) -> None:
        with open(job.source, "rb") as source:
            data = convert(source, str(job.source), settings, outcome)
            if job.target is None:
                for _ in data:
                    pass
                return
            _ready(job.target, job.root)
            with Draft(job.target) as draft:
                for piece in data:
                    draft.write(piece)
                if outcome.altered or job.target != job.source:
                    draft.commit(in_place=job.target == job.source)
                    outcome.written = True

    return _caught(work, str(job.source), settings)


def stream(settings: Settings, name: str, source: BinaryIO, target: BinaryIO | None) -> Outcome:
    """Clean a stream into another, or into none. `name` tells its format."""

    def work(outcome: Outcome) -> None:
        for piece in convert(source, name, settings, outcome):
            if target is not None:
                target.write(piece)

    return _caught(work, name, settings)


def _caught(work: Callable[[Outcome], None], name: str, settings: Settings) -> Outcome:
    """The outcome of work on a file. All that can go wrong with the file as a whole goes wrong here."""
    outcome = Outcome()
    try:
        work(outcome)
        if settings.show == "explanation" and not outcome.lines and not outcome.messages:
            outcome.lines.append(f"{visible(name)}: no document there")
    except StopError:
        outcome.stopped = True
    except BrokenPipeError:  # the reader of stdout went away
        raise
    except RefusedError as error:  # of the whole file: what was said of its records does not matter
        outcome = Outcome(stopped=settings.on_error == "stop")
        outcome.fail(name, error)
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else error
        outcome.sum_up(name)
        outcome = Outcome(messages=outcome.messages, stopped=settings.on_error == "stop")
        outcome.fail(name, cause)
    outcome.sum_up(name)
    return outcome


def convert(stream: BinaryIO, name: str, settings: Settings, outcome: Outcome) -> Iterator[bytes]:
    """The bytes of a clean file, record by record. What its name does not tell to be another format is text.

    Raises `RefusedError` for a file that cannot be read, or written as it was, and `StopError` for a bad record, if
    that is to stop.
    """
    source = opened(stream, settings.encoding)
    data = _converted(source, name, settings, outcome)
    return source.back(data) if settings.write == "as read" else data


def _converted(source: Source, name: str, settings: Settings, outcome: Outcome) -> Iterator[bytes]:
    layers = settings.config.matching(name)
    form = format_of(name) or Format("text")
    module, cleaner = form.module, _cleaner(layers)
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
                cause = f"internal error: {type(error).__name__}: {error}"
            else:
                outcome.totals.count(cleaned, changed := recoded or cleaned.text != record.text)
                outcome.altered |= changed
                for flag in cleaned.flagged if settings.show != "explanation" else ():
                    outcome.note(where, flag)
                outcome.lines += _lines(cleaned, record.text, where, record.line, settings)
                yield data
                continue
        if not record.line and settings.on_error == "drop":
            raise RefusedError(cause)  # the record is all of the file: an empty one would look like a clean one
        outcome.fail(where, cause)
        if settings.on_error == "stop":
            raise StopError
        if settings.on_error == "keep":
            yield record.raw
        outcome.altered |= settings.on_error == "drop"


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


def _cleaner(layers: Sequence[Layer]) -> Cleaner:
    key = repr(layers)
    if key not in _CLEANERS:
        _CLEANERS[key] = build(layers)
    return _CLEANERS[key]


def _ready(target: Path, root: Path | None) -> None:
    """Make the directories of a target. Those of the tree at `root` must be real: a link may lead out of it."""
    if link := _link(target, root):
        raise OSError(f"{link} is a symbolic link, which cleanr does not follow")
    target.parent.mkdir(parents=True, exist_ok=True)


def _link(target: Path, root: Path | None) -> Path | None:
    inner = takewhile(lambda directory: directory != root, target.parents) if root else ()
    return next((directory for directory in inner if directory.is_symlink()), None)


def _is_older(job: Job) -> bool:
    """Whether an earlier run left a file where the output of a job goes that is not in its place."""
    if job.target in (None, job.source) or _link(job.target, job.root):
        return False
    return job.target.is_file() and not job.target.is_symlink()
