"""Documents in and out: bytes kept, bad records apart, files whole or not at all, trees in order."""

import io
import json
import os
import secrets
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanr.records import Bad, Format, Record, RefusedError, format_of, jsonl, text
from cleanr.records.atomic import Draft
from cleanr.records.parallel import Died, in_order
from cleanr.records.reading import read
from cleanr.records.source import Source, decode, opened
from cleanr.records.walk import find


def source(data: bytes, encoding: str | None = None) -> Source:
    return opened(io.BytesIO(data), encoding)


def records(data: bytes, key: str = "text", encoding: str | None = None) -> list[Record | Bad]:
    return list(read(Format("jsonl"), source(data, encoding), key))


def replaced(data: bytes, key: str = "text", new: str = "NEW") -> bytes:
    """All texts of a JSONL file replaced."""
    found = records(data, key)
    return b"".join(
        jsonl.render(each, new) if isinstance(each, Record) and each.text is not None else each.raw for each in found
    )


PIECES = (
    '"text"', '"a"', '":"', ": ", ":", ",", "{", "}", "[", "]", '"', "\\", "\\u0041", "1", "1.5e3", "-", "null", "true",
    " ", "\t", '""', '"\\""', "\ud800", '{"text": "a"}', ', "text": "b"', "é", "NaN", "0", ".",
)  # fmt: skip


