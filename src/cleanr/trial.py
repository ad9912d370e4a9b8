"""A trial: the documents of a sample through the cleaner, ``200 of about 12,400``, and nothing is written."""

from io import BytesIO

from cleanr.config import Config
from cleanr.convert import cleaner_of, fault
from cleanr.outcome import Outcome
from cleanr.records import COLUMNS, Bad, Format, RefusedError, form_of
from cleanr.records.reading import read
from cleanr.records.sample import LONGEST, Sample, Sampled
from cleanr.records.source import opened
from cleanr.report.removed import UNNUMBERED
from cleanr.report.totals import counted
from cleanr.report.trial import Trial

WORK = 8_000_000  # characters that are cleaned: what lies behind them is not, so that a trial ends
ALIKE = 2  # messages of one cause


def attempt(chosen: Sample, config: Config, encoding: str | None, *, colour: bool = False) -> tuple[Trial, Outcome]:
    """Clean the documents of a sample; what cannot be read is in the outcome."""
    trial, outcome = Trial(), Outcome(most=ALIKE)
    left = WORK
    lengths: list[int] = []  # of the lines of shards
    documents = chosen.read(config.get("text-key", "text"))
    while left > 0:
        try:
            document = next(documents, None)
        except (OSError, RefusedError) as error:
            where = getattr(error, "filename", None) or "the sample"
            outcome.fail(where, getattr(error, "strerror", None) or error)
            break
        if document is None:
            break
        if document.line or document.offset:
            lengths.append(len(document.raw))
        left -= _one(document, config, encoding, trial, outcome, colour)
    if left <= 0 and next(documents, None):
        outcome.note("the sample", f"ended after {WORK:,} characters")
    if chosen.long:
        outcome.note("the sample", f"without {counted(chosen.long, 'text')} of more than {LONGEST >> 20} MB")
    outcome.sum_up("the sample")
    trial.totals.failed = outcome.totals.failed
    trial.documents = chosen.about(lengths)
    return trial, outcome


def _one(document: Sampled, config: Config, encoding: str | None, trial: Trial, outcome: Outcome, colour: bool) -> int:
    """Clean one document; give its size."""
    name = str(document.path)
    form = form_of(name)
    if form.name == COLUMNS:  # only the text was taken
        form = Format("text")
    cleaner = cleaner_of(config.matching(name))
    language = config.get("language", "und", name)
    size = 1
    bad: list[str] = []
    try:
        for record in read(form, opened(BytesIO(document.raw), encoding), config.get("text-key", "text")):
            if isinstance(record, Bad):
                bad.append(record.cause)
            elif record.text is not None:
                size += len(record.text)
                try:
                    cleaned = cleaner.explain(record.text, language=language, kind=form.kind)
                except Exception as error:  # a fault of a filter: it costs this document, not the others
                    outcome.fail(document.where, fault(error))
                    continue
                for flag in cleaned.flagged:
                    outcome.note(document.where, flag)
                name, number = _named(document, record.line)
                trial.count(cleaned, record.text, name, number, colour=colour)
    except (RefusedError, UnicodeError) as error:
        bad = [str(error)]  # of all of it: what was said of its records does not matter
    for cause in bad:
        outcome.fail(document.where, cause)
    return size


def _named(document: Sampled, line: int) -> tuple[str, int]:
    """The name and the number of a record; `line` is where it stands in what was read of the file."""
    if document.offset and not document.line:
        return document.where, UNNUMBERED
    return str(document.path), document.line or line
