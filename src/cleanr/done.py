"""What is done already: a second ``cleanr clean SRC DST`` passes over ``a.txt``, if nothing about it changed."""

import os
from hashlib import blake2b
from pathlib import Path
from typing import Any

from cleanr import __version__
from cleanr.convert import Settings
from cleanr.job import Job
from cleanr.outcome import Outcome
from cleanr.records import marker
from cleanr.records.marker import Marker
from cleanr.report.terminal import visible

SHAPING = ("text-key", "language")  # settings that shape an output beside those of a cleaner
COUNTS = ("changed", "unchanged", "failed", "flagged")


def how(settings: Settings, path: str, attributes: Path | None = None) -> str:
    """A digest of all that an output depends on beside its input: version, rules, configuration."""
    made = blake2b(digest_size=16)
    layers: list[dict[str, Any]] = []
    for layer in settings.config.matching(path):
        kept = {key: value for key, value in layer.settings.items() if key not in ("jobs", "exclude", "rules")}
        layers.append({key: kept[key] for key in sorted(kept) if key != "force-exclude"})
        for pack in layer.settings.get("packs", ()):
            made.update(Path(pack).read_bytes())
    parts = (__version__, settings.rules, layers, settings.encoding, settings.on_error, settings.record)
    made.update(repr((*parts, settings.limits, settings.meta, settings.give)).encode("utf-8", "surrogatepass"))
    if attributes is not None and attributes.is_file():
        made.update(marker.digest_of(attributes).encode())
    return made.hexdigest()


def before(job: Job, how: str, outcome: Outcome) -> bool:
    """Whether an earlier run did a job. What that had to say is said again."""
    assert job.records
    found = marker.read(marker.place(job.records, marker.DONE, job.name, ".json"))
    if not found or (found.name, found.how) != (job.name, how):
        return False
    if not marker.holds(job.records, found) or found.source != marker.digest_of(job.source):
        return False
    outcome.totals.done += 1
    outcome.totals.failed += found.counts.get("failed", 0)
    outcome.messages += map(visible, found.messages)
    outcome.written = True
    return True


def mark(job: Job, source: str, how: str, clean: str, ledger: Path | None, outcome: Outcome) -> None:
    """Say that a job is done. Raises `OSError`."""
    assert job.records
    assert job.target
    files = {os.path.relpath(job.target, job.records): clean}
    if ledger:
        files[os.path.relpath(ledger, job.records)] = marker.digest_of(ledger)
    counts = {name: count for name in COUNTS if (count := getattr(outcome.totals, name))}
    marker.write(job.records, Marker(job.name, source, how, files, counts, tuple(outcome.messages)))