class TestJsonl:
    @pytest.mark.parametrize(
        "line",
        [
            pytest.param(b'{"text":"OLD"}', id="plain"),
            pytest.param(b'{"n": 1.10, "text": "OLD"}', id="1.10"),
            pytest.param(b'{"n":123456789012345678901234567890,"text":"OLD"}', id="30 digits"),
            pytest.param(b'{"n":' + b"9" * 5000 + b',"text":"OLD"}', id="5000 digits"),
            pytest.param(b'{"z":1e400,"text":"OLD","a":-0}', id="order"),
            pytest.param(b' {\t"text" :  "OLD" , "b":[ ] }  ', id="white space"),
            pytest.param(b'{"b":"\\u00e9\\/","text":"OLD"}', id="escapes of others"),
            pytest.param(b'{"te\\u0078t":"OLD"}', id="escaped key"),
            pytest.param(b'{"text":"a","text":"OLD"}', id="the last of two keys"),
            pytest.param(b'{"x":{"text":"a"},"text":"OLD"}', id="an inner key is another"),
            pytest.param(b'{"x":"{\\"text\\":1}","text":"OLD"}', id="JSON in a string"),
            pytest.param(b'{"text":null,"a":1}', id="null"),
            pytest.param(b'{"text":"OLD"}\r\n{"text":"OLD"}\r\n', id="CRLF"),
            pytest.param(b'\n{"text":"OLD"}\n  \n{"text":"OLD"}', id="blank lines, no last line end"),
            pytest.param(b'\xef\xbb\xbf{"text":"OLD"}\n', id="byte order mark"),
            pytest.param(b'{"x":"\x01\t\x00","text":"OLD"}', id="raw controls"),
            pytest.param(b'{"x":"\xe2\x80\xa8\x0c\x1e","text":"OLD"}\n', id="U+2028 is no line end"),
        ],
    )
    def test_only_the_text_changes(self, line: bytes) -> None:
        assert replaced(line.replace(b"OLD", b"a  b")) == line.replace(b"OLD", b"NEW")

    def test_a_dotted_key_leads_into_objects(self) -> None:
        line = b'{"a":{"b":{"text":"OLD"},"text":"a"},"text":"a"}'
        assert replaced(line, "a.b.text") == line.replace(b"OLD", b"NEW")

    @pytest.mark.parametrize(
        ("line", "new", "expected"),
        [
            pytest.param(rb'{"text":"caf\u00e9"}', "cafés", rb'{"text":"caf\u00e9s"}', id="escaped stays escaped"),
            pytest.param('{"text":"café"}'.encode(), "cafés", '{"text":"cafés"}'.encode(), id="raw stays raw"),
            pytest.param(b'{"text":"a"}', "é", '{"text":"é"}'.encode(), id="ASCII without escapes"),
            pytest.param(rb'{"text":"C:\\users"}', "é", '{"text":"é"}'.encode(), id="a backslash is no escape"),
            pytest.param('{"text":"é"}'.encode(), "é\ud800", rb'{"text":"\u00e9\ud800"}', id="lone surrogate"),
        ],
    )
    def test_escapes_keep_their_style(self, line: bytes, new: str, expected: bytes) -> None:
        assert replaced(line, new=new) == expected

    @given(
        st.dictionaries(
            st.text(max_size=5), st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5)
        ),
        st.text(),
        st.text(),
        st.booleans(),
    )
    def test_what_json_reads_differs_only_in_the_text(
        self, others: dict[str, object], old: str, new: str, ascii_only: bool
    ) -> None:
        line = json.dumps(others | {"text": old}, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return
        assert json.loads(replaced(line, new=new)) == others | {"text": new}
        assert replaced(line, new=old) == line

    @given(
        st.lists(
            st.sampled_from(PIECES),
            max_size=12,
        ),
        st.binary(max_size=2),
    )
    def test_the_fast_way_is_the_slow_way(self, parts: list[str], rest: bytes) -> None:
        for line in ("".join(parts), '{"text": "' + "".join(parts) + '"}', '{"text": "x", ' + "".join(parts) + "}"):
            raw = line.encode("utf-8", "surrogatepass") + rest
            fast = jsonl._fast(1, raw, ["text"])
            assert fast is None or fast == jsonl._record(1, raw, ["text"])

    @pytest.mark.parametrize(
        ("line", "cause"),
        [
            pytest.param(b'{"text": "a"', "not valid JSON: Expecting ',' delimiter at column 13", id="cut"),
            pytest.param(b'{"text": "a"} x', "not valid JSON: Extra data at column 15", id="more behind"),
            pytest.param(b'{"a": 1}', "no text: it has no 'text'", id="missing key"),
            pytest.param(b'{"text": 3}', "'text' is not a string", id="number"),
            pytest.param(b'{"text": ["a"]}', "'text' is not a string", id="list"),
            pytest.param(b"[1]", "not a JSON object", id="list line"),
            pytest.param(b'{"text":"\xe9"}', "not UTF-8: byte 0xe9 at offset 9 of the line", id="bytes"),
            pytest.param(b'{"a":' + b"[" * 100_000 + b'],"text":""}', "nested too deep", id="deep"),
            pytest.param(b"{'text': 'a'}", "not valid JSON: Expecting property name", id="Python"),
            pytest.param(b'{"text" "a"}', "not valid JSON: Expecting ':' delimiter", id="colon"),
        ],
    )
    def test_a_bad_line_is_named_and_the_others_live(self, line: bytes, cause: str) -> None:
        first, bad, last = records(b'{"text":"a"}\n' + line + b'\n{"text":"b"}\n')
        assert isinstance(first, Record)
        assert isinstance(last, Record)
        assert (first.text, last.text) == ("a", "b")
        assert isinstance(bad, Bad)
        assert (bad.line, bad.raw) == (2, line + b"\n")
        assert bad.cause.startswith(cause)

    def test_a_dotted_key_through_no_object_is_missing(self) -> None:
        _, bad = records(b'{"a":{"text":"x"}}\n{"a":"text"}\n', "a.text")
        assert isinstance(bad, Bad)
        assert bad.cause == "no text: it has no 'a.text'"

    @pytest.mark.parametrize("data", [b"plain text\n", b"\n[1]\n", b'"a"\n', b"\xe9\n", b'{"text": \n'])
    def test_a_file_that_does_not_begin_with_an_object_is_refused(self, data: bytes) -> None:
        with pytest.raises(RefusedError, match=r"not JSONL: line [12]: "):
            records(data)

    def test_a_first_object_without_text_is_only_a_bad_record(self) -> None:
        bad, good = records(b'{"a": 1}\n{"text": "b"}\n')
        assert isinstance(bad, Bad)
        assert isinstance(good, Record)

    @pytest.mark.parametrize(
        ("data", "key", "says"),
        [
            (
                b'{"id": "1", "n": 2}\n{"doc": {"body": "b"}}\n',
                "text",
                "under 'text'; keys of strings there: id, doc.body;",
            ),
            (b'{"text": 3}\n\nbad\n', "text", "keys of strings there: none;"),
            (b'{"a": "b"}\n', "a.b", "under 'a.b'; keys of strings there: a;"),
            (b'{"' + b"k" * 100 + b'": "b"}\n', "text", f"there: {'k' * 60};"),
            ("".join(f'{{"k{n}": ""}}\n' for n in range(500)).encode(), "text", "k10, k11, …;"),
        ],
        ids=["missing", "no string", "nested", "long", "many"],
    )
    def test_a_file_without_the_key_is_refused(self, data: bytes, key: str, says: str) -> None:
        with pytest.raises(RefusedError) as caught:
            records(data, key)
        assert str(caught.value).startswith(f"no record has a text under {key!r}; ")
        assert says in str(caught.value)

    def test_null_is_a_text_that_is_not_there(self) -> None:
        assert len(records(b'{"text": null}\n{"a": "b"}\n')) == 2

    def test_utf16_is_written_as_utf8(self) -> None:
        data = '{"text":"é"}\n'.encode("utf-16")
        assert replaced(data, new="à") == '{"text":"à"}\n'.encode()


class TestText:
    @pytest.mark.parametrize(
        "data", [b"", b"a\r\nb\rc\n\n", "é\u2028\x85".encode(), b"\xef\xbb\xbfa", b"a\x00b"], ids=repr
    )
    def test_bytes_come_back(self, data: bytes) -> None:
        (record,) = read(Format("text"), source(data), "")
        assert isinstance(record, Record)
        assert record.text is not None
        assert text.render(record, record.text) == data

    @pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
    def test_a_byte_order_mark_is_honoured(self, name: str) -> None:
        data = ("\ufeff" + "é\r\n漢").encode(name)
        assert decode(data) == "é\r\n漢"
        assert source(data).read() == "é\r\n漢".encode()

    def test_a_declared_encoding_holds(self) -> None:
        assert decode(b"caf\xe9", "latin-1") == "café"

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            *((("\ufeff" + "é\r\n漢\n").encode(name), None) for name in ("utf-16-le", "utf-16-be", "utf-32-be")),
            ("\ufeffé\n".encode("utf-16-be"), "utf-16"),
            ("é\n".encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be"), "utf-16"),
            ("é\n".encode(), "utf-8-sig"),
            ("\ufeffé\n".encode(), "utf-8-sig"),
            ("\ufeffé\n".encode(), None),
            ("\ufeffé\n".encode("utf-16-le"), "utf-16-le"),
            ("é\n".encode("latin-1"), "latin-1"),
            ("漢\n字\n".encode("iso-2022-jp"), "iso-2022-jp"),
            (b"", None),
            (b"", "utf-16"),
            (b"\xff\xfe", None),
        ],
        ids=repr,
    )
    def test_an_encoding_goes_back(self, data: bytes, name: str | None) -> None:
        came = source(data, name)
        assert b"".join(came.back([came.read()])) == data
        assert source(data, name).recoded == (source(data, name).read() != data)

    def test_a_character_that_an_encoding_lacks_is_named(self) -> None:
        with pytest.raises(RefusedError, match="latin-1 cannot write '…', which is in the clean text"):
            list(source(b"a", "latin-1").back(["…".encode()]))

    def test_a_lone_surrogate_is_no_text(self) -> None:
        with pytest.raises(RefusedError, match="a lone surrogate at character 1"):
            source(rb"a\ud800", "unicode-escape")

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            pytest.param(b"abc\xff", "not UTF-8: byte 0xff at offset 3;", id="byte"),
            pytest.param("é".encode("utf-16") + b"a", "not UTF-16: byte 0x61 at offset 4;", id="half a character"),
            pytest.param("\ud800".encode("utf-8", "surrogatepass"), "offset 0", id="surrogate in UTF-8"),
        ],
    )
    def test_what_is_no_text_is_refused_with_its_place(self, data: bytes, says: str) -> None:
        with pytest.raises(RefusedError) as caught:
            decode(data)
        assert says in str(caught.value)

    def test_the_suffix_tells_the_format(self) -> None:
        names = ["a.txt", "A.TXT", "a.md", "a.markdown", "a.jsonl", "a.ndjson", "a.rst", "txt", ".txt"]
        plain, markdown, jsonl = Format("text"), Format("text", "markdown"), Format("jsonl")
        assert [*map(format_of, names)] == [plain, plain, markdown, markdown, jsonl, jsonl, None, None, None]
        names = ["a.txt.gz", "A.JSONL.ZST", "a.warc.wet.gz", "a.wet", "a.parquet", "a.parquet.gz", "a.gz", ".txt.gz"]
        wet = Format("wet", packing="gz")
        assert [*map(format_of, names)] == [
            plain._replace(packing="gz"), jsonl._replace(packing="zst"), wet, Format("wet"), Format("parquet"),
            None, None, None,
        ]  # fmt: skip


