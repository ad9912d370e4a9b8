"""The site has every page, and nothing on it is written twice; `make site` builds it without a warning."""

import doctest
import re

import pytest
import site_pages
from corpus import ROOT, read

NAV = re.findall(r": ([\w/-]+\.md)$", read(ROOT / "mkdocs.yml"), re.MULTILINE)
MADE = dict(site_pages.pages())


def test_the_menu_has_every_page() -> None:
    docs = ROOT / "docs"
    written = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md") if path.parent.name != "decisions"}
    assert written | MADE.keys() - {"security.md"} <= set(NAV) | {"security.md"}
    assert set(NAV) <= written | MADE.keys()
    assert len(NAV) == len(set(NAV))


def test_parts_of_other_pages() -> None:
    assert MADE["laws.md"].startswith("# The laws\n\n`tests/test_laws.py` holds every filter")
    assert MADE["laws.md"].count("\n10. ") == 1
    assert "## " not in MADE["laws.md"]
    assert MADE["benchmarks.md"].startswith("# Benchmarks\n\nSpeed, by")
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        assert f"](decisions/{path.name})" in MADE["decisions.md"]


@pytest.mark.parametrize("name", sorted(MADE))
def test_links_of_pages_that_are_made(name: str) -> None:
    """Those of the other pages are seen by mkdocs."""
    for _, target, _ in site_pages.LINK.findall(MADE[name]):
        assert target in MADE or (ROOT / "docs" / target).exists()


def test_the_examples_of_the_page_about_offsets_run() -> None:
    page = read(ROOT / "docs" / "offsets.md")
    source = "\n".join(re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    test = doctest.DocTestParser().get_doctest(source, {}, "offsets.md", None, None)
    assert len(test.examples) >= 5
    assert doctest.DocTestRunner().run(test).failed == 0
