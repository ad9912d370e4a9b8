"""What happened to the corpus before it came here, and what published filters would drop of it."""

from collections.abc import Iterator

from cleanr.report.page.escape import Section, isolated, shown, table
from cleanr.report.study import Study


def sections(study: Study) -> Iterator[Section]:
    """Traces of an earlier life, and a preview of filters downstream, where there are some."""
    traces = study.forensics.traces()
    if traces:
        rows = []
        for each in traces:
            examples = "".join(
                f'<div class="context"><span dir="auto">{shown(example["text"])}</span> '
                f'<span class="meta">{isolated(example["place"])}</span></div>'
                for example in each.examples
            )
            rows.append([shown(each.title), f"{each.documents:,}", f"{each.times:,}", examples])
        about = "<p>Told by traces that some steps leave behind and hardly anybody writes.</p>"
        body = table(["what happened", "documents", "times", "for example"], rows, "traces")
        yield Section("earlier", "What happened earlier", [about, body])
    if study.preview.sides:
        yield Section("downstream", "What it buys downstream", list(_preview(study)))


def _preview(study: Study) -> Iterator[str]:
    yield "<p>What published line and document rules would drop of these texts, before and after cleaning.</p>"
    rows = [
        [f"{name}, of {what}", f"{before:.1f} %", f"{after:.1f} %"]
        for name, what, before, after in study.preview.rows()
    ]
    yield table(["dropped by", "before", "after"], rows)
    for name, (before, after) in study.preview.sides.items():
        rules = sorted({*before.rules, *after.rules}, key=lambda rule: (-before.rules[rule], rule))
        if rules:
            counts = [[rule, f"{before.rules[rule]:,}", f"{after.rules[rule]:,}"] for rule in rules]
            yield f"<details><summary>{name}: documents by the rule that drops them</summary>"
            yield f"{table(['rule', 'before', 'after'], counts)}</details>"
