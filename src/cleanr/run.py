"""A file through the cleaner: ``in/a.txt`` is read, cleaned, written to ``out/a.txt``, and counted on the way.

Here `records` and `report` meet. Nothing here prints: what is to be said goes into the `Outcome`, since the work may
be done in another process. `process` does one file, and whoever calls it with the same job gets the same bytes: markers
in the tree of outputs tell what is left to do.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from cleanr import done
from cleanr.bookkeeping import WRITTEN, Ledger, ledger_of
from cleanr.conversion import Conversion, Digested, Spread, StopError
from cleanr.convert import Settings, Show, serial
from cleanr.engines import Engine
from cleanr.job import Job
from cleanr.outcome import Outcome
from cleanr.records import COLUMNS, RefusedError, form_of
from cleanr.records.atomic import Draft, link_above, made_in
from cleanr.records.marker import digest_of
from cleanr.records.packing import unpacked
from cleanr.records.parallel import Died, Pool
from cleanr.report.terminal import visible

__all__ = ["Job", "Outcome", "Settings", "Show", "process", "run", "stream"]

POOL_FROM = 1 << 20  # bytes of input: for less, starting workers costs more than they save
SPLIT_FROM = 4 << 20  # bytes of a file of many records: all workers clean such a one together


def run(settings: Settings, jobs: Iterable[Job], workers: int, engine: Engine | None = None) -> Iterator[Outcome]:
    """The outcomes of all jobs, in their order; none behind a job that stopped. `jobs` are taken as they come."""
    work = partial(process, settings)
    with closing(engine.pairs(work, jobs) if engine else _here(settings, iter(jobs), workers)) as results:
        for job, result in results:
            outcome = result if isinstance(result, Outcome) else Outcome()
            if isinstance(result, Died):
                outcome.fail(job.source, result.cause)
            if not outcome.written and outcome.totals.failed and outcome.messages and _is_older(job):
                outcome.messages[-1] += visible(f"; {job.target} is an older output")
            yield outcome
            if outcome.stopped:
                return


def _here(settings: Settings, jobs: Iterator[Job], workers: int) -> Generator[tuple[Job, Outcome | Died]]:
    first, size = [], 0
    while size < POOL_FROM and (job := next(jobs, None)):
        first.append(job)
        size += job.size
    with Pool(1 if size < POOL_FROM else workers) as pool:
        yield from _results(settings, chain(first, jobs), pool)


def _results(settings: Settings, jobs: Iterator[Job], pool: Pool) -> Iterator[tuple[Job, Outcome | Died]]:
    """Small files are handed out whole; on a large one all workers work together."""
    large: list[Job] = []

    def small() -> Iterator[Job]:
        for job in jobs:
            if pool.workers > 1 and job.size >= SPLIT_FROM and form_of(job.source.name).name != "text":
                large.append(job)
                return
            yield job

    while True:
        yield from pool.pairs(partial(process, settings), small())
        if not large:
            return
        job = large.pop()
        yield job, process(settings, job, pool.map)


def process(settings: Settings, job: Job, spread: Spread = serial) -> Outcome:
    """Clean one file. What goes wrong with it is in the outcome; then nothing of it is written.

    `spread` does the work on its batches, here or elsewhere.
    """

    def work(outcome: Outcome) -> None:
        how = done.how(settings, job.path, job.attributes) if job.marked else ""
        if job.marked and done.before(job, how, outcome):
            return
        with open(job.source, "rb") as source, ExitStack() as stack:
            if job.target is None:
                for _ in Conversion(source, job.path, settings, outcome, spread=spread).pieces():
                    pass
                return
            _write(settings, job, source, how, outcome, stack, spread)

    return _caught(work, job.path, settings)


def _write(
    settings: Settings,
    job: Job,
    source: BinaryIO,
    how: str,
    outcome: Outcome,
    stack: ExitStack,
    spread: Spread,
) -> None:
    assert job.target
    columns = form_of(job.source.name).name == COLUMNS  # read here and there, so not digested on the way
    digested = Digested(source)
    attributes = _attributes(job.attributes, stack) if job.attributes else None
    ledger = _ledger(job, settings, stack)
    made_in(job.root, job.target)
    draft = stack.enter_context(Draft(job.target))
    conversion = Conversion(
        source if columns else digested,  # type: ignore[arg-type]
        job.path,
        settings,
        outcome,
        name=job.name,
        ledger=ledger,
        attributes=attributes,
        packing=form_of(job.target.name).packing,
        spread=spread,
    )
    clean = sha256()
    for piece in conversion.pieces():
        draft.write(piece)
        clean.update(piece)
    if not outcome.altered and job.target == job.source:
        return
    if ledger and not job.target.is_symlink():  # over a link, nothing is written
        ledger.end(clean.digest(), conversion.original.digest())
    draft.commit(in_place=job.target == job.source)
    outcome.written = True
    _forget(job, settings)
    if job.marked:
        raw = digest_of(job.source) if columns else digested.made.hexdigest()
        outcome.sum_up(job.path)
        outcome.alike.clear()
        done.mark(job, raw, how, clean.hexdigest(), ledger.path if ledger else None, outcome)


def stream(settings: Settings, name: str, source: BinaryIO, target: BinaryIO | None) -> Outcome:
    """Clean a stream into another, or into none. `name` tells its format."""

    def work(outcome: Outcome) -> None:
        for piece in Conversion(source, name, settings, outcome).pieces():
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
    except Exception as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else error
        if not isinstance(error, OSError | ValueError):
            cause = f"internal error: {type(error).__name__}: {error}"
        outcome.sum_up(name)
        outcome = Outcome(messages=outcome.messages, stopped=settings.on_error == "stop", written=outcome.written)
        outcome.fail(name, cause)
    outcome.sum_up(name)
    return outcome


def _attributes(path: Path, stack: ExitStack) -> BinaryIO:
    if not path.is_file():
        raise RefusedError(f"it has no attributes: {path}")
    return unpacked(stack.enter_context(open(path, "rb")), form_of(path.name).packing)


def _ledger(job: Job, settings: Settings, stack: ExitStack) -> Ledger | None:
    """The ledger of a job, if there is to be one."""
    if job.records is None or settings.record not in WRITTEN:
        return None
    path = ledger_of(job.records, job.name, settings.record)
    made_in(job.records, path)
    return Ledger(stack.enter_context(Draft(path)), settings.record)


def _forget(job: Job, settings: Settings) -> None:
    """Take away the ledgers of an earlier run: they would be taken for those of this output."""
    for kind in WRITTEN:
        if kind != settings.record and job.records:
            path = ledger_of(job.records, job.name, kind)
            if not link_above(path, job.records):
                path.unlink(missing_ok=True)


def _is_older(job: Job) -> bool:
    """Whether an earlier run left a file where the output of a job goes that is not in its place."""
    if job.target in (None, job.source) or link_above(job.target, job.root):
        return False
    return job.target.is_file() and not job.target.is_symlink()
