"""The same 2,000 documents for every engine, as JSONL and as Parquet; one of them is poisoned.

They are made of the sample corpus, each another text; between them stand nulls, and columns that nobody may touch.
"""

import json
from functools import cache
from itertools import cycle, islice
from pathlib import Path

import faulty
from corpus import CLEAN, DIRTY

import cleanr
from cleanr import Cleaner
from cleanr.filters import CHAIN

COUNT = 2_000
POISONED = 1_234
FAULT = "IndexError: no such letter"
FILES = 4  # shards: more than one worker has something to do


def cleaner() -> Cleaner:
    """The preset ``standard`` behind a filter that breaks on the poisoned document."""
    return Cleaner(filters=[faulty, *CHAIN])


@cache
def texts() -> tuple[str, ...]:
    """The documents: two samples each, in ever other pairs, so that no two are alike."""
    samples = [sample.text for sample in (*DIRTY, *CLEAN) if sample.kind == "text" and len(sample.text) < 1_000]
    firsts = islice(cycle(samples), COUNT)
    made = [
        f"Document {n}.\n\n{first}\n{samples[(n * 7 + n // len(samples)) % len(samples)]}"
        for n, first in enumerate(firsts)
    ]
    made[POISONED] = f"The cup was full of {faulty.POISON},  “said” nobody, so they drank it.\n\n{made[POISONED]}"
    return tuple(made)


@cache
def wanted() -> tuple[str, ...]:
    """What must become of the documents, by `cleanr.clean`; the poisoned one stays as it was."""
    return tuple(text if n == POISONED else cleanr.clean(text) for n, text in enumerate(texts()))


def rows() -> list[dict[str, object]]:
    return [{"id": f"{n:04}", "text": text, "tags": ["“a”", f"{n}  b"]} for n, text in enumerate(texts())]


def jsonl(directory: Path) -> list[Path]:
    """The documents in some JSONL files, in order."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = [directory / f"{n}.jsonl" for n in range(FILES)]
    for path, part in zip(paths, _parts(), strict=True):
        path.write_text("".join(f"{json.dumps(row)}\n" for row in part), "utf-8")
    return paths


def parquet(directory: Path) -> list[Path]:
    """The documents in some Parquet files, in order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    directory.mkdir(parents=True, exist_ok=True)
    paths = [directory / f"{n}.parquet" for n in range(FILES)]
    for path, part in zip(paths, _parts(), strict=True):
        pq.write_table(pa.Table.from_pylist(part), path, row_group_size=100)
    return paths


def _parts() -> list[list[dict[str, object]]]:
    size = COUNT // FILES
    return [rows()[at : at + size] for at in range(0, COUNT, size)]


def check(found: list[dict[str, object]], error: str = "cleanr_error", none: object = None) -> None:
    """All documents are there once, cleaned as `cleanr.clean` does, and nothing else about them changed."""
    found = sorted(found, key=lambda row: str(row["id"]))
    assert [row["id"] for row in found] == [row["id"] for row in rows()]
    assert [list(row["tags"]) for row in found] == [row["tags"] for row in rows()]  # type: ignore[call-overload]
    assert [row["text"] for row in found] == list(wanted())
    assert {row["id"]: row[error] for row in found if row[error] != none} == {f"{POISONED:04}": FAULT}


def test_worth() -> None:
    """Most documents are dirty, and no two are alike."""
    assert len(set(texts())) == COUNT
    assert sum(text != clean for text, clean in zip(texts(), wanted(), strict=True)) > COUNT / 2
