"""How the time of some work grows with its input: held against a bound that no machine's speed changes."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Input = TypeVar("Input")

FACTOR = 8
LINEAR = 28.0  # eight times the input: 8 where cost is linear, 64 where it is quadratic


def growth(work: Callable[[str], object], hostile: Callable[[int], str], size: int) -> float:
    """How many times longer the work takes on a hostile text of ``FACTOR * size`` than on one of `size`."""
    small, large = hostile(size), hostile(FACTOR * size)
    work(small)  # caches are filled outside of the timing
    return cost(work, lambda: large) / max(cost(work, lambda: small), 2e-5)


def cost(work: Callable[[Input], object], given: Callable[[], Input], rounds: int = 3) -> float:
    """Processor time of the fastest of some rounds, each on what `given` gives anew outside of the timing."""
    times = []
    gc.disable()  # what it does depends on all that there is in the process
    try:
        for _ in range(rounds):
            each = given()
            begin = time.process_time()
            work(each)
            times.append(time.process_time() - begin)
    finally:
        gc.enable()
    return min(times)
