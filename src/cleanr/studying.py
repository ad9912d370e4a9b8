"""A sample of a corpus through the cleaner, into a study: ``2,000 of about 100,000`` documents for `report`."""

from collections.abc import Sequence

from cleanr.config import Config
from cleanr.outcome import Outcome
from cleanr.records.sample import Sample, Sampled
from cleanr.report.preview import Preview
from cleanr.report.study import Study
from cleanr.sampled import texts, through

WORK = 40_000_000  # characters that are cleaned: what lies behind them is not, so that a report ends
ALIKE = 2  # messages of one cause


def study(chosen: Sample, config: Config, encoding: str | None, preview: Sequence[str]) -> tuple[Study, Outcome]:
    """Clean the documents of a sample; what cannot be read is in the outcome."""
    found, outcome = Study(Preview(preview)), Outcome(most=ALIKE)

    def one(document: Sampled) -> int:
        size = 0
        for seen in texts(document, config, encoding, outcome):
            size += len(seen.raw)
            found.count(seen.cleaned, seen.raw, seen.name, seen.number, seen.language)
        return max(size, 1)

    found.trial.documents = through(chosen, config, outcome, WORK, one)
    found.trial.totals.failed = outcome.totals.failed
    return found, outcome
