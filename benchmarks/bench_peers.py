"""Who is timed: cleanr by preset and by filter, and others that do a part of its work, where they are installed."""

import logging
from collections.abc import Callable

import ftfy

from cleanr import Cleaner
from cleanr.cleaner import PRESETS
from cleanr.filters import CHAIN

Subject = Callable[[str], object]

PEER, FLOOR = "ftfy.fix_text", "encode + decode"
FLOOR_TIMES = 20  # it is too fast for one look at the clock


def subjects() -> dict[str, Subject]:
    """What is timed, by name. `.text` and `.changes` are read inside of the timing."""
    found: dict[str, Subject] = {FLOOR: _carried, PEER: ftfy.fix_text, **others()}
    for preset in PRESETS:
        found[f"**{preset}**"] = _read(Cleaner(preset))
    for name in CHAIN:
        found[name] = _read(Cleaner(filters=[name]))
    return found


def others() -> dict[str, Subject]:
    """The peers that are installed: the group ``bench`` of pyproject.toml names them."""
    found: dict[str, Subject] = {}
    for name, load in (("plsfix", _plsfix), ("clean-text", _clean_text), ("datatrove FTFYFormatter", _datatrove)):
        try:
            found[name] = load()
        except ImportError as error:
            print(f"{name} is left out: {error}")
    return found


def _plsfix() -> Subject:
    import plsfix

    fix: Subject = plsfix.fix_text
    return fix


def _clean_text() -> Subject:
    logging.disable(logging.WARNING)  # it tells at each start what else could be installed
    import cleantext

    logging.disable(logging.NOTSET)
    return lambda text: cleantext.clean(text, fix_unicode=True, to_ascii=False, lower=False)


def _datatrove() -> Subject:
    from datatrove.pipeline.formatters import FTFYFormatter

    fix: Subject = FTFYFormatter().format
    return fix


def _carried(text: str) -> None:
    for _ in range(FLOOR_TIMES):
        text.encode("utf-8").decode("utf-8")


def _read(cleaner: Cleaner) -> Subject:
    def run(text: str) -> object:
        cleaned = cleaner.explain(text)
        return cleaned.text, cleaned.changes

    return run
