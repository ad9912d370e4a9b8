"""Many files at once, results in order: with four workers, file 7 is reported behind file 6, whoever is done first.

A worker that dies (killed for its memory, crashed in native code) takes the whole pool with it. What was under way
is then tried again, each file alone: the one that kills its worker again is the culprit.

No worker outlives the work: an interrupt or SIGTERM here ends them all, and each watches for the death of this process.
"""

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, NamedTuple, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
GRACE = 10  # seconds that a worker without a parent has for taking its draft away
AHEAD = 4  # files under way for each worker: enough to keep it busy, few enough to hold their results


class Died(NamedTuple):
    """In place of a result: the worker process died."""

    cause: str = "the worker process died"


def in_order(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Generator[Result | Died]:
    """The results of a function for all items, in their order; `jobs` worker processes, none for 1.

    The function and the items must pickle. An exception that the function raises is raised here.
    """
    if jobs <= 1:
        yield from map(function, items)
        return
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    source = iter(items)
    while True:
        with _pool(jobs) as pool:
            try:
                while True:
                    for item in islice(source, jobs * AHEAD - len(waiting)):
                        waiting.append((item, _submitted(pool, function, item)))
                    if not waiting:
                        return
                    result = waiting[0][1].result()
                    waiting.popleft()
                    yield result
            except BrokenProcessPool:
                pass
        yield from [_alone(function, item, future) for item, future in waiting]
        waiting.clear()


def _submitted(pool: ProcessPoolExecutor, function: Callable[[Item], Result], item: Item) -> Future[Result]:
    try:
        return pool.submit(_work, function, item)
    except BrokenProcessPool as error:  # found out here, told where results are taken
        future: Future[Result] = Future()
        future.set_exception(error)
        return future


def _alone(function: Callable[[Item], Result], item: Item, future: Future[Any]) -> Any:
    """The result of an item that was under way when the pool broke: it may have come in time."""
    if not isinstance(future.exception(), BrokenProcessPool):
        return future.result()
    with _pool(1) as pool:
        try:
            return pool.submit(_work, function, item).result()
        except BrokenProcessPool:
            return Died()


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Workers, which are gone afterwards: if nobody waits for the rest, they do not end what they are at."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, initializer=_prepare)
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


class _Worker:
    """What a worker process knows of itself. An interrupt reaches all processes: those at work stop, so that drafts
    are taken away; idle ones must neither answer with a traceback nor take up what still waits for them. SIGTERM
    reaches this one only: it stops likewise, and then it ends."""

    working = False
    interrupted = False
    ended = False


def _prepare() -> None:
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(128 + signal.SIGTERM)


def _interrupt(number: int, frame: object) -> None:
    before, _Worker.interrupted = _Worker.interrupted, True
    _Worker.ended |= number == signal.SIGTERM
    if _Worker.working and not before:  # raised twice, it would stop the taking away of a draft
        raise KeyboardInterrupt
    if _Worker.ended and not _Worker.working:
        os._exit(128 + signal.SIGTERM)


def _work(function: Callable[[Any], Result], item: Any) -> Result:
    try:
        _Worker.working = True
        if _Worker.interrupted:
            raise KeyboardInterrupt
        return function(item)
    finally:
        _Worker.working = False
        if _Worker.ended:
            os._exit(128 + signal.SIGTERM)
