"""Pages of the site that are written elsewhere: ``README.md`` is its ``index.md``; a hook of mkdocs.

Nothing is written twice: the laws are a part of docs/how-it-flows.md, the figures a part of the README. Links lead on:
what is no page of the site becomes plain text.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
DOCS = "docs"
ROOTED = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
}
PARTS = {  # page → (the page that has it, the heading of the part, the heading of the page)
    "laws.md": ("docs/how-it-flows.md", "## The laws", "# The laws"),
    "benchmarks.md": ("README.md", "## Figures", "# Benchmarks"),
}
LINK = re.compile(r"(?<!!)\[([^]]+)\]\(([^)#:\s]+)(#[^)]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Called by mkdocs: add the pages that do not lie in docs/."""
    from mkdocs.structure.files import File

    for name, content in pages():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Called by mkdocs: mend the links of a page that lies in docs/."""
    name = page.file.src_uri
    return markdown if page.file.generated_by else linked(markdown, f"{DOCS}/{name}", name)


def pages() -> Iterator[tuple[str, str]]:
    """The pages that do not lie in docs/, with their content."""
    for source, name in ROOTED.items():
        if (ROOT / source).exists():
            yield name, linked((ROOT / source).read_text("utf-8"), source, name)
    for name, (source, heading, title) in PARTS.items():
        part = section((ROOT / source).read_text("utf-8"), heading)
        yield name, linked(f"{title}\n\n{part}", source, name)
    yield "decisions.md", "\n".join(_decisions())


def _decisions() -> Iterator[str]:
    yield from ("# Decisions", "")
    for path in sorted((ROOT / DOCS / "decisions").glob("*.md")):
        title = path.read_text("utf-8").partition("\n")[0].lstrip("# ")
        yield f"- [{title}](decisions/{path.name})"
    yield ""


def section(page: str, heading: str) -> str:
    """What stands under a heading of the second level.

    >>> section("## A\\n\\na\\n\\n## B\\n\\nb\\n", "## A")
    'a\\n'
    """
    begin = page.index(f"{heading}\n") + len(heading)
    end = page.find("\n## ", begin)
    return page[begin : end if end > 0 else None].strip() + "\n"


def linked(markdown: str, source: str, name: str) -> str:
    """A page of the repository as a page of the site of that name: its links lead to pages of the site.

    >>> linked("[a](docs/filters.md#spaces), [b](LICENSE)", "README.md", "index.md")
    '[a](filters.md#spaces), b'
    >>> linked("[c](../../CONTRIBUTING.md)", "docs/decisions/0001.md", "decisions/0001.md")
    '[c](../contributing.md)'
    """

    def moved(match: re.Match[str]) -> str:
        label, target, anchor = match[1], match[2], match[3] or ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        inner = ROOTED.get(path, "") or (posixpath.relpath(path, DOCS) if path.startswith(f"{DOCS}/") else "")
        if not inner.endswith(".md") or not (ROOT / path).exists():
            return label
        return f"[{label}]({posixpath.relpath(inner, posixpath.dirname(name) or '.')}{anchor})"

    return LINK.sub(moved, markdown)
