"""A trial: the documents of a sample through the cleaner, ``200 of about 12,400``, and nothing is written."""

from cleanr.config import Config
from cleanr.outcome import Outcome
from cleanr.records.sample import LONGEST, Sample, Sampled
from cleanr.report.totals import counted
from cleanr.report.trial import Trial
from cleanr.sampled import documents, texts

WORK = 8_000_000  # characters that are cleaned: what lies behind them is not, so that a trial ends
ALIKE = 2  # messages of one cause


def attempt(chosen: Sample, config: Config, encoding: str | None, *, colour: bool = False) -> tuple[Trial, Outcome]:
    """Clean the documents of a sample; what cannot be read is in the outcome."""
    trial, outcome = Trial(), Outcome(most=ALIKE)
    left = WORK
    lengths: list[int] = []  # of the lines of shards
    found = documents(chosen, config, outcome)
    while left > 0 and (document := next(found, None)):
        if document.line or document.offset:
            lengths.append(len(document.raw))
        left -= _one(document, config, encoding, trial, outcome, colour)
    if left <= 0 and next(found, None):
        outcome.note("the sample", f"ended after {WORK:,} characters")
    if chosen.long:
        outcome.note("the sample", f"without {counted(chosen.long, 'text')} of more than {LONGEST >> 20} MB")
    outcome.sum_up("the sample")
    trial.totals.failed = outcome.totals.failed
    trial.documents = chosen.about(lengths)
    return trial, outcome


def _one(document: Sampled, config: Config, encoding: str | None, trial: Trial, outcome: Outcome, colour: bool) -> int:
    """Clean one document; give its size."""
    size = 1
    for seen in texts(document, config, encoding, outcome):
        size += len(seen.raw)
        for flag in seen.cleaned.flagged:
            outcome.note(document.where, flag)
        trial.count(seen.cleaned, seen.raw, seen.name, seen.number, colour=colour)
    return size
