"""A sample of a corpus through the cleaner, into a study: ``2,000 of about 100,000`` documents for `report`."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from cleanr.config import Config
from cleanr.convert import cleaner_of, fault
from cleanr.outcome import Outcome
from cleanr.records import Bad, RefusedError, form_of
from cleanr.records.reading import read
from cleanr.records.sample import LONGEST, Sample, Sampled
from cleanr.records.source import opened
from cleanr.report.preview import Preview
from cleanr.report.removed import UNNUMBERED
from cleanr.report.study import Study
from cleanr.report.totals import counted

WORK = 40_000_000  # characters that are cleaned: what lies behind them is not, so that a report ends
ALIKE = 2  # messages of one cause


def study(chosen: Sample, config: Config, encoding: str | None, preview: Sequence[str]) -> tuple[Study, Outcome]:
    """Clean the documents of a sample; what cannot be read is in the outcome."""
    found, outcome = Study(Preview(preview)), Outcome(most=ALIKE)
    lengths: list[int] = []  # of the lines of shards
    left = WORK
    for document in _read(chosen, outcome):
        if left <= 0:
            outcome.note("the sample", f"ended after {WORK:,} characters")
            break
        if document.line or document.offset:
            lengths.append(len(document.raw))
        left -= max(_one(document, config, encoding, found, outcome), 1)
    if chosen.long:
        outcome.note("the sample", f"without {counted(chosen.long, 'text')} of more than {LONGEST >> 20} MB")
    outcome.sum_up("the sample")
    found.trial.totals.failed = outcome.totals.failed
    found.trial.documents = chosen.about(lengths)
    return found, outcome


def _read(chosen: Sample, outcome: Outcome) -> Iterator[Sampled]:
    try:
        yield from chosen.read()
    except OSError as error:
        outcome.fail(error.filename, error.strerror or error)


def _one(document: Sampled, config: Config, encoding: str | None, found: Study, outcome: Outcome) -> int:
    """Clean one document; give its size."""
    path = str(document.path)
    form = form_of(path)
    cleaner, language = cleaner_of(config.matching(path)), config.get("language", "und", path)
    size = 0
    try:
        for record in read(form, opened(BytesIO(document.raw), encoding), config.get("text-key", "text")):
            if isinstance(record, Bad):
                outcome.fail(document.where, record.cause)
            elif record.text is not None:
                size += len(record.text)
                try:
                    cleaned = cleaner.explain(record.text, language=language, kind=form.kind)
                except Exception as error:  # a fault of a filter: it costs this document, not the others
                    outcome.fail(document.where, fault(error))
                    continue
                if document.offset and not document.line:
                    name, number = document.where, UNNUMBERED
                else:
                    name, number = path, document.line or record.line
                found.count(cleaned, record.text, name, number, language)
    except (RefusedError, UnicodeError) as error:
        outcome.fail(document.where, error)
    return size
