"""`datasets.map`: the same texts, and no result that is older than cleanr or its settings."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import corpora
import datasets
import pytest
from datasets.fingerprint import Hasher

import cleanr
from cleanr import Cleaner
from cleanr.adapters.hf import Clean

FILTER = '''"""Signs."""
from cleanr.edits import Edit
RULES = {"own.rule": "A sign goes."}
SCOPE = "line"
def find(text):
    return [Edit(n, n + 1, "", "own.rule") for n, char in enumerate(text.raw) if char == "%s"]
'''
PACK = 'language = "en"\n[friends]\nabout = "Friends."\nphrases = ["%s"]\n'


@pytest.mark.parametrize("form", ["json", "parquet"])
@pytest.mark.parametrize("workers", [None, 2])
def test_all_documents(form: str, workers: int | None, tmp_path: Path) -> None:
    paths = (corpora.jsonl if form == "json" else corpora.parquet)(tmp_path)
    loaded = datasets.load_dataset(form, data_files=list(map(str, paths)), split="train", cache_dir=str(tmp_path / "c"))
    done = loaded.map(Clean(corpora.cleaner()), batched=True, batch_size=300, num_proc=workers)
    assert done.column_names == ["id", "text", "tags", "cleanr_error"]
    corpora.check(list(done), none="")


def test_a_stream(tmp_path: Path) -> None:
    paths = corpora.jsonl(tmp_path)
    stream = datasets.load_dataset("json", data_files=str(paths[0]), split="train", streaming=True)
    done = list(stream.map(Clean(), batched=True).take(50))
    assert [row["text"] for row in done] == list(corpora.wanted()[:50])


def test_nulls_and_other_columns() -> None:
    data = datasets.Dataset.from_dict({"body": ["“a”  b", None], "text": ["“", "”"]})
    done = data.map(Clean(column="body", error="why"), batched=True)
    assert done.to_dict() == {"body": ['"a" b', None], "text": ["“", "”"], "why": ["", ""]}


def test_a_second_run_finds_the_first(tmp_path: Path) -> None:
    """The cache answers: nothing is cleaned again."""
    data = datasets.load_dataset("json", data_files=str(corpora.jsonl(tmp_path)[0]), split="train")
    first = data.map(Clean(), batched=True)
    again = data.map(Clean(), batched=True)
    other = data.map(Clean(Cleaner("repair")), batched=True)
    assert first.cache_files == again.cache_files
    assert first._fingerprint == again._fingerprint != other._fingerprint
    assert first.cache_files != other.cache_files


def test_the_pickle_is_the_function() -> None:
    import pickle

    again = pickle.loads(pickle.dumps(Clean(Cleaner("repair"), column="body", kind="markdown")))
    assert again({"body": ["“a”  b"]}) == {"body": ["“a” b"], "cleanr_error": [""]}
    assert Hasher.hash(again) == Hasher.hash(Clean(Cleaner("repair"), column="body", kind="markdown"))


SETTINGS: list[Callable[[], Clean]] = [
    lambda: Clean(),
    lambda: Clean(column="body"),
    lambda: Clean(error="why"),
    lambda: Clean(language="de"),
    lambda: Clean(kind="markdown"),
    lambda: Clean(Cleaner("repair")),
    lambda: Clean(Cleaner("strict")),
    lambda: Clean(Cleaner(filters=["quotes"])),
    lambda: Clean(Cleaner(select=["quotes"])),
    lambda: Clean(Cleaner(ignore=["quotes"])),
    lambda: Clean(Cleaner(options={"quotes": {"style": "keep"}})),
    lambda: Clean(Cleaner(safety="certain")),
    lambda: Clean(Cleaner(max_removed=0.5)),
    lambda: Clean(corpora.cleaner()),
]


def test_every_setting_has_a_fingerprint_of_its_own() -> None:
    hashes = [Hasher.hash(make()) for make in SETTINGS]
    assert len(set(hashes)) == len(SETTINGS)
    assert hashes == [Hasher.hash(make()) for make in SETTINGS]


def test_another_version_has_another_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Hasher.hash(Clean())
    monkeypatch.setattr(cleanr, "__version__", "0.0.9")
    assert Hasher.hash(Clean()) != before


def test_a_filter_that_was_edited_has_another_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "own.py").write_text(FILTER % "!", "utf-8")
    own = _imported("own")
    before = Hasher.hash(Clean(Cleaner(filters=[own])))
    assert before == Hasher.hash(Clean(Cleaner(filters=[own])))
    (tmp_path / "own.py").write_text(FILTER % "?", "utf-8")
    assert Hasher.hash(Clean(Cleaner(filters=[own]))) != before


def test_a_pack_that_was_edited_has_another_fingerprint(tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(PACK % "pass it on to friends", "utf-8")
    hashes = [Hasher.hash(Clean(Cleaner(packs=[str(pack)]))) for _ in range(2)]
    pack.write_text(PACK % "hand it on to friends", "utf-8")
    assert hashes[0] == hashes[1] != Hasher.hash(Clean(Cleaner(packs=[str(pack)])))


def _imported(name: str) -> ModuleType:
    import importlib

    module: Any = importlib.import_module(name)
    assert isinstance(module, ModuleType)
    return module
