"""What the documentation says is so: examples run, lists are complete, and the example filter keeps the laws."""

import doctest
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import filters_doc
import pytest
from corpus import ROOT, read
from hypothesis import given, settings
from strategies import texts
from test_laws import TRAPS, check_cleaned, check_edits, check_guard

import cleanr
from cleanr import Cleaner, filters
from cleanr.cleaner import PRESETS
from cleanr.filters import CHAIN
from cleanr.text import Text

README = read(ROOT / "README.md")
CONTRIBUTING = read(ROOT / "CONTRIBUTING.md")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def blocks(page: str, kind: str) -> list[str]:
    """The fenced blocks of a kind, as in ```` ```python ````."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def marked(name: str) -> str:
    """The block of the README behind a comment."""
    match = re.search(rf"^<!-- {re.escape(name)} -->\n```text\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert match, name
    return match[1]


def test_the_page_about_filters_is_up_to_date() -> None:
    """``make docs`` writes it."""
    assert read(filters_doc.PAGE) == filters_doc.render()


def test_before_and_after_are_true() -> None:
    before = marked("before")
    assert cleanr.clean(before) == marked("after")
    keep = Cleaner(options={"quotes": {"style": "keep"}})
    assert keep.clean(before) == marked("after: keep")


def test_the_examples_of_the_readme_run() -> None:
    source = "\n".join(blocks(README, "python"))
    test = doctest.DocTestParser().get_doctest(source, {}, "README.md", None, None)
    assert len(test.examples) >= 5
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_configuration_of_the_readme_is_valid(tmp_path: Path) -> None:
    (tmp_path / "cleanr.toml").write_text(blocks(README, "toml")[0], "utf-8")
    config = cleanr.load_config(tmp_path / "cleanr.toml")
    assert config.cleaner().clean("“Yes”") == "“Yes”"
    assert config.cleaner(str(tmp_path / "a.md")).chain[-1].name == PRESETS["repair"].filters[-1]


@pytest.mark.parametrize("name", [*CHAIN, *PRESETS])
def test_the_readme_names(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(page)):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("target", re.findall(r"(?:`|^)make ([a-z-]+)", f"{README}{CONTRIBUTING}", re.MULTILINE))
def test_make_can_make(target: str) -> None:
    assert re.search(rf"^{target}:", read(ROOT / "Makefile"), re.MULTILINE)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The filter of CONTRIBUTING, as a module."""
    name = re.search(r"`src/cleanr/filters/(\w+)\.py`:", CONTRIBUTING)
    assert name
    directory = tmp_path_factory.mktemp("contributed")
    (directory / f"{name[1]}.py").write_text(blocks(CONTRIBUTING, "python")[0], "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(directory)
        yield importlib.import_module(name[1])


def test_the_example_filter_is_short(example: ModuleType) -> None:
    assert len(blocks(CONTRIBUTING, "python")[0].splitlines()) <= 25
    assert f'    "{example.__name__}",  # ' in blocks(CONTRIBUTING, "text")[0]


def test_the_example_filter_does_what_it_says(example: ModuleType) -> None:
    match = re.search(r"``(.+)`` becomes ``(.+)``", example.__doc__ or "")
    assert match
    cleaned = Cleaner(filters=[*CHAIN, example]).explain(match[1])
    assert cleaned.text == match[2]
    assert {change.rule for change in cleaned.changes} == set(example.RULES)


@given(raw=texts())
@settings(max_examples=max(50, settings().max_examples // 10))
def test_the_example_filter_keeps_the_laws(example: ModuleType, raw: str) -> None:
    found = filters.load(example)
    for text in (Text(raw), Text(f"{raw}{''.join(example.LETTERS)}")):
        check_edits(found, text)
        check_guard(found, text)
        check_cleaned(Cleaner(filters=[example]), text.raw, "text")
        check_cleaned(Cleaner(filters=[*CHAIN, example]), text.raw, "text")


def test_the_example_filter_survives_the_traps(example: ModuleType) -> None:
    for trap in TRAPS:
        check_cleaned(Cleaner(filters=[*CHAIN, example]), trap, "text")
