"""A sample of a corpus through the cleaner, into a study: ``2,000 of about 100,000`` documents for `report`."""

from collections.abc import Sequence

from cleanr.config import Config
from cleanr.outcome import Outcome
from cleanr.records.sample import LONGEST, Sample, Sampled
from cleanr.report.preview import Preview
from cleanr.report.study import Study
from cleanr.report.totals import counted
from cleanr.sampled import documents, texts

WORK = 40_000_000  # characters that are cleaned: what lies behind them is not, so that a report ends
ALIKE = 2  # messages of one cause


def study(chosen: Sample, config: Config, encoding: str | None, preview: Sequence[str]) -> tuple[Study, Outcome]:
    """Clean the documents of a sample; what cannot be read is in the outcome."""
    found, outcome = Study(Preview(preview)), Outcome(most=ALIKE)
    lengths: list[int] = []  # of the lines of shards
    left = WORK
    for document in documents(chosen, config, outcome):
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


def _one(document: Sampled, config: Config, encoding: str | None, found: Study, outcome: Outcome) -> int:
    """Clean one document; give its size."""
    size = 0
    for seen in texts(document, config, encoding, outcome):
        size += len(seen.raw)
        found.count(seen.cleaned, seen.raw, seen.name, seen.number, seen.language)
    return size
