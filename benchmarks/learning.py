"""What a learned pack does to pages of other sites: learn on one half of the sites, apply to the other, and back.

    .venv/bin/python benchmarks/learning.py [VARIANT …]   # reads ../shared/bench, which is no part of the repository

Whole pages (`full_rp`), one of each, are what is learned from, without their labels. What is scored are the pages of
the other half, by variant: with the learned pack alone, with the built-in packs alone, with both.
"""

import importlib.util
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import blake2b
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import cleanr
from cleanr import packs
from cleanr.learning import Document, learn
from cleanr.learning.writing import pack
from cleanr.packs.compiling import compiled

SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench"
VARIANTS = ("light_traf", "light_rp", "light_read", "full_rp")


def scorer() -> ModuleType:
    """The script that scores, which lies beside the data."""
    spec = importlib.util.spec_from_file_location("score_boilerplate", SHARED / "score_boilerplate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_boilerplate"] = module
    spec.loader.exec_module(module)
    return module


def half(site: str) -> int:
    return blake2b(site.encode(), digest_size=1).digest()[0] & 1


def text_of(record: dict[str, Any]) -> str:
    return "\n".join(line["text"] for line in record["lines"]) + "\n"


def learned_from(records: list[dict[str, Any]], side: int) -> str:
    chosen = [record for record in records if record["variant"] == "full_rp" and half(record["site"]) == side]

    def documents() -> Iterator[Document]:
        return (Document(text_of(record), record["site"], record["id"]) for record in chosen)

    return pack(learn(documents), "one half of the sites")


def cleaners(path: Path) -> dict[str, Callable[[str], str]]:
    """Pack alone: without the built-in ones, and without any other rule."""
    nothing = compiled([])
    with patch.object(packs, "built_in", lambda: nothing):
        packs.load.cache_clear()
        alone = packs.load((str(path),))
    packs.load.cache_clear()
    both = cleanr.Cleaner(packs=[str(path)])
    only = cleanr.Cleaner(packs=[str(path)], select=["boilerplate.learned"])

    def with_pack(text: str) -> str:
        with patch.object(packs, "load", lambda paths=(): alone):
            return only.clean(text)

    return {"learned alone": with_pack, "built in": cleanr.Cleaner().clean, "built in + learned": both.clean}


def main() -> None:
    if not SHARED.exists():
        print(f"{SHARED} is not there: nothing to measure")
        return
    variants = sys.argv[1:] or VARIANTS
    score = scorer()
    records = score.load(SHARED / "boilerplate_dev.jsonl.gz", True)
    jobs: dict[tuple[str, str], list[Any]] = {}
    with tempfile.TemporaryDirectory() as directory:
        for side in (0, 1):
            path = Path(directory) / f"{side}.toml"
            path.write_text(learned_from(records, side), "utf-8")
            entries = [row for row in path.read_text("utf-8").splitlines() if row.startswith('  "')]
            print(f"half {side}: {len(entries)} entries", flush=True)
            for name, clean in cleaners(path).items():
                for record in records:
                    if record["core"] and half(record["site"]) != side and record["variant"] in variants:
                        jobs.setdefault((record["variant"], name), []).append((record, clean(text_of(record))))
    print(f"{'':34}{'pages':>7}{'loss %':>8}{'dropP':>8}{'dropR':>8}{'common':>8}")
    with Pool() as pool:
        for variant in variants:
            for (each, name), work in jobs.items():
                if each == variant:
                    got = score.figures(pool.map(score.page, work, chunksize=20))
                    print(
                        f"{variant:12}{name:22}{got['pages']:7}{got['loss']:8.3f}{got['dropP']:8.3f}{got['dropR']:8.3f}"
                        f"{got['common']:8.3f}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
