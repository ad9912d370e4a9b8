"""Where files are cleaned: ``local`` is here, ``ray`` is an adapter, found by its name since nobody imports those."""

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Literal, Protocol

from cleanr.job import Job
from cleanr.outcome import Outcome
from cleanr.records.parallel import Died

Name = Literal["local", "ray"]


class Engine(Protocol):
    """Workers that are not processes of the local pool."""

    def pairs(self, function: Callable[[Job], Outcome], items: Iterable[Job]) -> Generator[tuple[Job, Outcome | Died]]:
        """Each job with its outcome, in order; the function may be called again for one whose worker died."""


def engine_of(name: Name, address: str | None, workers: int | None) -> AbstractContextManager[Engine | None]:
    """The engine of that name; None is the local pool.

    Raises `ConfigError` for one that is not installed, or not there.
    """
    if name == "local":
        return nullcontext()
    adapter = import_module(f"cleanr.adapters.{name}")
    return adapter.Cluster(address, workers)  # type: ignore[no-any-return]
