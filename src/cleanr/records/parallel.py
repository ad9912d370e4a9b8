"""Many pieces of work at once, results in order: with four workers, file 7 is reported behind file 6, whoever is done
first.

Each worker has a pipe of its own, so that one that dies (killed for its memory, crashed in native code) is noticed
whatever it was at, and costs the others nothing. What it was doing is tried again by another: a piece of work that
kills three is the culprit.

No worker outlives the work: an interrupt or SIGTERM here ends them all, and each watches for the death of this process.
"""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Item = TypeVar("Item")
Result = TypeVar("Result")
GRACE = 3  # seconds that a worker has for taking its draft away, before it is killed
DEEP = 2  # pieces of work that a worker has: one to do, one that it need not wait for
AHEAD = 4  # for each worker, how many may be under way or wait behind a slow one
TRIES = 3


class Died(NamedTuple):
    """In place of a result: the worker process died."""

    cause: str = "the worker process died"


class _Task(Generic[Item]):
    """A piece of work, on its way."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.tries = 0
        self.result: Any = None
        self.done = False


class _Worker:
    """A process, the pipe to it, and the work that it has, the oldest first."""

    def __init__(self, others: Iterable["_Worker"]) -> None:
        import multiprocessing  # a start that needs no worker does without

        self.connection, theirs = multiprocessing.Pipe()
        # A copy of the ends of others would keep their pipes open; only a fork has copies.
        forked = multiprocessing.get_start_method() == "fork"
        ours = [each.connection for each in others] + [self.connection] if forked else []
        self.process: BaseProcess = multiprocessing.Process(target=_serve, args=(theirs, ours), daemon=True)
        self.process.start()
        theirs.close()
        self.tasks: deque[_Task[Any]] = deque()

    def end(self, *, now: bool) -> None:
        self.connection.close()  # idle, it ends of itself
        if now:
            self.process.terminate()


class Pool:
    """Worker processes, started when they are first needed; none for one worker: then the work is done here."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._running: list[_Worker] = []

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result | Died]:
        """The results of a function for all items, in their order.

        The function and the items must pickle. An exception that the function raises is raised here.
        """
        for _, result in self.pairs(function, items):
            yield result

    def pairs(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Generator[tuple[Item, Result | Died]]:
        """The items, each with its result."""
        if self.workers <= 1:
            for item in items:
                yield item, function(item)
            return
        source = iter(items)
        order: deque[_Task[Item]] = deque()  # in which results are given
        again: deque[_Task[Item]] = deque()  # what a worker that died had
        more = True
        while True:
            while more and len(order) < self.workers * AHEAD or again:
                worker = self._free()
                if worker is None:
                    break
                if again:
                    task = again.popleft()
                else:
                    try:
                        task = _Task(next(source))
                    except StopIteration:
                        more = False
                        break
                    order.append(task)
                self._give(worker, function, task, again)
            while order and order[0].done:
                task = order.popleft()
                if isinstance(task.result, BaseException):
                    raise task.result
                yield task.item, task.result
            if order:
                self._take(again)
            elif not more:
                return

    def close(self) -> None:
        """End the workers, which have nothing to do."""
        self._end(now=False)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(now=kind is not None)

    def _end(self, *, now: bool) -> None:
        running, self._running = self._running, []
        now = now or any(worker.tasks for worker in running)
        for worker in running:
            worker.end(now=now)
        until = time.monotonic() + GRACE
        for worker in running:
            worker.process.join(max(until - time.monotonic(), 0) if now else None)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    def _free(self) -> _Worker | None:
        """A worker that can have more work: a new one before an old one has two."""
        least = min(self._running, key=lambda worker: len(worker.tasks), default=None)
        if least and not least.tasks:
            return least
        if len(self._running) < self.workers:
            self._running.append(_Worker(self._running))
            return self._running[-1]
        return least if least and len(least.tasks) < DEEP else None

    def _give(self, worker: _Worker, function: Callable[[Item], Any], task: _Task[Item], again: deque[Any]) -> None:
        import pickle

        worker.tasks.append(task)
        try:
            worker.connection.send_bytes(pickle.dumps((function, task.item), pickle.HIGHEST_PROTOCOL))
        except OSError:  # it died
            self._bury(worker, again)

    def _take(self, again: deque[Any]) -> None:
        """Wait for a result, and take those that are there."""
        import pickle
        from multiprocessing.connection import wait

        busy = {worker.connection: worker for worker in self._running if worker.tasks}
        for ready in wait(list(busy)):
            worker = busy[ready]  # type: ignore[index]
            try:
                result = pickle.loads(worker.connection.recv_bytes())
            except (EOFError, OSError):
                self._bury(worker, again)
            else:
                task = worker.tasks.popleft()
                task.result, task.done = result, True

    def _bury(self, worker: _Worker, again: deque[Any]) -> None:
        """Take a dead worker away. What it was at counts as tried, what it had besides does not."""
        self._running.remove(worker)
        worker.end(now=True)
        worker.process.join(GRACE)
        if worker.tasks:
            worker.tasks[0].tries += 1
        for task in reversed(worker.tasks):
            if task.tries < TRIES:
                again.appendleft(task)
            else:
                task.result, task.done = Died(), True
        worker.tasks.clear()


def in_order(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Generator[Result | Died]:
    """The results of a function for all items, in their order; `jobs` worker processes, none for 1.

    The function and the items must pickle. An exception that the function raises is raised here.
    """
    with Pool(jobs) as pool:
        yield from pool.map(function, items)


class _Self:
    """What a worker process knows of itself. An interrupt reaches all processes: those at work stop, so that drafts
    are taken away; idle ones must neither answer with a traceback nor take up what still waits for them. SIGTERM
    reaches this one only: it stops likewise. Both end it."""

    working = False
    interrupted = False


def _serve(connection: "Connection", ours: "list[Connection]") -> None:
    """Do what comes through a pipe, until it is closed."""
    for each in ours:
        each.close()
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    Thread(target=_watch, daemon=True).start()
    waiting: SimpleQueue[bytes] = SimpleQueue()
    # Another thread reads, so that whoever gives work never waits for a worker that waits to give a result.
    Thread(target=_listen, args=(connection, waiting), daemon=True).start()
    for data in iter(waiting.get, b""):
        result = _result(data)
        try:
            connection.send_bytes(result)
        except OSError:  # nobody wants it any more
            break
        if _Self.interrupted:
            break
    os._exit(0)  # without what the parent registered for its own end


def _listen(connection: "Connection", waiting: "SimpleQueue[bytes]") -> None:
    try:
        while True:
            waiting.put(connection.recv_bytes())
    except (EOFError, OSError):
        waiting.put(b"")


def _result(data: bytes) -> bytes:
    import pickle

    try:
        _Self.working = True
        if _Self.interrupted:
            os._exit(128 + signal.SIGTERM)
        function, item = pickle.loads(data)
        result = function(item)
        return pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except KeyboardInterrupt:
        os._exit(128 + signal.SIGTERM)
    except Exception as error:
        return _told(error)
    finally:
        _Self.working = False


def _told(error: Exception) -> bytes:
    import pickle

    try:
        data = pickle.dumps(error)
        pickle.loads(data)
    except Exception:  # not every exception can be sent
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return data


def _watch() -> None:
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(128 + signal.SIGTERM)


def _interrupt(number: int, frame: object) -> None:
    before, _Self.interrupted = _Self.interrupted, True
    if _Self.working and not before:  # raised twice, it would stop the taking away of a draft
        raise KeyboardInterrupt
    if not _Self.working:
        os._exit(128 + signal.SIGTERM)
