"""Documents in Arrow batches, for Ray Data and Spark: a column ``["a  b", null]`` becomes ``["a b", null]``."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from cleanr.adapters.documents import ERROR, Documents, fault
from cleanr.cleaner import Cleaner
from cleanr.text import Kind

if TYPE_CHECKING:
    from pyarrow import Array, ChunkedArray, RecordBatch, Table

Data: TypeAlias = "Table | RecordBatch"


def clean(
    data: "Data | Iterable[Data]",
    cleaner: Cleaner | None = None,
    *,
    column: str = "text",
    error: str = ERROR,
    language: str = "und",
    kind: Kind = "text",
) -> Any:
    """Clean a column of a table or record batch, or of each of many, one after the other.

    What comes back has the same rows, columns and types, and one more column, `error`: null, or why a document was
    left as it was. Nulls stay nulls; a document that is not valid UTF-8 keeps its bytes.

    Raises `KeyError` where there is no such column, `TypeError` where it is not one of strings, and `ValueError` for
    an unknown kind.

    Ray Data: ``dataset.map_batches(clean, batch_format="pyarrow")``. Spark: ``frame.mapInArrow(clean, schema)``.
    """
    import pyarrow as pa

    if not isinstance(data, pa.Table | pa.RecordBatch):
        return map(partial(clean, cleaner=cleaner, column=column, error=error, language=language, kind=kind), data)
    at = data.schema.get_field_index(column)
    if at < 0:
        raise KeyError(f"no column {column!r}, or more than one; there are {', '.join(data.schema.names)}")
    documents, values = Documents(cleaner, language, kind), data.column(at)
    errors: list[str | None] = []
    if isinstance(values, pa.ChunkedArray):
        chunks = [_cleaned(chunk, documents, errors) for chunk in values.chunks]
        values = pa.chunked_array(chunks, values.type)
    else:
        values = _cleaned(values, documents, errors)
    return _with(_with(data, column, values), error, pa.array(errors, pa.string()))


def _cleaned(values: "Array", documents: Documents, errors: list[str | None]) -> "Array":
    """The clean texts of an array. They pass through as bytes: Arrow does not see to it that strings are UTF-8."""
    import pyarrow as pa

    if pa.types.is_null(values.type):  # a block without any text
        errors += [None] * len(values)
        return values
    binary = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
    if values.type not in binary:
        raise TypeError(f"cleanr cleans columns of strings, not of {values.type}: cast it")
    texts = []
    for raw in values.view(binary[values.type]).to_pylist():
        text, wrong = (None, None) if raw is None else _text(raw, documents)
        texts.append(text)
        errors.append(wrong)
    return pa.array(texts, binary[values.type]).view(values.type)


def _text(raw: bytes, documents: Documents) -> tuple[bytes, str | None]:
    try:
        attempt = documents(raw.decode("utf-8"))
        return attempt.cleaned.text.encode("utf-8"), attempt.error
    except UnicodeError as error:
        return raw, fault(error)


def _with(data: "Data", name: str, values: "Array | ChunkedArray") -> "Data":
    """The data with a column in place of the one of that name, or behind the others."""
    at = data.schema.get_field_index(name)
    if at < 0:
        return data.append_column(name, values)
    return data.set_column(at, data.schema.field(at), values)
