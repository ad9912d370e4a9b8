"""Inputs that must not be trusted, and what must become of each: ``cut.txt.gz`` is refused, and named.

A case is a file, or what looks like one, with the lines that its output has (None: there is none), the failures that
the summary counts, and a part of the message that names it. A case without failures is odd, but sound.
"""

import base64
import gzip
import hashlib
import io
import json
import os
import socket
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cleanr.records.packing import zstandard

GOOD = b'{"text": "a  b"}\n'
CLEAN = b'{"text": "a b"}\n'


class Case(NamedTuple):
    """An input: its name, its bytes or what makes it, the bytes of its output, how many failures, which cause, and the
    line that the message names."""

    name: str
    data: bytes | Callable[[Path], object]
    output: bytes | None
    failed: int = 0
    cause: str = ""
    line: int = 0
    flags: tuple[str, ...] = ()


def zst(data: bytes) -> bytes:
    parameter = zstandard().CompressionParameter.checksum_flag
    return bytes(zstandard().compress(data, options={parameter: 1}))


def flipped(data: bytes, at: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def warc(kind: str, block: bytes, *, length: object = None, **fields: str) -> bytes:
    """A record of WET."""
    fields = {"WARC-Type": kind, "Content-Type": "text/plain"} | {key.replace("_", "-"): v for key, v in fields.items()}
    head = "".join(f"{key}: {value}\r\n" for key, value in fields.items())
    head += "" if length == "" else f"Content-Length: {len(block) if length is None else length}\r\n"
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def sha1(block: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode()


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, **options)
    return sink.getvalue()


def invalid_utf8() -> Any:
    """A column of strings of which the second is none."""
    import pyarrow as pa

    return pa.array([b"a  b", b"c\xff", b"d  e"], pa.binary()).view(pa.string())


def texts() -> Iterator[Case]:
    utf8 = "not UTF-8: byte 0x"
    yield Case("empty.txt", b"", b"")
    yield Case("nul.txt", b"a\0b\n", b"ab\n")
    yield Case("bom.txt", b"\xef\xbb\xbfa  b", b"a b")
    yield Case("utf16.txt", "é  a".encode("utf-16"), "é a".encode())
    yield Case("latin1.txt", b"caf\xe9", None, 1, utf8 + "e9 at offset 3")
    yield Case("declared.txt", b"caf\xe9  b", "café b".encode(), flags=("--encoding", "latin-1"))
    yield Case("wrongly.txt", "漢".encode(), None, 1, "not ASCII", flags=("--encoding", "ascii"))
    yield Case("png.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, 1, utf8 + "89 at offset 0")
    yield Case("surrogate.txt", b"a\xed\xa0\x80b", None, 1, utf8 + "ed at offset 1")
    yield Case("overlong.txt", b"a\xc0\xafb", None, 1, utf8 + "c0")
    yield Case("cut.txt", "漢".encode()[:2], None, 1, utf8)
    yield Case("half16.txt", b"\xff\xfea", None, 1, "not UTF-16")
    yield Case("half32.txt", b"\xff\xfe\0\0a\0", None, 1, "not UTF-32")
    yield Case("gzip.txt", gzip.compress(b"a"), None, 1, utf8 + "8b")
    yield Case("controls.txt", b"\x01\x02\x1b[31ma\n", b"a\n")
    yield Case("long.txt", b"a " * 600, None, 1, "longer than 1000 bytes", flags=("--max-document", "1000"))
    yield Case("cr.md", b"a  b\r\rc\r", b"a b\n\nc\n")
    yield Case("png.md", b"\x89PNG", None, 1, utf8)
    yield Case("UPPER.TXT", b"a  b", b"a b")
    yield Case("fifo.txt", os.mkfifo, None, 1, "is not a regular file")
    yield Case("socket.txt", listening, None, 1, "is not a regular file")
    yield Case("n\nl.txt", b"a  b", b"a b")
    yield Case(os.fsdecode(b"n\xff.txt"), b"a  b", b"a b")
    yield Case("esc\x1b[31m.txt", b"\xff", None, 1, utf8)
    yield Case(f"{'n' * 251}.txt", b"a  b", b"a b")
    yield Case("/".join("deep" for _ in range(200)) + "/a.txt", b"a  b", b"a b")


def listening(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(path.name)
    os.chdir(here)


def packed() -> Iterator[Case]:
    text, long = b"a  b", b"".join(b"line %d  x\n" % n for n in range(5000))
    for suffix, pack, name in ((".gz", gzip.compress, "gzip"), (".zst", zst, "Zstandard")):
        for cut in (1, 4, 9):
            yield Case(f"cut{cut}.txt{suffix}", pack(long)[:-cut], None, 1, f"{name}: it ends too early")
        yield Case(f"half.txt{suffix}", pack(long)[: len(pack(long)) // 2], None, 1, f"{name}: it ends too early")
        yield Case(f"empty.txt{suffix}", b"", None, 1, f"not {name}: it is empty")
        yield Case(f"plain.txt{suffix}", text, None, 1, name)
        yield Case(f"sum.txt{suffix}", flipped(pack(long), -2), None, 1, f"damaged {name}")
        yield Case(f"middle.txt{suffix}", flipped(pack(long), len(pack(long)) // 2), None, 1, f"damaged {name}")
        yield Case(f"behind.txt{suffix}", pack(text) + b"trailing", None, 1, name)
        yield Case(f"two.txt{suffix}", pack(b"one  two ") + pack(b"three"), b"one two three")
        yield Case(f"nothing.txt{suffix}", pack(b""), b"")
        yield Case(f"bytes.txt{suffix}", pack(b"\xff"), None, 1, "not UTF-8")
        yield Case(f"cut.jsonl{suffix}", pack(GOOD * 9999)[:-3], None, 1, f"{name}: it ends too early")
        yield Case(f"bad.jsonl{suffix}", pack(GOOD + b"bad\n" + GOOD), CLEAN * 2, 1, "not valid JSON", 2)
        bomb = pack(b"\0" * (8 << 20))
        flags = ("--max-unpacked", "100000")
        yield Case(f"bomb.jsonl{suffix}", pack(GOOD) + bomb + bomb, None, 1, "see --max-unpacked", flags=flags)
        yield Case(f"bomb.txt{suffix}", bomb, None, 1, "see --max-document", flags=("--max-document", "1000"))
    yield Case("padded.txt.gz", gzip.compress(text) + b"\0" * 512, b"a b")
    skipped = struct.pack("<II", 0x184D2A50, 4) + b"skip"
    yield Case("skippable.txt.zst", skipped + zst(text), b"a b")
    yield Case("other.txt.gz", zst(text), None, 1, "not gzip")
    yield Case("deflate.txt.gz", zlib.compress(text), None, 1, "not gzip")


def lines() -> Iterator[Case]:
    bad: list[tuple[str, bytes, str]] = [
        ("cut", b'{"text": "a', "not valid JSON"),
        ("behind", b'{"text": "a"} x', "Extra data"),
        ("python", b"{'text': 'a'}", "Expecting property name"),
        ("list", b"[1]", "not a JSON object"),
        ("string", b'"a"', "not a JSON object"),
        ("number", b'{"text": 5}', "'text' is not a string"),
        ("true", b'{"text": true}', "'text' is not a string"),
        ("object", b'{"text": {}}', "'text' is not a string"),
        ("missing", b'{"txt": "a"}', "no text: it has no 'text'"),
        ("bytes", b'{"text": "\xff"}', "not UTF-8: byte 0xff at offset 10 of the line"),
        ("other", b'{"id": "\xff", "text": "a"}', "not UTF-8"),
        ("key", b'{"i\xff": 1, "text": "a"}', "not UTF-8"),
        ("surrogate", b'{"text": "\xed\xa0\x80"}', "not UTF-8"),
        ("deep", b'{"a": ' + b"[" * 50_000 + b"]" * 50_000 + b', "text": "a"}', "nested too deep"),
        ("escape", rb'{"text": "\x"}', "not valid JSON: Invalid"),
        ("comma", b'{"text": "a",}', "not valid JSON"),
        ("braces", b"{}", "no text"),
        ("nul", b"\0", "not valid JSON"),
        ("two", b'{"text": "a"}{"text": "b"}', "Extra data"),
        ("text", b"plain", "not valid JSON"),
    ]
    for name, line, cause in bad:
        yield Case(f"{name}.jsonl", GOOD + line + b"\n" + GOOD, CLEAN * 2, 1, cause, 2)
    for name, line, _ in (bad[n] for n in (0, 2, 3, 4, 9, 17, 19)):
        yield Case(f"first-{name}.jsonl", line + b"\n" + GOOD, None, 1, "not JSONL: line 1")
    yield Case("last.jsonl", GOOD + b'{"text": "a', CLEAN, 1, "not valid JSON", 2)
    yield Case("keep.jsonl", GOOD + b"bad\n", CLEAN + b"bad\n", 1, "not valid JSON", 2, ("--on-error", "keep"))
    yield Case("body.jsonl", b'{"body": "a"}\n', None, 1, "keys of strings there: body")
    yield Case("dotted.jsonl", b'{"a": {"b": "a  b"}}\n', b'{"a": {"b": "a b"}}\n', flags=("--text-key", "a.b"))
    long = b'{"text": "' + b"a " * 500 + b'"}\n'
    limit = ("--max-document", "1000")
    yield Case("long.jsonl", GOOD + long + GOOD, CLEAN * 2, 1, "longer than 1000 bytes", 2, limit)
    yield Case("longer.jsonl", GOOD + long * 2000 + GOOD, CLEAN * 2, 2000, "longer than 1000 bytes", 2, limit)
    huge = b'{"text": "' + b"a " * 500_000 + b'"}\n'
    yield Case("huge.jsonl", huge + GOOD, CLEAN, 1, "longer than 1000 bytes", 1, limit)
    yield Case("kept.jsonl", GOOD + huge + GOOD, CLEAN + huge + CLEAN, 1, "longer", 2, (*limit, "--on-error", "keep"))
    yield Case("binary.jsonl", b"\x7fELF" + bytes(1 << 20), None, 1, "not JSONL: line 1")
    yield Case("only.jsonl", b"\n  \n", b"\n  \n")
    yield Case("nothing.jsonl", b"", b"")
    yield Case("crlf.jsonl", b'{"text": "a  b"}\r\n\r\n{"text": null}', b'{"text": "a b"}\r\n\r\n{"text": null}')
    yield Case("mark.jsonl", b"\xef\xbb\xbf" + GOOD, b"\xef\xbb\xbf" + CLEAN)
    big = b'{"n": 123456789012345678901234567890, "x": 1.10, "y": 1e400, "text": "a  b", "z": -0.0}\n'
    yield Case("numbers.jsonl", big, big.replace(b"  b", b" b"))
    yield Case("lone.jsonl", rb'{"text": "a  \ud800b", "o": "\ud800"}', rb'{"text": "a b", "o": "\ud800"}')
    yield Case("nan.jsonl", b'{"x": NaN, "text": "a  b"}', b'{"x": NaN, "text": "a b"}')
    yield Case("raw.jsonl", b'{"x": "\x01", "text": "a  b"}', b'{"x": "\x01", "text": "a b"}')
    yield Case("twice.jsonl", b'{"text": "a  b", "text": "c  d"}', b'{"text": "a  b", "text": "c d"}')
    yield Case("quote.jsonl", b'{"a": ": ", "text": ": "}', b'{"a": ": ", "text": ":"}')


def wets() -> Iterator[Case]:
    info, page, clean = warc("warcinfo", b"a: b  c\r\n"), warc("conversion", b"a  b"), warc("conversion", b"a b")
    yield Case("a.warc.wet", info + page, info + clean)
    yield Case("empty.wet", b"", b"")
    digest = warc("conversion", b"a  b", WARC_Block_Digest=sha1(b"a  b"))
    yield Case("digest.wet", digest, warc("conversion", b"a b", WARC_Block_Digest=sha1(b"a b")))
    wrong = warc("conversion", b"a  b", WARC_Block_Digest=sha1(b"a b"))
    yield Case("wrong.wet", page + wrong + page, clean * 2, 1, "its warc-block-digest is not that of its block", 2)
    odd = warc("conversion", b"a  b", WARC_Block_Digest="crc:00")
    yield Case("odd.wet", page + odd, clean, 1, "is of no algorithm", 2)
    early = "no record ends where its Content-Length says so"
    for length in (0, 2, 3, 5, 7):
        yield Case(f"length{length}.wet", page + warc("conversion", b"a  b", length=length) + page, None, 1, early)
    yield Case("far.wet", warc("conversion", b"a  b", length=999), None, 1, "ends too early")
    yield Case("vast.wet", warc("conversion", b"a  b", length=10**14), None, 1, "ends too early")
    for name, given in (("missing", ""), ("minus", "-4"), ("word", "four"), ("digits", "9" * 99)):
        yield Case(f"{name}.wet", warc("conversion", b"a  b", length=given), None, 1, "its Content-Length is")
    yield Case("cut.wet", (page * 3)[:-3], None, 1, early)
    yield Case("head.wet", page + b"WARC/1.0\r\nWARC-Type: conv", None, 1, "no header stands there")
    yield Case("text.wet", b"plain text", None, 1, "not WARC")
    yield Case("between.wet", page + b"x" + page, None, 1, early)
    yield Case("bytes.wet", page + warc("conversion", b"a\xff") + page, clean * 2, 1, "not UTF-8: byte 0xff", 2)
    yield Case("html.wet", page + warc("conversion", b"a  b", Content_Type="text/html"), clean + warc(
        "conversion", b"a  b", Content_Type="text/html"))  # fmt: skip
    long = warc("conversion", b"a " * 600)
    limit = ("--max-document", "1000")
    yield Case("long.wet", page + long + page, clean * 2, 1, "longer than 1000 bytes", 2, limit)
    yield Case("kept.wet", long + page, long + clean, 1, "longer", 1, (*limit, "--on-error", "keep"))
    yield Case("members.wet.gz", gzip.compress(info) + gzip.compress(page), info + clean)
    yield Case("cut.wet.gz", gzip.compress(info) + gzip.compress(page)[:-3], None, 1, "gzip: it ends too early")


def tables() -> Iterator[Case]:
    good = parquet({"text": ["a  b", None], "n": [1, 2]})
    columns = "columns of strings there:"
    yield Case("column.parquet", parquet({"body": ["a"], "n": [1]}), None, 1, f"no column 'text'; {columns} body;")
    yield Case("number.parquet", parquet({"text": [1]}), None, 1, f"no texts in 'text'; {columns} none;")
    yield Case("bytes.parquet", parquet({"text": [b"a"]}), None, 1, "no texts in 'text'")
    yield Case("lists.parquet", parquet({"text": [["a"]]}), None, 1, "no texts in 'text'")
    yield Case("empty.parquet", b"", None, 1, "damaged Parquet")
    yield Case("text.parquet", b"plain text", None, 1, "damaged Parquet")
    yield Case("cut.parquet", good[:-5], None, 1, "damaged Parquet")
    yield Case("half.parquet", good[: len(good) // 2], None, 1, "damaged Parquet")
    yield Case("magic.parquet", b"PAR1" + b"\0" * 20 + b"PAR1", None, 1, "damaged Parquet")
    sums = parquet({"text": ["some text of a page  b"] * 9}, write_page_checksum=True, compression="none")
    at = sums.index(b"some text")
    yield Case("page.parquet", flipped(sums, at), None, 1, "damaged Parquet")


CASES = (*texts(), *packed(), *lines(), *wets(), *tables())


def put(case: Case, root: Path) -> Path:
    """Make the input of a case in a tree."""
    path = root / case.name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(case.data, bytes):
        path.write_bytes(case.data)
    else:
        case.data(path)
    return path


def content(path: Path) -> bytes | None:
    """What is in an output, unpacked; None where there is none."""
    if not path.exists():
        return None
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    return bytes(zstandard().decompress(data)) if path.suffix == ".zst" else data


def failures(output: str) -> int:
    """The number of failures in a summary as JSON."""
    return int(json.loads(output)["documents"]["failed"])
