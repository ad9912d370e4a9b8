"""All formats, in and out: the originals come back, however they were read and whoever did the work."""

import gzip
import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from bad_inputs import CASES, content, parquet, put, sha1, warc, zst
from command import Run, write
from faults import PAGE, corpus, digests
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import texts

from cleanr.config import Config
from cleanr.conversion import Conversion
from cleanr.convert import Settings
from cleanr.outcome import Outcome
from cleanr.records import Limits
from cleanr.restoring import Restoring, restore
from cleanr.run import Job, process

SETTINGS = Settings(Config(), write="UTF-8", record="all", rules="test")


class Dripping(io.RawIOBase):
    """A stream that gives so many bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size, self._at = data, size, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._data[self._at : self._at + min(self._size, len(buffer))]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def made(name: str, documents: list[str]) -> bytes:
    """A file of that format with these documents."""
    if name.endswith((".gz", ".zst")):
        return (gzip.compress if name.endswith(".gz") else zst)(made(name.rpartition(".")[0], documents))
    clean = [text.encode("utf-8", "replace").decode() for text in documents]
    if name.endswith(".jsonl"):
        rows = [json.dumps({"id": n, "text": each}, ensure_ascii=n % 2 == 0) for n, each in enumerate(clean)]
        return "".join(f"{row}\r\n" if n % 3 else f"{row}\n" for n, row in enumerate(rows)).encode()
    if name.endswith(".wet"):
        blocks = [each.encode() for each in clean]
        return b"".join(warc("conversion", block, WARC_Block_Digest=sha1(block)) for block in blocks)
    if name.endswith(".parquet"):
        return parquet({"n": list(range(len(clean) + 1)), "text": [*clean, None]}, row_group_size=2)
    return "".join(clean).encode()


NAMES = (
    *("a.txt", "a.md", "a.jsonl", "a.warc.wet", "a.parquet"),
    *("a.txt.gz", "a.jsonl.gz", "a.jsonl.zst", "a.warc.wet.gz", "a.md.zst"),
)


@pytest.mark.parametrize("name", NAMES)
def test_the_originals_come_back(name: str, tmp_path: Path) -> None:
    @settings(max_examples=25)
    @given(st.lists(texts(), min_size=1, max_size=4))
    def law(documents: list[str]) -> None:
        data = made(name, documents)
        root = tmp_path / "tree"
        shutil.rmtree(root, ignore_errors=True)
        (root / "in").mkdir(parents=True)
        (root / "in" / name).write_bytes(data)
        job = Job(root / "in" / name, root / "out" / name, root / "out", records=root / "out", name=name, marked=True)
        outcome = process(SETTINGS, job)
        assert outcome.written, outcome.messages
        record = root / "out/.cleanr/record" / f"{name}.undo.zst"
        _, restored = restore(Restoring(root / "out", record, root / "back"))
        assert restored.messages == []
        assert same(root / "in" / name, root / "back" / name)
        again = process(SETTINGS, job)
        assert (again.totals.done, again.totals.read) == (1, 0), "what is done is not done again"

    law()


def same(first: Path, second: Path) -> bool:
    """Whether two files hold the same: bytes, unpacked; of Parquet, schema and values."""
    if first.suffix != ".parquet":
        return content(first) == content(second)
    import pyarrow.parquet as pq

    one, two = pq.read_table(first), pq.read_table(second)
    return bool(one.equals(two) and one.schema.equals(two.schema, check_metadata=True))


@pytest.mark.parametrize("name", [name for name in NAMES if "parquet" not in name])
def test_streamed_is_whole(name: str) -> None:
    data = made(name, [f"{n} {PAGE}" for n in range(60)])

    def converted(size: int) -> bytes:
        stream = io.BufferedReader(Dripping(data, size), max(size, 1))
        return b"".join(Conversion(stream, name, Settings(Config(), write="UTF-8"), Outcome()).pieces())

    assert len({converted(size) for size in (1, 7, 4096, 65536)}) == 1


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All formats, and what is wrong with some files."""
    root = corpus(tmp_path_factory.mktemp("formats") / "in", files=3, lines=40)
    for case in CASES:
        if case.failed and isinstance(case.data, bytes) and not case.flags and len(case.data) < 100_000:
            put(case, root / "bad")
    return root


def outputs(root: Path) -> dict[str, str]:
    return {name: digest for name, digest in digests(root).items() if not name.startswith(".cleanr/")}


