"""A file through the cleaner: ``in/a.txt`` is read, cleaned, written to ``out/a.txt``, and counted on the way.

Here `records` and `report` meet. Nothing here prints: what is to be said goes into the `Outcome`, since the work may
be done in another process.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleanr.bookkeeping import WRITTEN, Ledger, ledger_of
from cleanr.convert import Settings, Show, StopError, convert
from cleanr.outcome import Outcome
from cleanr.records import RefusedError
from cleanr.records.atomic import Draft
from cleanr.records.parallel import Died, in_order
from cleanr.report.terminal import visible

__all__ = ["Job", "Outcome", "Settings", "Show", "process", "run", "stream"]

POOL_FROM = 1 << 20  # bytes of input: for less, starting workers costs more than they save


class Job(NamedTuple):
    """A file to read, and where its clean text goes: nowhere, in its place, or into the tree at `root`. `records` is
    the tree that keeps its ledger, if there is one, under that `name`."""

    source: Path
    target: Path | None = None
    root: Path | None = None
    size: int = 0
    records: Path | None = None
    name: str = ""


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
        with open(job.source, "rb") as source, ExitStack() as stack:
            if job.target is None:
                for _ in convert(source, str(job.source), settings, outcome):
                    pass
                return
            ledger = _ledger(job, settings, stack)
            _ready(job.target, job.root)
            draft = stack.enter_context(Draft(job.target))
            for piece in convert(source, str(job.source), settings, outcome, ledger):
                draft.write(piece)
                if ledger:
                    ledger.output(piece)
            if outcome.altered or job.target != job.source:
                if ledger and not job.target.is_symlink():  # over a link, nothing is written
                    ledger.end()
                elif not ledger:
                    _forget(job)
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


def _ledger(job: Job, settings: Settings, stack: ExitStack) -> Ledger | None:
    """The ledger of a job, if there is to be one."""
    if job.records is None or settings.record not in WRITTEN:
        return None
    path = ledger_of(job.records, job.name)
    _ready(path, job.records)
    key = settings.config.get("text-key", "text")
    return Ledger(stack.enter_context(Draft(path)), job.name, settings.record, key)


def _forget(job: Job) -> None:
    """Take away the ledger of an earlier run: it would be taken for that of this output."""
    if job.records and not _link(path := ledger_of(job.records, job.name), job.records):
        path.unlink(missing_ok=True)


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
