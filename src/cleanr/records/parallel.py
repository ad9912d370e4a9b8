"""Many files at once, results in order: with four workers, file 7 is reported behind file 6, whoever is done first.

A worker that dies (killed for its memory, crashed in native code) takes the whole pool with it. What was under way
is then tried again, each file alone: the one that kills its worker again is the culprit.
"""

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, NamedTuple, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
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
    pool = _pool(jobs)
    try:
        while True:
            for item in islice(source, jobs * AHEAD - len(waiting)):
                waiting.append((item, _submitted(pool, function, item)))
            if not waiting:
                return
            try:
                result: Result | Died = waiting[0][1].result()
            except BrokenProcessPool:
                pool.shutdown()
                yield from [_alone(function, item, future) for item, future in waiting]
                waiting.clear()
                pool = _pool(jobs)
            else:
                waiting.popleft()
                yield result
    finally:
        pool.shutdown(cancel_futures=True)


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


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_prepare)


class _Worker:
    """What a worker process knows of itself. An interrupt reaches all processes: those at work stop, so that drafts
    are taken away; idle ones must neither answer with a traceback nor take up what still waits for them."""

    working = False
    interrupted = False


def _prepare() -> None:
    signal.signal(signal.SIGINT, _interrupt)


def _interrupt(number: int, frame: object) -> None:
    _Worker.interrupted = True
    if _Worker.working:
        raise KeyboardInterrupt


def _work(function: Callable[[Any], Result], item: Any) -> Result:
    try:
        _Worker.working = True
        if _Worker.interrupted:
            raise KeyboardInterrupt
        return function(item)
    finally:
        _Worker.working = False
