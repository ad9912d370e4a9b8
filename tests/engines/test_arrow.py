"""Columns of documents in Arrow's memory: every type of string, nulls, bad bytes, and everything that must stay."""

from typing import Any

import corpora
import faulty
import pyarrow as pa
import pytest

import cleanr
from cleanr import Cleaner
from cleanr.adapters import arrow

BINARY = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
STRINGS = list(BINARY)
IDS = [str(each) for each in STRINGS]
DIRTY = ["“one”  two", None, "", "clean", "caf&eacute;  noir, a text that is no view's inline one"]
CLEAN = ['"one" two', None, "", "clean", "café noir, a text that is no view's inline one"]
INVALID = b"caf\xe9  noir"


def column(values: list[Any], kind: Any) -> Any:
    """An array of strings, some of them given as bytes that need not be UTF-8."""
    data = [value.encode() if isinstance(value, str) else value for value in values]
    return pa.array(data, BINARY[kind]).view(kind)


@pytest.mark.parametrize("kind", STRINGS, ids=IDS)
@pytest.mark.parametrize("make", [pa.table, pa.record_batch])
def test_every_type_of_string_is_kept(kind: Any, make: Any) -> None:
    data = make({"id": [1, 2, 3, 4, 5], "text": column(DIRTY, kind), "more": ["“", "”", None, "  ", "&amp;"]})
    done = arrow.clean(data)
    assert type(done) is type(data)
    assert done.schema == data.schema.append(pa.field("cleanr_error", pa.string()))
    assert done.column("text").to_pylist() == CLEAN
    assert done.column("cleanr_error").null_count == 5
    for name in ("id", "more"):
        assert done.column(name).equals(data.column(name))


@pytest.mark.parametrize("kind", STRINGS, ids=IDS)
def test_slices_and_chunks(kind: Any) -> None:
    chunks = [column(DIRTY, kind)[1:4], column([], kind), column(DIRTY, kind)[4:]]
    done = arrow.clean(pa.table({"text": pa.chunked_array(chunks)}).slice(1))
    assert done.column("text").to_pylist() == CLEAN[2:]
    assert done.num_rows == len(done.column("cleanr_error"))


@pytest.mark.parametrize("kind", STRINGS, ids=IDS)
def test_one_bad_document_costs_only_itself(kind: Any) -> None:
    data = pa.record_batch({"text": column(["one  two", INVALID, f"{faulty.POISON}  “”", "a  b"], kind)})
    done = arrow.clean(data, corpora.cleaner())
    texts = done.column("text").view(BINARY[kind]).to_pylist()
    assert texts == [b"one two", INVALID, f"{faulty.POISON}  “”".encode(), b"a b"]
    errors = done.column("cleanr_error").to_pylist()
    assert (errors[0], errors[2], errors[3]) == (None, corpora.FAULT, None)
    assert errors[1].startswith("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 3")


def test_a_block_of_nulls() -> None:
    """Where a block has no text at all, engines do not know its type."""
    data = pa.table({"text": pa.nulls(3)})
    done = arrow.clean(data)
    assert done.column("text").equals(data.column("text"))
    assert done.column("cleanr_error").type == pa.string()


@pytest.mark.parametrize("make", [pa.table, pa.record_batch])
def test_no_rows(make: Any) -> None:
    data = make({"text": pa.array([], pa.string())})
    assert arrow.clean(data).num_rows == 0
    assert arrow.clean(data).schema.names == ["text", "cleanr_error"]


def test_metadata_stay() -> None:
    schema = pa.schema(
        [pa.field("text", pa.string(), nullable=False, metadata={"a": "b"}), pa.field("x", pa.list_(pa.string()))],
        metadata={"pandas": "{}"},
    )
    done = arrow.clean(pa.table({"text": ["a  b"], "x": [["“"]]}, schema=schema))
    assert done.schema.metadata == schema.metadata
    assert done.schema.field("text").equals(schema.field("text"), check_metadata=True)
    assert done.column("x").to_pylist() == [["“"]]


def test_many_batches_one_after_the_other() -> None:
    """As Spark gives them: nothing is read before it is asked for."""
    read = []

    def batches() -> Any:
        for n in range(3):
            read.append(n)
            yield pa.record_batch({"text": [f"{n}  “b”"]})

    done = arrow.clean(batches())
    assert read == []
    assert next(done).column("text").to_pylist() == ['0 "b"']
    assert read == [0]
    assert [batch.column("text").to_pylist() for batch in done] == [['1 "b"'], ['2 "b"']]


def test_settings() -> None:
    data = pa.table({"body": ["“a”  b"], "text": ["“a”  b"]})
    done = arrow.clean(data, Cleaner("repair"), column="body", error="why", language="en", kind="markdown")
    assert done.to_pylist() == [{"body": "“a” b", "text": "“a”  b", "why": None}]


def test_twice_is_once() -> None:
    once = arrow.clean(pa.table({"text": DIRTY, "id": [*range(5)]}), corpora.cleaner())
    assert arrow.clean(once, corpora.cleaner()).equals(once)


@pytest.mark.parametrize(
    ("data", "settings", "error", "says"),
    [
        ({"body": ["a"], "id": [1]}, {}, KeyError, "no column 'text'.*body, id"),
        ({"text": [1]}, {}, TypeError, "strings, not of int64"),
        ({"text": [["a"]]}, {}, TypeError, "strings, not of list"),
        ({"text": ["a"]}, {"kind": "html"}, ValueError, "html"),
    ],
    ids=["no-column", "numbers", "lists", "kind"],
)
def test_what_cannot_be(data: Any, settings: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        arrow.clean(pa.table(data), **settings)


def test_all_documents() -> None:
    corpora.check(arrow.clean(pa.Table.from_pylist(corpora.rows()), corpora.cleaner()).to_pylist())


def test_the_default_is_the_librarys() -> None:
    some = list(corpora.texts()[:100])
    assert arrow.clean(pa.table({"text": some})).column("text").to_pylist() == [cleanr.clean(text) for text in some]
