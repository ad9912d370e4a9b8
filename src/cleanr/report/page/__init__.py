"""The report as one page of HTML: ``<script>`` in a document is ``&lt;script&gt;`` on it, and nothing is loaded.

The page is one string. Its policy allows the one style and the one script that are written here, by their hashes, and
nothing else: no other script runs, no picture, font or frame is asked for, no form is sent.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources

from cleanr.report.page import charts, documents, earlier, overview, rules
from cleanr.report.page.escape import attribute, shown
from cleanr.report.study import Study

MOST = 4_800_000  # characters of a page; most are bytes
MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class About:
    """What the page says of itself: what was read, how, and of how many documents."""

    source: str
    preset: str
    version: str
    sampled: int
    documents: int  # that there are, about
    exact: bool = True  # that number
    ignored: Sequence[str] = ()  # rules that the configuration ignores already
    about: dict[str, str] | None = None  # what each rule does


def page(study: Study, about: About) -> bytes:
    """The page, in UTF-8, of at most `MOST_BYTES`."""
    parts = list(_parts(study, about))
    size = sum(len(part.encode()) for part in parts)
    for view in study.views():
        part = documents.view(view, first=len(parts) == _PARTS).encode()
        if size + len(part) > MOST:
            break
        parts.append(part.decode())
        size += len(part)
    return "".join([*parts, _end(about)]).encode()


_PARTS = 2  # before the documents


def _parts(study: Study, about: About) -> Iterator[str]:
    style, script = _asset("style.css"), _asset("script.js")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>cleanr: {shown(about.source, plain=True)}</title>\n<style>{style}</style>\n</head>\n"
    )
    sections = [
        *overview.sections(study, about.source, about.preset, _of(about)),
        *rules.sections(study, about.about or {}),
        *earlier.sections(study),
        *charts.sections(study),
    ]
    links = "".join(f'<a href="#{each.id}">{each.title}</a>' for each in sections)
    body = "".join(each.html() for each in sections)
    yield (
        '<body>\n<a class="skip" href="#main">To the report</a>\n'
        f'<nav aria-label="Sections"><b>cleanr</b>{links}<a href="#documents">Documents</a></nav>\n<main id="main">\n'
        f"{overview.head(study, about.source, about.preset, _of(about))}{body}"
        f'<section id="documents" aria-labelledby="documents-title"><h2 id="documents-title">Documents</h2>'
        "<p>Some documents as they were and as they are, side by side, with the rule of every edit. "
        "Lines that stay are left out, but one beside each change.</p>\n"
    )


def _end(about: About) -> str:
    ignored = attribute(json.dumps(list(about.ignored)))
    return (
        f'</section>\n</main>\n<aside id="kept" data-ignored="{ignored}" aria-labelledby="kept-title" hidden>'
        '<label id="kept-title" for="kept-lines">For cleanr.toml, to keep what these rules would change</label>'
        '<textarea id="kept-lines" readonly rows="3" spellcheck="false"></textarea>'
        '<div><button type="button" id="kept-copy">Copy</button> '
        '<button type="button" id="kept-clear">Clear</button>'
        '<span id="kept-said" role="status"></span></div></aside>\n'
        f"<footer>Made by cleanr {shown(about.version, plain=True)}. It loads nothing and sends nothing.</footer>"
        f"\n<script>{_asset('script.js')}</script>\n</body>\n</html>\n"
    )


def _of(about: About) -> str:
    if about.sampled >= about.documents:
        return f"all {about.sampled:,} documents" if about.sampled != 1 else "one document"
    return f"a sample: {about.sampled:,} of {'' if about.exact else 'about '}{about.documents:,} documents"


def _asset(name: str) -> str:
    return (resources.files(__name__) / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


__all__ = ["MOST_BYTES", "About", "page"]
