"""A pipeline of datatrove: reader, cleanr, writer; the edits stand in the metadata and lead back."""

import json
from pathlib import Path
from typing import Any

import corpora
import faulty
import pyarrow.parquet as pq
import pytest
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader, ParquetReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter

from cleanr import Cleaner
from cleanr.adapters.datatrove import Clean, raw


def ran(step: Clean, *texts: str) -> list[Document]:
    return list(step.run(Document(text, str(n)) for n, text in enumerate(texts)))


def row(document: dict[str, Any]) -> dict[str, Any]:
    """A document as the other engines show it."""
    return {"id": document["id"], "text": document["text"], **document["metadata"]}


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_all_documents(form: str, tmp_path: Path) -> None:
    if form == "jsonl":
        corpora.jsonl(tmp_path / "in")
        reader, writer = JsonlReader(str(tmp_path / "in")), JsonlWriter(str(tmp_path / "out"), compression=None)
    else:
        corpora.parquet(tmp_path / "in")
        reader, writer = ParquetReader(str(tmp_path / "in")), ParquetWriter(str(tmp_path / "out"))
    executor = LocalPipelineExecutor(
        [reader, Clean(corpora.cleaner()), writer],
        tasks=corpora.FILES,
        workers=2,
        logging_dir=str(tmp_path / "logs"),
        skip_completed=False,
    )
    stats = executor.run()
    paths = sorted((tmp_path / "out").iterdir())
    if form == "jsonl":
        found = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    else:
        found = [each for path in paths for each in pq.read_table(path).to_pylist()]
    corpora.check([row(each) for each in found], none="")
    texts = corpora.texts()
    for document in found:
        assert raw(document["text"], document["metadata"]["cleanr_edits"]) == texts[int(document["id"])]
    [step] = [each for each in stats.stats if "cleanr" in each.name]
    assert step["total"].total == corpora.COUNT
    assert step["failed"].total == 1
    assert step["changed"].total == sum(map(str.__ne__, texts, corpora.wanted()))


def test_edits_say_where_what_and_why() -> None:
    [document] = ran(Clean(), "one  two")
    assert document.text == "one two"
    assert json.loads(document.metadata["cleanr_edits"]) == [[3, "  ", " ", ["spaces.runs"]]]
    assert document.metadata["cleanr_error"] == ""


def test_metadata_are_strings_whatever_happens() -> None:
    """Else a Parquet file, which takes its columns from its first document, cannot hold the second."""
    documents = ran(Clean(corpora.cleaner()), "clean", "“one”  two", f"{faulty.POISON}  it", "")
    for document in documents:
        assert {key: type(value) for key, value in document.metadata.items()} == {
            "cleanr_edits": str,
            "cleanr_error": str,
        }
    assert [document.text for document in documents] == ["clean", '"one" two', f"{faulty.POISON}  it", ""]
    assert [document.metadata["cleanr_error"] for document in documents] == ["", "", corpora.FAULT, ""]


def test_settings() -> None:
    [document] = ran(Clean(Cleaner("repair"), edits=False, kind="markdown"), "“a”  b\n\n    c  d\n")
    assert document.text == "“a” b\n\n    c  d\n"
    assert set(document.metadata) == {"cleanr_error"}
    assert Clean(Cleaner("repair")).format("“a”  b") == "“a” b"
    with pytest.raises(ValueError, match="html"):
        Clean(kind="html")  # type: ignore[arg-type]
