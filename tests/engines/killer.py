"""A filter that kills its process, as running out of memory does: on ``KILL-ONCE`` the first time, on ``KILL-ALWAYS``
each time."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

from cleanr.edits import Edit
from cleanr.text import Text

RULES = {"killer.rule": "Does nothing."}
SCOPE = "line"
FLAG = "CLEANR_KILLED"  # the variable that names the file that is made when a process was killed


def find(text: Text) -> Iterator[Edit]:
    """Die, or find nothing."""
    if "KILL-" in text.raw:
        flag = Path(os.environ[FLAG])
        if "KILL-ALWAYS" in text.raw or not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return iter(())