def test_any_number_of_workers_gives_the_same(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanr.run.POOL_FROM", 0)
    monkeypatch.setattr("cleanr.run.SPLIT_FROM", 5_000)
    told = [run("clean", tree, f"{n}", "--jobs", str(n), "--record", "all") for n in (1, 2, 8)]
    assert told[0] == told[1] == told[2]
    assert digests(Path("1")) == digests(Path("2")) == digests(Path("8"))
    shards = [run("clean", tree, "parts", "--shard", f"{n}/3", "-q", "--record", "all").code for n in (1, 2, 3)]
    assert 2 in shards
    assert digests(Path("parts")) == digests(Path("1"))


def test_tag_and_apply_is_clean(run: Run, tree: Path) -> None:
    before = digests(tree)
    cleaned = run("clean", tree, "clean", "-q")
    assert run("tag", tree, "tags", "-q").code == 2
    assert digests(tree) == before
    assert run("verify", "tags", "-q").code == 0
    applied = run("apply", tree, "tags", "applied", "-q")
    assert (cleaned.code, applied.code) == (2, 2)
    assert outputs(Path("applied")) == outputs(Path("clean"))
    row = json.loads(Path("tags/a.jsonl").read_bytes().splitlines()[0])
    assert (row["id"], row["record"]) == ("0", 1)
    assert row["attributes"]["cleanr__boilerplate__share"] == [[73, 87, 0.8]]


def test_attributes_of_another_text_cut_nothing(run: Run) -> None:
    write("in/a.jsonl", '{"text": "a  b"}\n{"text": "c  d"}\n')
    run("tag", "in", "tags")
    write("in/a.jsonl", '{"text": "a  b"}\n{"text": "e  d"}\n')
    done = run("apply", "in", "tags", "out")
    assert (done.code, done.err.splitlines()[0]) == (
        2,
        "cleanr: in/a.jsonl:2: its attributes are those of another text",
    )
    assert Path("out/a.jsonl").read_text() == '{"text": "a b"}\n'
    write("in/b.txt", "a  b")
    assert "in/b.txt: it has no attributes: " in run("apply", "in", "tags", "out").err


class TestResume:
    def test_only_what_changed_is_done(self, run: Run) -> None:
        for name in ("a", "b", "c"):
            write(f"in/{name}.txt", "one  two\n")
        run("clean", "in", "out")
        before = {path: path.stat().st_ino for path in Path("out").glob("*.txt")}
        write("in/b.txt", "two  three\n")
        Path("out/c.txt").write_text("damaged\n")
        done = run("clean", "in", "out")
        assert (done.code, done.err.splitlines()[0]) == (
            0,
            "2 documents read: 2 changed, 0 unchanged; 1 file done before",
        )
        assert Path("out/c.txt").read_text() == "one two\n"
        assert Path("out/a.txt").stat().st_ino == before[Path("out/a.txt")]
        assert "done before" not in run("clean", "in", "out", "--preset", "repair").err, "another configuration"

    def test_what_failed_is_said_again(self, run: Run) -> None:
        write("in/a.jsonl", '{"text": "a  b"}\nbad\n')
        first, second = run("clean", "in", "out"), run("clean", "in", "out")
        assert (first.code, second.code) == (2, 2)
        assert first.err.splitlines()[0] == second.err.splitlines()[0]
        assert "1 file done before" in second.err

    def test_rules_can_be_pinned(self, run: Run) -> None:
        write("in/a.txt", "one  two\n")
        write("cleanr.toml", 'rules = "0123"\n')
        done = run("clean", "in", "out")
        assert (done.code, "rules: '0123' are pinned, but these are '" in done.err) == (2, True)
        write("cleanr.toml", f'rules = "{Config().rules()}"\n')
        assert run("clean", "in", "out").code == 0

    def test_drafts_of_the_dead_go_and_those_of_the_living_stay(self, run: Run) -> None:
        import fcntl

        write("in/a.txt", "one  two\n")
        dead, alive = write("out/.a.txt.00000000.cleanr-tmp", "x"), write("out/sub/.b.txt.00000001.cleanr-tmp", "x")
        with open(alive, "rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            assert run("clean", "in", "out").code == 0
            assert (dead.exists(), alive.exists()) == (False, True)
        write("in/.a.txt.00000000.cleanr-tmp", "x")
        assert run("fix", "in").code == 0
        assert os.listdir("in") == ["a.txt"]


class TestRecord:
    def test_what_does_not_fit_is_not_restored(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        run("clean", "in", "out", "--record", "all")
        write("out/a.txt", "another text\n" * 9)
        done = run("restore", "out", "back", "-q")
        assert (done.code, Path("back/a.txt").exists()) == (2, False)
        assert done.err.startswith("cleanr: out/a.txt: it is not the file that its record is about")

    def test_what_has_no_record_is_named(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        run("clean", "in", "out", "--record", "all")
        write("out/b.txt", "x")
        done = run("restore", "out", "back")
        assert (done.code, done.err.splitlines()) == (
            2,
            ["cleanr: out/b.txt: has no record that leads back", "1 restored, 1 failed"],
        )
        assert run("restore", "in", "back").code == run("restore", "out", "out/x").code == 2

    def test_a_name_that_leads_out_is_not_followed(self, run: Run) -> None:
        from cleanr.records.undo import Writer

        writer = Writer({"name": "../evil.txt", "format": "text"})
        write("out/.cleanr/record/a.txt.undo.zst", writer.end(bytes(32), bytes(32)))
        assert "it is about '../evil.txt'" in run("restore", "out", "sub/back").err
        assert not Path("sub/evil.txt").exists()

    def test_records_of_bad_rows_bring_them_back(self, run: Run) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        column = pa.array([b"a  b", b"c\xff", None, b"d  e"], pa.binary()).view(pa.string())
        table = pa.table({"n": [1, 2, 3, 4], "text": column})
        Path("in").mkdir()
        pq.write_table(table, "in/a.parquet")
        done = run("clean", "in", "out", "--record", "all")
        assert (done.code, "in/a.parquet:2: not UTF-8: byte 0xff" in done.err) == (2, True)
        assert pq.read_table("out/a.parquet").to_pydict() == {"n": [1, 3, 4], "text": ["a b", None, "d e"]}
        assert run("restore", "out", "back", "-q").code == 0
        back = pq.read_table("back/a.parquet")
        assert back.column("n").to_pylist() == [1, 2, 3, 4]
        assert back.column("text").cast(pa.binary()).to_pylist() == [b"a  b", b"c\xff", None, b"d  e"]


class TestParquet:
    @pytest.mark.parametrize("kind", ["string", "large_string", "dictionary", "string_view"])
    def test_types_nulls_metadata_and_row_groups_stay(self, run: Run, kind: str) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {"large_string": pa.large_string(), "dictionary": pa.dictionary(pa.int32(), pa.string())}
        types["string_view"] = pa.string_view()
        column = pa.array(["a  b", None, "c", "a  b", ""], pa.string()).cast(types.get(kind, pa.string()))
        schema = pa.schema(
            [pa.field("x", pa.list_(pa.int8()), metadata={"k": "v"}), pa.field("text", column.type)], {"a": "b"}
        )
        table = pa.table([[[1], None, [], [2, 3], [4]], column], schema=schema)
        Path("in").mkdir()
        pq.write_table(table, "in/a.parquet", row_group_size=2, compression="zstd")
        assert run("clean", "in", "out", "--record", "all", "-q").code == 0
        new = pq.ParquetFile("out/a.parquet")
        old = pq.ParquetFile("in/a.parquet")
        assert new.schema_arrow.equals(old.schema_arrow, check_metadata=True)
        assert new.read()["text"].to_pylist() == ["a b", None, "c", "a b", ""]
        assert new.read()["x"].to_pylist() == table["x"].to_pylist()
        assert new.metadata.num_row_groups == 3
        assert new.metadata.row_group(0).column(1).compression == "ZSTD"
        assert run("restore", "out", "back", "-q").code == 0
        assert same(Path("in/a.parquet"), Path("back/a.parquet"))

    def test_fix_writes_only_what_changes(self, run: Run) -> None:
        clean = write("in/a.parquet", parquet({"text": ["a", None]}))
        dirty = write("in/b.parquet", parquet({"text": ["a  b", None]}))
        before = clean.stat().st_ino, dirty.stat().st_ino
        assert run("fix", "in", "-q", "--exit-non-zero-on-fix").code == 1
        assert (clean.stat().st_ino == before[0], dirty.stat().st_ino == before[1]) == (True, False)


class TestMeta:
    def test_json_lines_get_a_member(self, run: Run) -> None:
        write("in/a.jsonl", '{"text": "a  b"}\r\n{"cleanr": 1, "text": "c"}\n{"text": null}\n')
        assert run("clean", "in", "out", "--meta", "--record", "all", "-q").code == 0
        first, second, third = Path("out/a.jsonl").read_bytes().splitlines()
        expected = {"removed_words": 0, "repairs": 1, "flags": [], "rules": ["spaces.runs"]}
        assert json.loads(first) == {"text": "a b", "cleanr": expected}
        assert json.loads(second)["cleanr"]["repairs"] == 0
        assert third == b'{"text": null}'
        assert run("restore", "out", "back", "-q").code == 0
        assert Path("back/a.jsonl").read_bytes() == Path("in/a.jsonl").read_bytes()

    def test_parquet_gets_a_column(self, run: Run) -> None:
        import pyarrow.parquet as pq

        write("in/a.parquet", parquet({"text": ["a  b", None]}))
        assert run("clean", "in", "out", "--meta", "--record", "all", "-q").code == 0
        rows = pq.read_table("out/a.parquet")["cleanr"].to_pylist()
        assert rows == [{"removed_words": 0, "repairs": 1, "flags": [], "rules": ["spaces.runs"]}, None]
        assert run("restore", "out", "back", "-q").code == 0
        assert same(Path("in/a.parquet"), Path("back/a.parquet"))


def test_encodings_are_guessed_only_if_asked(run: Run) -> None:
    write("in/a.txt", "Über den Fluß führt  eine Brücke, schön und alt.\n".encode("cp1252"))
    assert run("clean", "in", "out").code == 2
    done = run("clean", "in", "out", "--encoding", "detect")
    assert done.code == 0
    assert done.err.startswith("cleanr: in/a.txt: read as windows-1252, which was guessed")
    assert Path("out/a.txt").read_text("utf-8") == "Über den Fluß führt eine Brücke, schön und alt.\n"


def test_wet_is_packed_record_by_record(run: Run) -> None:
    pages = [warc("conversion", f"{n}  {PAGE}".encode()) for n in range(3)]
    write("in/a.warc.wet.gz", b"".join(map(gzip.compress, pages)))
    assert run("clean", "in", "out", "-q").code == 0
    data, starts = Path("out/a.warc.wet.gz").read_bytes(), 0
    import zlib

    while data:
        member = zlib.decompressobj(31)
        assert member.decompress(data).startswith(b"WARC/1.0\r\n")
        data, starts = member.unused_data, starts + 1
    assert starts == 3


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "a/b", "1/0"])
def test_a_shard_must_be_one(run: Run, shard: str) -> None:
    write("in/a.txt", "x")
    assert run("clean", "in", "out", "--shard", shard).err.startswith(f"cleanr: --shard {shard}: is not of the form")


def test_limits_are_those_of_the_configuration(run: Run) -> None:
    write("in/a.jsonl", '{"text": "' + "a " * 100 + '"}\n{"text": "b"}\n')
    write("cleanr.toml", "max-document = 100\n")
    assert "in/a.jsonl:1: longer than 100 bytes" in run("clean", "in", "out").err
    assert run("clean", "in", "out", "--max-document", "1000").code == 0
    assert Limits().document == 16 << 20


class TestVerify:
    def test_all_that_is_wrong_is_named(self, run: Run) -> None:
        for name in ("a", "b", "c", "d"):
            write(f"in/{name}.txt", PAGE)
        run("clean", "in", "out", "--record", "all")
        assert run("verify", "out").err == "4 verified, 0 failed\n"
        write("out/a.txt", "x")
        Path("out/b.txt").unlink()
        write("out/e.txt", "x")
        write("out/.cleanr/record/c.txt.undo.zst", "x")
        marker = Path("out/.cleanr/done/d.txt.json")
        marker.write_bytes(marker.read_bytes().replace(b"changed", b"chanced"))
        done = run("verify", "out")
        assert (done.code, sorted(done.err.splitlines())) == (
            2,
            [
                "0 verified, 6 failed",
                "cleanr: out/.cleanr/done/d.txt.json: a damaged marker",
                "cleanr: out/.cleanr/record/c.txt.undo.zst: is not as it was written",
                "cleanr: out/a.txt: is not as it was written",
                "cleanr: out/b.txt: is not there any more",
                "cleanr: out/d.txt: has no marker: it was not finished, or did not come from cleanr clean",
                "cleanr: out/e.txt: has no marker: it was not finished, or did not come from cleanr clean",
            ],
        )

    def test_what_has_no_markers_is_none(self, run: Run) -> None:
        write("in/a.txt", PAGE)
        assert (run("verify", "in").code, run("verify", "nowhere").code) == (2, 2)
