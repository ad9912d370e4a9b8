"""A trial: the documents of a sample through the cleaner, ``200 of about 12,400``, and nothing is written."""

from cleanr.config import Config
from cleanr.outcome import Outcome
from cleanr.records.sample import Sample, Sampled
from cleanr.report.trial import Trial
from cleanr.sampled import texts, through

WORK = 8_000_000  # characters that are cleaned: what lies behind them is not, so that a trial ends
ALIKE = 2  # messages of one cause


def attempt(chosen: Sample, config: Config, encoding: str | None, *, colour: bool = False) -> tuple[Trial, Outcome]:
    """Clean the documents of a sample; what cannot be read is in the outcome."""
    trial, outcome = Trial(), Outcome(most=ALIKE)

    def one(document: Sampled) -> int:
        size = 1
        for seen in texts(document, config, encoding, outcome):
            size += len(seen.raw)
            for flag in seen.cleaned.flagged:
                outcome.note(document.where, flag)
            trial.count(seen.cleaned, seen.raw, seen.name, seen.number, colour=colour)
        return size

    trial.documents = through(chosen, config, outcome, WORK, one)
    trial.totals.failed = outcome.totals.failed
    return trial, outcome
