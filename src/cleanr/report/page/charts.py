"""Distributions as pictures within the page: how long documents and lines are, and how much of each document goes."""

from collections.abc import Iterator, Mapping, Sequence

from cleanr.report.page.escape import Section
from cleanr.report.study import BINS, LINE_BINS, SHARE_BINS, Study

HEIGHT, WIDTH = 120, 480
LABELS = 18  # of the height, for what stands below
TOP = 14  # for the greatest number


def sections(study: Study) -> Iterator[Section]:
    """Three charts."""
    if not study.words:
        return
    words = [(f"{each:,}", [study.words[each]]) for each in (0, *BINS) if each == 0 or each <= max(study.words)]
    shares = [(f"{100 * each:g} %" if each else "0", [study.shares[each]]) for each in SHARE_BINS]
    before, after = study.lines
    lines = [(str(each), [before[each], after[each]]) for each in LINE_BINS]
    figures = [
        figure("Words of a document, at least", words, ["documents"]),
        figure("Share of a document’s words that goes, at least", shares, ["documents"]),
        figure("Characters of a line, at least", lines, ["lines before", "lines after"]),
    ]
    yield Section("distributions", "Distributions", ['<div class="charts">', *figures, "</div>"])


def figure(title: str, bins: Sequence[tuple[str, Sequence[int]]], series: Sequence[str]) -> str:
    """Bars for each bin, one beside the other for each series; the numbers are there as a table too."""
    most = max((count for _, counts in bins for count in counts), default=0) or 1
    step = WIDTH / max(len(bins), 1)
    width = step * 0.8 / len(series)
    every = max(round(len(bins) / 8), 1)
    marks = []
    for n, (label, counts) in enumerate(bins):
        for k, count in enumerate(counts):
            tall = round((HEIGHT - LABELS - TOP) * count / most, 1)
            x, y = round(n * step + step * 0.1 + k * width, 1), round(HEIGHT - LABELS - tall, 1)
            said = f"<title>{label}: {count:,} {series[k]}</title>"
            marks.append(f'<rect class="b{k}" x="{x}" y="{y}" width="{width:.1f}" height="{tall}">{said}</rect>')
        if n % every == 0:
            marks.append(f'<text x="{n * step + step / 2:.1f}" y="{HEIGHT - 4}">{label}</text>')
    legend = "".join(f'<span class="k{k}">{name}</span>' for k, name in enumerate(series)) if len(series) > 1 else ""
    data: Mapping[str, str] = {
        label: ", ".join(f"{count:,} {name}" for count, name in zip(counts, series, strict=True))
        for label, counts in bins
        if any(counts)
    }
    rows = "".join(f"<li>{label}: {counts}</li>" for label, counts in data.items())
    return (
        f'<figure><figcaption>{title} <span class="legend">{legend}</span></figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
        f'<line x1="0" x2="{WIDTH}" y1="{HEIGHT - LABELS}" y2="{HEIGHT - LABELS}"/>{"".join(marks)}'
        f'<text class="most" x="0" y="10">{most:,}</text></svg>'
        f"<details><summary>as numbers</summary><ul>{rows}</ul></details></figure>"
    )
