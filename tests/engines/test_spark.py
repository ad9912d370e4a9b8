"""PySpark on this machine: ``mapInArrow``, with strings of 32 and of 64 bit offsets."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import corpora
import pytest
from clusters import local_spark
from pyspark.sql.types import StringType, StructField, StructType

from cleanr.adapters import arrow


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with local_spark(2) as session:
        yield session


def cleaned(frame: Any, **settings: Any) -> list[dict[str, Any]]:
    schema = StructType([*frame.schema.fields, StructField("cleanr_error", StringType())])
    rows = frame.mapInArrow(lambda batches: arrow.clean(batches, **settings), schema).collect()
    return [row.asDict() for row in rows]


@pytest.mark.parametrize(("form", "large"), [("json", "false"), ("parquet", "true")])
def test_all_documents(spark: Any, form: str, large: str, tmp_path: Path) -> None:
    spark.conf.set("spark.sql.execution.arrow.useLargeVarTypes", large)
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "300")
    paths = (corpora.jsonl if form == "json" else corpora.parquet)(tmp_path)
    frame = spark.read.format(form).load(list(map(str, paths)))
    corpora.check(cleaned(frame, cleaner=corpora.cleaner()))


def test_nulls_and_empty_partitions(spark: Any) -> None:
    frame = spark.createDataFrame([("“a”  b", 1), (None, 2), ("", None)], "text string, n int").repartition(8)
    found = sorted(cleaned(frame), key=lambda row: str(row["text"]))
    assert found == [
        {"text": "", "n": None, "cleanr_error": None},
        {"text": '"a" b', "n": 1, "cleanr_error": None},
        {"text": None, "n": 2, "cleanr_error": None},
    ]
