"""A column of texts in a table: of ``id: 7, text: "a  b"`` the text becomes ``"a b"``, and the rest stays as it is.

Between the table and whoever cleans it, the column travels as bytes, row by row: 0 for a null; 1, a length (LEB128)
and the text in UTF-8; 2, a length, and a row that cannot be cleaned: a line that says why, then all of the row as an
Arrow IPC stream. What comes back has a 3 where a row is to go. Only this process sees the table.
"""

import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from cleanr.records import Bad, Batch, Limits, Record, RefusedError
from cleanr.records.source import Source

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import RecordBatch, Schema

NULL, TEXT, ROW, GONE = range(4)
BATCH = 1 << 18  # bytes of text
ROWS = 1024  # that are read at once
GROUP = 64 << 20  # bytes of rows that are held for one row group at most
META = "cleanr"  # the column that ``--meta`` adds


class Value(NamedTuple):
    """A row of the column: its kind, and its bytes behind the length; where in the stream these begin."""

    kind: int
    data: bytes
    start: int


class Group(NamedTuple):
    """Rows of the table, and whether a row group ends with them."""

    rows: "RecordBatch"
    ends: bool


def batches(source: Source, limits: Limits, text_key: str) -> Iterator[Batch]:
    """The column of texts. Raises `RefusedError` where the file is damaged, or has no such column."""
    yield from Table(source.rest, text_key, limits).batches()


def records(batch: Batch, limits: Limits, text_key: str) -> Iterator[Record | Bad]:
    """The rows of a batch, numbered from 1."""
    at = 0
    for number, value in enumerate(values(batch.data), batch.number):
        end = value.start + len(value.data)
        raw, at = batch.data[at:end], end
        if value.kind == ROW:
            yield Bad(number, raw, value.data.partition(b"\n")[0].decode("utf-8"))
        elif value.kind == NULL:
            yield Record(number, raw, None)
        else:
            yield Record(number, raw, value.data.decode("utf-8"), len(raw) - len(value.data), len(raw))


def render(record: Record, text: str) -> bytes:
    """The row with another text."""
    return record.raw if text == record.text else written(TEXT, text.encode("utf-8"))


def written(kind: int, data: bytes = b"") -> bytes:
    """A row of the column in bytes.

    >>> written(TEXT, b"abc")
    b'\\x01\\x03abc'
    """
    out = bytearray([kind])
    if kind in (TEXT, ROW):
        length = len(data)
        while length > 127:
            out.append(length & 127 | 128)
            length >>= 7
        out.append(length)
    return bytes(out) + data


def values(data: bytes) -> Iterator[Value]:
    """The rows of the column, from bytes.

    >>> list(values(b"\\x00\\x01\\x03abc"))
    [Value(kind=0, data=b'', start=1), Value(kind=1, data=b'abc', start=3)]
    """
    at = 0
    while at < len(data):
        kind, length, shift = data[at], 0, 0
        at += 1
        if kind in (TEXT, ROW):
            while True:
                length |= (data[at] & 127) << shift
                shift += 7
                at += 1
                if data[at - 1] < 128:
                    break
        yield Value(kind, data[at : at + length], at)
        at += length


class Table:
    """A Parquet file, read row group by row group. Raises `RefusedError` where it cannot be read."""

    def __init__(self, stream: BinaryIO, text_key: str, limits: Limits) -> None:
        self.pending: deque[Group] = deque()  # what was read and not yet written
        self._key, self._limits = text_key, limits
        pq = _arrow().parquet
        with _refusing():
            seekable = stream if stream.seekable() else io.BytesIO(stream.read())
            self.file = pq.ParquetFile(seekable, pre_buffer=False, buffer_size=1 << 20, page_checksum_verification=True)
            self.schema: Schema = self.file.schema_arrow
        self.column = self._column()

    def batches(self) -> Iterator[Batch]:
        number = 1
        for rows in self.rows():
            for part in self._cut(rows):
                column = part.rows.column(self.column)
                texts = [self._written(part.rows, n, each) for n, each in enumerate(_bytes(column))]
                self.pending.append(part)
                yield Batch(number, b"".join(texts), len(texts))
                number += len(texts)

    def rows(self) -> Iterator[Group]:
        """The rows of the table, some at a time."""
        for group in range(self.file.num_row_groups):
            left = self.file.metadata.row_group(group).num_rows
            with _refusing():
                found = self.file.iter_batches(ROWS, row_groups=[group], use_threads=False)
            while left:
                with _refusing():
                    rows = next(found, None)
                if rows is None:
                    raise RefusedError("damaged Parquet: it has less rows than it says")
                left -= len(rows)
                yield Group(rows, not left)

    def compression(self) -> "dict[str, str] | str":
        """How the columns are packed."""
        if not self.file.num_row_groups:
            return "snappy"
        group = self.file.metadata.row_group(0)
        columns = [group.column(n) for n in range(group.num_columns)]
        names = {"UNCOMPRESSED": "none", "LZO": "snappy"}
        return {each.path_in_schema: names.get(each.compression, each.compression.lower()) for each in columns}

    def _column(self) -> int:
        found = self.schema.get_all_field_indices(self._key)
        strings = [field.name for field in self.schema if _is_text(field.type)]
        if len(found) != 1 or not _is_text(self.schema.field(found[0]).type):
            what = "has no column" if not found else "has several columns" if len(found) > 1 else "has no texts in"
            there = ", ".join(strings) or "none"
            raise RefusedError(f"it {what} {self._key!r}; columns of strings there: {there}; see --text-key")
        return int(found[0])

    def _cut(self, group: Group) -> Iterator[Group]:
        """Rows that have not too much text at once."""
        start = size = 0
        for n, each in enumerate(_bytes(group.rows.column(self.column)), 1):
            size += len(each or b"")
            if size >= BATCH or n == len(group.rows):
                yield Group(group.rows.slice(start, n - start), group.ends and n == len(group.rows))
                start, size = n, 0

    def _written(self, rows: "RecordBatch", n: int, text: bytes | None) -> bytes:
        if text is None:
            return written(NULL)
        cause = self._limits.long if len(text) > self._limits.document else ""
        if not cause:
            try:
                text.decode("utf-8")
            except UnicodeDecodeError as error:
                cause = f"not UTF-8: byte 0x{text[error.start]:02x} at offset {error.start} of the text"
        return written(ROW, f"{cause}\n".encode() + _packed(rows.slice(n, 1))) if cause else written(TEXT, text)


