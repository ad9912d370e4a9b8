"""Cross-validated figures: ``python training/boilerplate_validate.py ../shared/bench --preset standard``.

Scores each page of boilerplate_dev through the whole cleaner, with what the fold learned that had not seen its site,
by the official scorer. ``--without en`` uses what was learned without a language, on its pages.
"""

import argparse
import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any

from boilerplate_pages import FOLDS, fold
from boilerplate_train import BUILD

from cleanr import Cleaner
from cleanr.filters.boilerplate import model

WORKERS = 2


def scorer(bench: Path) -> ModuleType:
    """The official scorer, as a module."""
    spec = importlib.util.spec_from_file_location("score_boilerplate", bench / "score_boilerplate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def use(name: str) -> None:
    """Let the filter use what a fold learned."""
    learned = model.Learned(json.loads((BUILD / f"{name}.json").read_text("utf-8")))
    model.load = lambda: learned  # type: ignore[assignment]


def raw(record: dict[str, Any]) -> str:
    return "\n".join(line["text"] for line in record["lines"]) + "\n"


def cleaned(job: tuple[str, str, list[dict[str, Any]]]) -> list[tuple[dict[str, Any], str]]:
    """The pages of a fold with what comes out of them."""
    name, preset, records = job
    if name == "packs":
        cleaner = Cleaner(preset, options={"boilerplate": {"model": False}})
    else:
        use(name)
        cleaner = Cleaner(preset)
    return [(record, cleaner.clean(raw(record))) for record in records]


def jobs(
    records: list[dict[str, Any]], preset: str, without: str | None, packs: bool
) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    if packs:
        yield "packs", preset, records
    elif without:
        yield f"without-{without}", preset, [record for record in records if record["lang"] == without]
    else:
        for number in range(FOLDS):
            yield f"fold{number}", preset, [record for record in records if fold(record["site"]) == number]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("bench", type=Path)
    options.add_argument("--preset", default="standard")
    options.add_argument("--by", default="variant")
    options.add_argument("--without", help="a language")
    options.add_argument("--packs", action="store_true", help="without the model")
    given = options.parse_args()
    official = scorer(given.bench)
    records = official.load(given.bench / "boilerplate_dev.jsonl.gz", False)
    groups: dict[str, list[Any]] = defaultdict(list)
    with Pool(WORKERS) as pool:
        done = [
            pair
            for pairs in pool.imap(cleaned, jobs(records, given.preset, given.without, given.packs))
            for pair in pairs
        ]
        for (record, _), result in zip(done, pool.map(official.page, done, chunksize=20), strict=True):
            groups["/".join(str(record[key]) for key in given.by.split(","))].append(result)
    names = ("pages", "loss%", ">1%", "dropP", "dropR", "F1", "common", "added%", "shF1")
    print(" " * 20, *(f"{name:>6}" for name in names))
    for key in sorted(groups):
        f = official.figures(groups[key])
        print(
            f"{key:20} {f['pages']:6} {f['loss']:6.2f} {f['hurt']:6.1f} {f['dropP']:6.3f} {f['dropR']:6.3f} "
            f"{f['dropF1']:6.3f} {f['common']:6.3f} {f['added']:6.2f} {f['shF1']:6.3f}"
        )


if __name__ == "__main__":
    main()
