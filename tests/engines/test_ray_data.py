"""Ray Data on a local cluster of two workers: ``map_batches`` over Arrow blocks."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import corpora
import pytest
import ray
from clusters import local_ray

from cleanr.adapters import arrow


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    with local_ray(workers=2):
        yield


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_all_documents(form: str, tmp_path: Path) -> None:
    if form == "jsonl":
        data = ray.data.read_json(list(map(str, corpora.jsonl(tmp_path))))
    else:
        data = ray.data.read_parquet(list(map(str, corpora.parquet(tmp_path))))
    done = data.map_batches(
        arrow.clean, batch_format="pyarrow", batch_size=150, fn_kwargs={"cleaner": corpora.cleaner()}
    )
    assert done.schema().names == ["id", "text", "tags", "cleanr_error"]
    corpora.check(done.take_all())


def test_the_least_that_is_needed() -> None:
    """As the documentation shows it: no settings, nulls between the texts."""
    data = ray.data.from_items([{"text": "“a”  b"}, {"text": None}, {"text": "caf&eacute;"}])
    done = data.map_batches(arrow.clean, batch_format="pyarrow").take_all()
    assert [row["text"] for row in done] == ['"a" b', None, "café"]


def test_blocks_without_a_text_fit_those_with_one() -> None:
    data = ray.data.from_items([{"text": None}] * 3 + [{"text": "a  b"}] * 3, override_num_blocks=3)
    done = data.map_batches(partial(arrow.clean, error="why"), batch_format="pyarrow", batch_size=2).take_all()
    assert [row["text"] for row in done].count("a b") == 3
    assert {row["why"] for row in done} == {None}