class Writer:
    """Writes the rows that came from a `Table`, with other texts, to a stream. `meta` adds a column."""

    def __init__(self, sink: BinaryIO, table: Table, *, meta: bool = False) -> None:
        pa = _arrow()
        self._table, self._meta = table, meta
        self._schema = table.schema
        if meta:
            if META in table.schema.names:
                raise RefusedError(f"it has a column {META!r} already, which --meta would add")
            self._schema = table.schema.append(pa.field(META, _meta_type()))
        self._writer = pa.parquet.ParquetWriter(
            sink, self._schema, compression=table.compression(), write_page_checksum=True
        )
        self._held: list[RecordBatch] = []

    def add(self, stream: bytes, extra: Sequence[dict[str, Any] | None] = ()) -> None:
        """The rows of the next batch of the table."""
        group = self._table.pending.popleft()
        found = list(values(stream))
        self.rows(rebuilt(group.rows, self._table.column, found), extra, ends=group.ends)

    def rows(self, rows: "RecordBatch", extra: Sequence[dict[str, Any] | None] = (), *, ends: bool) -> None:
        """Rows as they are to be."""
        pa = _arrow()
        if self._meta:
            rows = rows.append_column(META, pa.array(extra, _meta_type()))
        self._held.append(rows.cast(self._schema) if rows.schema != self._schema else rows)
        if ends or sum(each.nbytes for each in self._held) > GROUP:
            self._flush()

    def end(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        table = _arrow().Table.from_batches(self._held, self._schema)
        if len(table):
            self._writer.write_table(table, row_group_size=len(table))
        self._held = []


def rebuilt(rows: "RecordBatch", column: int, found: Sequence[Value]) -> "RecordBatch":
    """Rows with other texts in a column; without those that are gone."""
    pa = _arrow()
    if len(found) != len(rows):
        raise RefusedError("damaged: the texts are not those of the rows")
    kept = [n for n, value in enumerate(found) if value.kind != GONE]
    if len(kept) < len(found):
        rows = rows.take(pa.array(kept, pa.int64()))
    texts = [_text(found[n], column) for n in kept]
    kind = rows.schema.field(column).type
    array = pa.array(texts, pa.large_binary()).view(pa.large_string())
    if pa.types.is_dictionary(kind):
        array = array.cast(kind.value_type).dictionary_encode().cast(kind)
    elif array.type != kind:
        array = array.cast(kind)
    return rows.set_column(column, rows.schema.field(column), array)


def unpacked_row(data: bytes) -> "RecordBatch":
    """The row that the bytes of a `ROW` hold."""
    pa = _arrow()
    with pa.ipc.open_stream(data.partition(b"\n")[2]) as reader:
        row: RecordBatch = reader.read_next_batch()
    return row


def texts_of(rows: "RecordBatch", column: int) -> Iterable[bytes]:
    """The rows of a column in bytes, whatever they are."""
    return [written(NULL) if each is None else written(TEXT, each) for each in _bytes(rows.column(column))]


def _text(value: Value, column: int) -> bytes | None:
    if value.kind == ROW:
        return _bytes(unpacked_row(value.data).column(column))[0]
    return None if value.kind == NULL else value.data


def _packed(rows: "RecordBatch") -> bytes:
    pa = _arrow()
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_batch(rows.take(pa.array(range(len(rows)), pa.int64())))  # a copy: a slice brings its whole along
    return sink.getvalue()


def _bytes(array: "pa.Array") -> list[bytes | None]:
    pa = _arrow()
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    found: list[bytes | None] = array.cast(pa.large_binary()).to_pylist()
    return found


def _is_text(kind: "pa.DataType") -> bool:
    types = _arrow().types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _meta_type() -> "pa.DataType":
    pa = _arrow()
    names = pa.list_(pa.string())
    return pa.struct([("removed_words", pa.int64()), ("repairs", pa.int64()), ("flags", names), ("rules", names)])


def _arrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise RefusedError("Parquet needs the extra `parquet`: pip install 'cleanr[parquet]'") from error
    return pyarrow


class _refusing:  # noqa: N801 (used like a function)
    """Tells errors of the library as those of the file."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, _arrow().ArrowException | OSError | ValueError):
            cause = (str(error).splitlines() or [type(error).__name__])[0]
            raise RefusedError(f"damaged Parquet: {cause}") from error
