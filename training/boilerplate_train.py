"""Learns what `cleanr.filters.boilerplate.model` knows: ``python training/boilerplate_train.py ../shared/bench``.

Writes the weights into the package, and what each fold learned without its own sites into build/boilerplate, for
boilerplate_validate.py. All scores that the trees learn from are by tables that had not seen the line's site. With
``--same-tables``, the tables of n-grams are those of the run before.
"""

import json
import pickle
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import boilerplate_boosting as boosting
import boilerplate_pages as pages
import boilerplate_words as words
import numpy as np
from boilerplate_pages import FOLDS, Labelled

from cleanr import packs
from cleanr.filters.boilerplate import model

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "src" / "cleanr" / "filters" / "boilerplate" / model.WEIGHTS
BUILD = ROOT / "build" / "boilerplate"
MASKED, WRAPPED = 0.25, 0.25  # shares of the pages
LANGUAGES = ("en", "de")  # each left out once, so that the trees learn what to do without words


class Tables:
    """Tables of n-grams: each fold's own, learned from the others; without a language; and of everything."""

    def __init__(self, known: Sequence[Labelled]) -> None:
        self.folds = [words.table([page for page in known if page.fold != fold]) for fold in range(FOLDS)]
        self.without = {name: words.table([page for page in known if page.language != name]) for name in LANGUAGES}
        self.all = words.table(known)

    def of(self, page: Labelled) -> Mapping[str, int]:
        """A table that has not seen a page's site, nor its language where it is masked."""
        if page.masked and page.language in self.without:
            return self.without[page.language]
        return self.folds[page.fold]


def written(table: Mapping[str, int], trees: Sequence[Any]) -> dict[str, Any]:
    """What `model.Learned` reads."""
    return {"trees": trees, "words": table}


def main(shared: Path, again: bool) -> None:
    known = pages.repaired(pages.read(shared / "boilerplate_dev.jsonl.gz"))
    kept = BUILD / "tables.pickle"
    tables = pickle.loads(kept.read_bytes()) if again and kept.exists() else Tables(known)
    BUILD.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(tables))
    print(f"tables: {len(tables.all)} n-grams", flush=True)
    more = [
        *pages.masked(known, MASKED),
        *pages.wrapped(known, WRAPPED),
        *pages.repaired(pages.paragraphs(shared / "clean_dev.jsonl.gz")),
    ]
    data = boosting.examples([*known, *more], tables.of, packs.load())
    print(f"lines: {len(data.labels)}", flush=True)
    np.savez(BUILD / "examples.npz", **data._asdict())
    for fold in range(FOLDS):
        learned = written(tables.folds[fold], boosting.trees(data, data.folds != fold))
        (BUILD / f"fold{fold}.json").write_text(json.dumps(learned), "utf-8")
    for name in LANGUAGES:
        learned = written(tables.without[name], boosting.trees(data, data.languages != name))
        (BUILD / f"without-{name}.json").write_text(json.dumps(learned), "utf-8")
    learned = written(tables.all, boosting.trees(data, slice(None)))
    WEIGHTS.write_text(json.dumps(learned, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), again="--same-tables" in sys.argv)
