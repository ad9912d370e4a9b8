"""Files on many machines: ``cleanr clean SRC DST --engine ray`` gives each file to a worker of a Ray cluster.

The unit of work is the file, and the work is the function that the local pool does: same bytes, same markers, so that a
run that ended on one goes on on the other. All machines must see SRC and DST under the same paths, and have the same
cleanr. A worker that dies is noticed by Ray, and its file given to another.
"""

import os
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, redirect_stdout
from types import TracebackType
from typing import Any, TextIO, TypeVar

from cleanr import __version__
from cleanr.records.parallel import Died
from cleanr.settings import ConfigError

Item = TypeVar("Item")
Result = TypeVar("Result")
RETRIES = 2  # of a file whose worker died: then it is the culprit
AHEAD = 4  # for each processor, how many files may be under way or wait behind a slow one
REACH = 5  # seconds in which a cluster must answer: Ray itself tries for minutes
GRACE = 5  # seconds that workers have for taking their drafts away, if nobody waits for the rest


class Cluster:
    """The workers of a Ray cluster: of the one at `address`, or of one on this machine, with so many workers.

    Raises `ConfigError` where there is no Ray, or no cluster at that address.
    """

    def __init__(self, address: str | None, workers: int | None) -> None:
        self._address = address or os.environ.get("RAY_ADDRESS") or "local"
        self._workers = workers
        self._under_way: deque[tuple[Any, Any]] = deque()  # items, and references to their results
        self._stack = ExitStack()

    def __enter__(self) -> "Cluster":
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # cleanr calls nobody
        os.environ.setdefault("RAY_DEDUP_LOGS", "0")  # what is held back is printed at the end, by this thread
        try:
            import ray
        except ImportError as error:
            raise ConfigError(f"--engine ray: {error}; pip install 'cleanr[ray]'") from error
        _reach(self._address)
        own = {"num_cpus": self._workers, "include_dashboard": False} if self._address == "local" else {}
        with ExitStack() as stack:
            stack.enter_context(redirect_stdout(_Ours(sys.stdout)))  # until Ray is gone
            stack.callback(ray.shutdown)
            try:
                ray.init(self._address, log_to_driver=False, logging_level="error", **own)
            except (ConnectionError, ValueError) as error:
                raise ConfigError(f"--ray-address {self._address}: {' '.join(str(error).split())}") from error
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        import ray

        with self._stack:
            references = [reference for _, reference in self._under_way]
            for reference in references:
                ray.cancel(reference)
            if references:
                ray.wait(references, num_returns=len(references), timeout=GRACE)

    def pairs(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Generator[tuple[Item, Result | Died]]:
        """The items, each with its result, in their order.

        The function and the items must pickle. An exception that the function raises is raised here.
        """
        import ray

        work = ray.remote(num_cpus=1, max_retries=RETRIES)(_work)
        shared = ray.put((function, __version__, os.getcwd()))
        most = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
        for item in items:
            self._under_way.append((item, work.remote(shared, item)))
            if len(self._under_way) >= most:
                yield self._oldest()
        while self._under_way:
            yield self._oldest()

    def _oldest(self) -> tuple[Any, Any]:
        import ray

        item, reference = self._under_way[0]
        try:
            result = ray.get(reference)
        except ray.exceptions.RayTaskError as error:
            raise error.cause from None
        except ray.exceptions.RayError:  # of its worker, or of its machine
            result = Died()
        self._under_way.popleft()
        return item, result


class _Ours:
    """Standard output as this thread writes to it: a thread of Ray's tells there of dead workers, among the results."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._thread = threading.get_ident()

    def write(self, text: str) -> int:
        return self._stream.write(text) if threading.get_ident() == self._thread else len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _reach(address: str) -> None:
    """Whether somebody listens at an address like ``10.0.0.1:6379`` or ``ray://10.0.0.1:10001``."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if port.isdecimal():
        try:
            socket.create_connection((host.strip("[]"), int(port)), REACH).close()
        except (OSError, OverflowError) as error:
            raise ConfigError(f"--ray-address {address}: {getattr(error, 'strerror', None) or error}") from error


def _work(shared: tuple[Callable[[Any], Any], str, str], item: Any) -> Any:
    """Done by a worker, as in the directory of the command: paths may be relative."""
    function, version, directory = shared
    if version != __version__:
        raise ConfigError(f"--engine ray: a worker has cleanr {__version__}, this machine {version}")
    os.chdir(directory)
    return function(item)
