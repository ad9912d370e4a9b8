"""A sample of many documents: the same ones each time, spread over all, and little is read for it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from bad_inputs import parquet

from cleanr.records import sample as module
from cleanr.records.sample import Sampled, sample
from cleanr.records.walk import File, find


def text(directory: Path, name: str, words: str = "one two") -> File:
    path = directory / name
    path.write_text(words, "utf-8")
    return File(path, path.stat().st_size, directory)


def shard(directory: Path, name: str, lines: int, words: str = "one two") -> File:
    return text(directory, name, "".join(json.dumps({"text": f"{words} {n}"}) + "\n" for n in range(lines)))


def numbers(documents: list[Sampled]) -> list[int]:
    return [document.line for document in documents]


class TestTexts:
    def test_few_are_all_taken(self, tmp_path: Path) -> None:
        files = [text(tmp_path, f"{n}.txt") for n in range(5)]
        chosen = sample(files, 9)
        assert [each.path.name for each in chosen.read()] == [f"{n}.txt" for n in range(5)]
        assert chosen.documents == 5

    def test_of_many_so_many_are_taken(self, tmp_path: Path) -> None:
        assert len(list(sample([text(tmp_path, f"{n}.txt") for n in range(50)], 9).read())) == 9

    def test_they_are_the_same_each_time_and_everywhere(self, tmp_path: Path) -> None:
        chosen = []
        for place in ("a", "b"):
            directory = tmp_path / place
            directory.mkdir()
            files = [text(directory, f"{n}.txt") for n in range(50)]
            chosen.append([each.path.name for each in sample(files[:: -1 if place == "b" else 1], 9).read()])
        assert chosen[0] == chosen[1]

    def test_they_are_not_the_first(self, tmp_path: Path) -> None:
        files = [text(tmp_path, f"{n:02}.txt") for n in range(50)]
        assert max(int(each.path.stem) for each in sample(files, 9).read()) > 20

    def test_one_that_is_too_long_is_passed_over(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "LONGEST", 10)
        files = [text(tmp_path, "a.txt", "x" * 11), text(tmp_path, "b.txt")]
        assert [each.path.name for each in sample(files, 9).read()] == ["b.txt"]


class TestShards:
    def test_of_a_small_one_all_is_taken(self, tmp_path: Path) -> None:
        assert numbers(list(sample([shard(tmp_path, "a.jsonl", 5)], 5).read())) == [1, 2, 3, 4, 5]

    def test_of_a_large_one_lines_from_everywhere_are_taken(self, tmp_path: Path) -> None:
        found = list(sample([shard(tmp_path, "a.jsonl", 1000)], 10).read())
        assert len(found) == 10
        assert numbers(found)[0] < 100
        assert numbers(found)[-1] > 900

    def test_lines_are_whole_and_numbered(self, tmp_path: Path) -> None:
        for each in sample([shard(tmp_path, "a.jsonl", 1000)], 50).read():
            assert json.loads(each.raw) == {"text": f"one two {each.line - 1}"}

    def test_no_line_is_taken_twice(self, tmp_path: Path) -> None:
        file = text(
            tmp_path, "a.jsonl", '{"text": "x"}\n' + '{"text": "' + "y" * 9000 + '"}\n' + '{"text": "z"}\n' * 50
        )
        found = numbers(list(sample([file], 40).read()))
        assert len(found) == len(set(found))

    def test_about_how_many_there_are(self, tmp_path: Path) -> None:
        files = [shard(tmp_path, "a.jsonl", 9000), shard(tmp_path, "b.jsonl", 9000, "one")]
        chosen = sample(files, 10)
        assert chosen.about([len(each.raw) for each in chosen.read()]) == pytest.approx(18_000, rel=0.1)

    def test_the_first_lines_do_not_mislead(self, tmp_path: Path) -> None:
        short, long = json.dumps({"text": "a"}) + "\n", json.dumps({"text": "b" * 3_000}) + "\n"
        chosen = sample([text(tmp_path, "a.jsonl", short * 5_000 + long * 5_000)], 200)
        assert chosen.about([len(each.raw) for each in chosen.read()]) == pytest.approx(10_000, rel=0.7)

    def test_blank_lines_are_none(self, tmp_path: Path) -> None:
        file = text(tmp_path, "a.jsonl", '\n\n{"text": "x"}\n\n')
        assert numbers(list(sample([file], 40).read())) == [3]

    def test_little_is_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "NUMBERED", 0)
        file = shard(tmp_path, "a.jsonl", 200_000)
        read = 0

        class Counting:
            def __init__(self, stream: Any) -> None:
                self.stream = stream

            def __getattr__(self, name: str) -> Any:
                def call(*arguments: Any) -> Any:
                    nonlocal read
                    result = getattr(self.stream, name)(*arguments)
                    read += len(result) if isinstance(result, bytes) else 0
                    return result

                return call

        with open(file.path, "rb") as stream:
            chosen = sample([file], 20)
            found = list(module._lines(file.path, Counting(stream), chosen.shards[0][1] or ()))  # type: ignore[arg-type]
        assert len(found) == 20
        assert read < 5_000 < file.size

    def test_where_a_line_is_not_numbered_its_place_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "NUMBERED", 0)
        file = shard(tmp_path, "a.jsonl", 1000)
        last = list(sample([file], 10).read())[-1]
        assert last.where == f"{file.path} at byte {last.offset}"

    def test_a_shard_in_utf16_is_read_as_a_whole(self, tmp_path: Path) -> None:
        file = shard(tmp_path, "a.jsonl", 5)
        file.path.write_bytes(file.path.read_text().encode("utf-16"))
        assert [each.raw for each in sample([file], 2).read()] == [file.path.read_bytes()]


class TestBoth:
    def test_each_kind_by_its_share(self, tmp_path: Path) -> None:
        files = [text(tmp_path, f"{n}.txt") for n in range(100)] + [shard(tmp_path, "a.jsonl", 300)]
        found = list(sample(files, 40).read())
        assert len([each for each in found if each.line == 0]) == pytest.approx(10, abs=2)
        assert len(found) == pytest.approx(40, abs=2)

    def test_nothing_of_nothing(self, tmp_path: Path) -> None:
        assert list(sample([], 9).read()) == []
        assert list(sample([text(tmp_path, "a.jsonl", "")], 9).read()) == []


def test_what_is_packed_is_read_from_its_beginning(tmp_path: Path) -> None:
    rows = b"".join(b'{"body": "document %d"}\n' % n for n in range(50))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"text"))
    table = parquet({"body": ["one", None, "two"]})
    (tmp_path / "c.parquet").write_bytes(table)
    chosen = sample(find([tmp_path], lambda path, root: False).files, 12)
    found = [(each.path.name, each.raw, each.line) for each in chosen.read("body")]
    assert found == [
        *(("a.jsonl.gz", b'{"body": "document %d"}\n' % n, n + 1) for n in range(4)),
        ("b.txt.gz", b"text", 0),
        ("c.parquet", b"one", 1),
        ("c.parquet", b"two", 3),
    ]
