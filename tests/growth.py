"""How the time of some work grows with its input: held against a bound that no machine's speed changes."""

import time
from collections.abc import Callable

FACTOR = 8
LINEAR = 28.0  # eight times the input: 8 where cost is linear, 64 where it is quadratic


def growth(work: Callable[[str], object], hostile: Callable[[int], str], size: int) -> float:
    """How many times longer the work takes on a hostile text of ``FACTOR * size`` than on one of `size`."""
    small, large = hostile(size), hostile(FACTOR * size)
    work(small)  # caches are filled outside of the timing
    return _seconds(work, large) / max(_seconds(work, small), 2e-5)


def _seconds(work: Callable[[str], object], text: str) -> float:
    rounds = []
    for _ in range(3):
        start = time.process_time()
        work(text)
        rounds.append(time.process_time() - start)
    return min(rounds)