def write_draft(path: Path) -> None:
    with Draft(path) as draft:
        draft.write(b"new")
        draft.commit()


class TestDraft:
    def test_the_mode_is_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"old")
        path.chmod(0o640)
        write_draft(path)
        assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
        assert os.listdir(tmp_path) == ["a.txt"]

    @pytest.mark.parametrize("size", [1, 3 << 20], ids=["in memory", "on disk"])
    @pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
    def test_an_error_leaves_the_old_file_and_nothing_else(
        self, tmp_path: Path, size: int, error: type[BaseException]
    ) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"old")

        def write() -> None:
            with Draft(path) as draft:
                draft.write(b"x" * size)
                assert len(os.listdir(tmp_path)) == 1 + (size > 1)
                raise error

        with pytest.raises(error):
            write()
        assert os.listdir(tmp_path) == ["a.txt"]
        assert path.read_bytes() == b"old"

    def test_an_interrupt_as_the_draft_comes_to_be_leaves_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        create = os.open

        def interrupted(path: Path, *how: int) -> int:
            os.close(create(path, *how))
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "open", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_draft(tmp_path / "a.txt")
        assert os.listdir(tmp_path) == []

    def test_a_name_that_is_taken_is_somebody_elses(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        names = iter(["taken", "taken", "free"])
        monkeypatch.setattr(secrets, "token_hex", lambda size: next(names))
        with Draft(tmp_path / "a.txt") as other:
            other.write(b"x" * (3 << 20))
            write_draft(tmp_path / "a.txt")
            assert os.listdir(tmp_path) != ["a.txt"]
        assert os.listdir(tmp_path) == ["a.txt"]

    def test_a_failing_rename_leaves_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        (path / "full").mkdir(parents=True)  # a directory stands where the file should go
        with pytest.raises(OSError, match="directory"):
            write_draft(path)
        assert os.listdir(tmp_path) == ["a.txt"]

    def test_a_link_is_not_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "real.txt").write_bytes(b"old")
        (tmp_path / "link.txt").symlink_to("real.txt")
        with pytest.raises(OSError, match="symbolic link"):
            write_draft(tmp_path / "link.txt")
        assert (tmp_path / "link.txt").is_symlink()
        assert sorted(os.listdir(tmp_path)) == ["link.txt", "real.txt"]

    def test_in_place_what_is_write_protected_or_has_other_names_stays(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"old")
        for mode, name, says in ((0o444, "a.txt", "is write-protected"), (0o644, "b.txt", r"has 2 names \(hard")):
            path.chmod(mode)
            if name != path.name:
                os.link(path, tmp_path / name)
            with Draft(path) as draft:
                draft.write(b"new")
                with pytest.raises(OSError, match=says):
                    draft.commit(in_place=True)
            assert path.read_bytes() == b"old"
        write_draft(path)
        assert (path.read_bytes(), (tmp_path / "b.txt").read_bytes()) == (b"new", b"old")

    def test_a_long_name_has_a_draft_too(self, tmp_path: Path) -> None:
        path = tmp_path / ("漢" * 80 + ".txt")
        write_draft(path)
        assert path.read_bytes() == b"new"


