"""Documents of a sample through the cleaner, for `try` and `report`: a row of ``a.parquet`` is one, so is ``b.txt``."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple

from cleanr.cleaned import Cleaned
from cleanr.config import Config
from cleanr.convert import cleaner_of, fault
from cleanr.outcome import Outcome
from cleanr.records import COLUMNS, Bad, Format, RefusedError, form_of
from cleanr.records.reading import read
from cleanr.records.sample import LONGEST, Sample, Sampled
from cleanr.records.source import opened
from cleanr.report.removed import UNNUMBERED
from cleanr.report.totals import counted


class Seen(NamedTuple):
    """A text that was cleaned, with the name and the number by which tables know it."""

    cleaned: Cleaned
    raw: str
    name: str
    number: int
    language: str


def documents(chosen: Sample, config: Config, outcome: Outcome) -> Iterator[Sampled]:
    """The documents up to the first that cannot be read; that one is in the outcome."""
    try:
        yield from chosen.read(config.get("text-key", "text"))
    except (OSError, RefusedError) as error:
        where = getattr(error, "filename", None) or "the sample"
        outcome.fail(where, getattr(error, "strerror", None) or error)


def through(chosen: Sample, config: Config, outcome: Outcome, work: int, one: Callable[[Sampled], int]) -> int:
    """Let `one` clean each document, and give its size, until `work` characters are done; how many there are, about."""
    lengths: list[int] = []  # of the lines of shards
    left = work
    for document in documents(chosen, config, outcome):
        if left <= 0:
            outcome.note("the sample", f"ended after {work:,} characters")
            break
        if document.line or document.offset:
            lengths.append(len(document.raw))
        left -= one(document)
    if chosen.long:
        outcome.note("the sample", f"without {counted(chosen.long, 'text')} of more than {LONGEST >> 20} MB")
    outcome.sum_up("the sample")
    return chosen.about(lengths)


def texts(document: Sampled, config: Config, encoding: str | None, outcome: Outcome) -> Iterator[Seen]:
    """The texts of a document, cleaned; what is bad among them is in the outcome."""
    path = str(document.path)
    form = form_of(path)
    if form.name == COLUMNS:  # only the text was taken
        form = Format("text")
    cleaner, language = cleaner_of(config.matching(path)), config.get("language", "und", path)
    bad: list[str] = []
    try:
        for record in read(form, opened(BytesIO(document.raw), encoding), config.get("text-key", "text")):
            if isinstance(record, Bad):
                bad.append(record.cause)
            elif record.text is not None:
                try:
                    cleaned = cleaner.explain(record.text, language=language, kind=form.kind)
                except Exception as error:  # a fault of a filter: it costs this document, not the others
                    outcome.fail(document.where, fault(error))
                    continue
                yield Seen(cleaned, record.text, *_named(document, record.line), language)
    except (RefusedError, UnicodeError) as error:
        bad = [str(error)]  # of all of it: what was said of its records does not matter
    for cause in bad:
        outcome.fail(document.where, cause)


def _named(document: Sampled, line: int) -> tuple[str, int]:
    """The name and the number of a record; `line` is where it stands in what was read of the file."""
    if document.offset and not document.line:
        return document.where, UNNUMBERED
    return str(document.path), document.line or line
