"""A file through the cleaner: ``in/a.txt`` is read, cleaned, written to ``out/a.txt``, and counted on the way.

Here `records` and `report` meet. Nothing here prints: what is to be said goes into the `Outcome`, since the work may
be done in another process.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from cleanr.cleaned import Cleaned
from cleanr.cleaner import Cleaner
from cleanr.config import Config, build
from cleanr.records import Bad, Format, Reading, RefusedError, format_of
from cleanr.records.atomic import Draft
from cleanr.records.parallel import Died, in_order
from cleanr.report.diff import diff
from cleanr.report.explanation import explanation
from cleanr.report.findings import findings
from cleanr.report.terminal import visible
from cleanr.report.totals import Totals
from cleanr.settings import Layer

POOL_FROM = 1 << 20  # bytes of input: for less, starting workers costs more than they save


Show = Literal["nothing", "findings", "diff", "explanation"]


class Settings(NamedTuple):
    """What holds for all files of a run. `line` limits an explanation to one line, or to one record."""

    config: Config
    encoding: str | None = None
    on_error: Literal["drop", "keep", "stop"] = "drop"
    show: Show = "nothing"
    line: int | None = None
    colour: bool = False


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
    altered: bool = False  # the output differs from the input
    stopped: bool = False

    def fail(self, where: object, cause: object) -> None:
        self.totals.failed += 1
        self.messages.append(visible(f"{where}: {cause}"))


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
                    draft.commit()

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
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else error
        outcome = Outcome(messages=outcome.messages)
        outcome.fail(name, cause)
        outcome.stopped = settings.on_error == "stop"
    return outcome


def convert(stream: BinaryIO, name: str, settings: Settings, outcome: Outcome) -> Iterator[bytes]:
    """The bytes of a clean file, record by record. What its name does not tell to be another format is text.

    Raises `RefusedError` for a file that cannot be read, and `StopError` for a bad record, if that is to stop.
    """
    layers = settings.config.matching(name)
    form = format_of(name) or Format("text")
    module, cleaner = form.module, _cleaner(layers)
    language = settings.config.get("language", "und", name)
    for record in module.read(stream, Reading(settings.config.get("text-key", "text"), settings.encoding)):
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
                _note(cleaned, record.text, where, record.line, settings, outcome)
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


def _note(cleaned: Cleaned, raw: str, where: str, record: int, settings: Settings, outcome: Outcome) -> None:
    changed = cleaned.text != raw
    outcome.altered |= changed
    outcome.totals.count(cleaned, changed)
    outcome.messages += (visible(f"{where}: {flag}") for flag in cleaned.flagged if settings.show != "explanation")
    outcome.lines += _lines(cleaned, raw, where, record, settings)


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
    for directory in target.parents if root else ():
        if directory == root:
            break
        if directory.is_symlink():
            raise OSError(f"{directory} is a symbolic link, which cleanr does not follow")
    target.parent.mkdir(parents=True, exist_ok=True)