class TestWalk:
    def tree(self, root: Path, *names: str) -> None:
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("a", encoding="utf-8")

    def names(self, root: Path, *paths: Path, links: bool = True) -> list[str]:
        found = find(paths or (root,), lambda path, base: False, links=links)
        return [file.path.relative_to(root).as_posix() for file in found.files]

    def test_known_suffixes_in_order(self, tmp_path: Path) -> None:
        self.tree(tmp_path, "b.txt", "a/z.md", "a/y.jsonl", "c.png", "Z.txt", ".git/a.txt", ".cleanr/a.txt", "noext")
        assert self.names(tmp_path) == ["Z.txt", "a/y.jsonl", "a/z.md", "b.txt"]
        assert find([tmp_path], lambda path, base: False).ignored == 2

    def test_gitignore_nested_and_negated(self, tmp_path: Path) -> None:
        self.tree(tmp_path, "a.txt", "b.txt", "d/a.txt", "d/b.txt", "d/c.txt", "d/e/b.txt", "out/x.txt")
        (tmp_path / ".gitignore").write_text("b.txt\nout/\n# c.txt\n", encoding="utf-8")
        (tmp_path / "d" / ".gitignore").write_text("!b.txt\n/c.txt\n", encoding="utf-8")
        assert self.names(tmp_path) == ["a.txt", "d/a.txt", "d/b.txt", "d/e/b.txt"]

    def test_gitignore_above_counts_up_to_the_repository(self, tmp_path: Path) -> None:
        self.tree(tmp_path, "repo/sub/a.txt", "repo/sub/b.txt", "repo/sub/c.txt")
        (tmp_path / ".gitignore").write_text("c.txt\n", encoding="utf-8")
        (tmp_path / "repo" / ".gitignore").write_text("b.txt\n", encoding="utf-8")
        assert len(self.names(tmp_path, tmp_path / "repo" / "sub")) == 3, "no repository, no rules from above"
        (tmp_path / "repo" / ".git").mkdir()
        assert self.names(tmp_path, tmp_path / "repo" / "sub") == ["repo/sub/a.txt", "repo/sub/c.txt"]

    def test_a_tree_that_is_named_is_taken_though_ignored(self, tmp_path: Path) -> None:
        self.tree(tmp_path, "data/raw/a.txt", "data/raw/b.txt")
        (tmp_path / ".git").mkdir()
        (tmp_path / ".gitignore").write_text("data/\n", encoding="utf-8")
        assert self.names(tmp_path) == []
        assert self.names(tmp_path, tmp_path / "data" / "raw") == ["data/raw/a.txt", "data/raw/b.txt"]

    def test_a_file_that_is_named_is_taken_once(self, tmp_path: Path) -> None:
        self.tree(tmp_path, "a.txt", "b.txt", "in/c.txt")
        (tmp_path / ".gitignore").write_text("*\n", encoding="utf-8")
        b, tree = tmp_path / "b.txt", tmp_path / "in"
        (tmp_path / "link").symlink_to("in")
        again = [tmp_path / "in" / ".." / "b.txt", tree / "c.txt", tmp_path / "link"]
        assert self.names(tmp_path, tmp_path / "a.txt", b, tmp_path, b, tree, *again) == ["a.txt", "b.txt", "in/c.txt"]

    def test_two_names_of_one_file_are_two(self, tmp_path: Path) -> None:
        self.tree(tmp_path, "a.txt")
        os.link(tmp_path / "a.txt", tmp_path / "b.txt")
        assert self.names(tmp_path) == ["a.txt", "b.txt"]

    @pytest.mark.parametrize("name", ["a.rst", "a.json", "README", "a.txt~"])
    def test_a_named_file_of_no_format_is_refused(self, tmp_path: Path, name: str) -> None:
        self.tree(tmp_path, name)
        found = find([tmp_path / name], lambda path, base: False)
        assert found.files == []
        assert "no format that cleanr reads: .txt, .md, .markdown, .jsonl, .ndjson, .wet, .parquet," in found.refused[0]

    def test_exclusion_can_be_forced(self, tmp_path: Path) -> None:
        self.tree(tmp_path, "a.txt", "b.rst", "c.txt")
        paths = [tmp_path / name for name in ("a.txt", "b.rst", "c.txt", "d.txt")]

        def excluded(path: Path, root: Path) -> bool:
            return path.name != "c.txt"

        found = find(paths, excluded, force_exclude=True)
        assert ([file.path for file in found.files], found.ignored, found.refused) == ([paths[2]], 3, [])
        assert len(find(paths[:1], excluded).files) == 1

    def test_links_are_passed_over_and_counted(self, tmp_path: Path) -> None:
        self.tree(tmp_path, "out/secret.txt", "in/a.txt")
        (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "out" / "secret.txt")
        (tmp_path / "in" / "dir").symlink_to(tmp_path / "out")
        assert self.names(tmp_path, tmp_path / "in") == ["in/a.txt"]
        assert find([tmp_path / "in"], lambda path, base: False).ignored == 2
        refused = find([tmp_path / "in" / "link.txt"], lambda path, base: False, links=False)
        assert refused.files == []
        assert "symbolic link" in refused.refused[0]

    def test_what_is_no_file_is_not_opened(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        os.mkfifo(path)
        assert self.names(tmp_path) == []
        assert find([path, Path("/dev/null")], lambda path, base: False).refused == [
            f"{path}: is not a regular file",
            "/dev/null: is not a regular file",
        ]

    def test_what_is_not_there_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "gone.txt").symlink_to("nowhere")
        found = find([tmp_path / "no.txt", tmp_path / "gone.txt"], lambda path, base: False)
        assert found.refused == [f"{tmp_path / name}: No such file or directory" for name in ("no.txt", "gone.txt")]


def double(n: int) -> int:
    return 2 * n


def die_at_five(n: int) -> int:
    if n == 5:
        os._exit(9)
    return n


def raise_at_five(n: int) -> int:
    if n == 5:
        raise ValueError(n)
    return n


class TestParallel:
    @pytest.mark.parametrize("jobs", [1, 2, 3])
    def test_results_come_in_order(self, jobs: int) -> None:
        assert list(in_order(double, range(50), jobs)) == [2 * n for n in range(50)]

    def test_a_worker_that_dies_costs_its_own_item(self) -> None:
        expected = [*range(5), Died(), *range(6, 30)]
        assert list(in_order(die_at_five, range(30), 2)) == expected

    def test_an_exception_is_raised_here(self) -> None:
        with pytest.raises(ValueError, match="5"):
            list(in_order(raise_at_five, range(30), 2))

    def test_stopping_early_waits_for_nothing(self) -> None:
        results = in_order(double, range(10**9), 2)
        assert next(results) == 0
        results.close()
