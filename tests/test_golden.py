"""Every sample of the corpus becomes what it must become, by the edits that are written beside it."""

import golden
import pytest
from corpus import CLEAN, DIRTY, Sample, read

OPEN = {
    "sk-wiki-jaskyna": "boilerplate: an edit link at the end of a heading; the filter removes whole lines only",
}

samples = pytest.mark.parametrize("sample", DIRTY, ids=lambda sample: sample.name)


@pytest.mark.parametrize(
    "sample",
    [
        pytest.param(sample, marks=pytest.mark.xfail(reason=OPEN[sample.name])) if sample.name in OPEN else sample
        for sample in DIRTY
    ],
    ids=lambda sample: sample.name,
)
def test_a_sample_becomes_what_is_expected(sample: Sample) -> None:
    cleaned = golden.clean(sample)
    assert cleaned.text == read(golden.expected(sample))
    assert cleaned.restore() == sample.text


@samples
def test_every_change_is_listed(sample: Sample) -> None:
    """``make golden`` writes the list; a change of it is a change of what users get."""
    assert golden.listing(golden.clean(sample)) == read(golden.changes(sample))


@samples
def test_a_sample_is_dirty(sample: Sample) -> None:
    """One that comes back unchanged belongs under clean/."""
    assert read(golden.expected(sample)) != sample.text


def test_there_are_enough_of_them() -> None:
    languages = {sample.name.partition("-")[0] for sample in DIRTY}
    assert len(DIRTY) >= 80
    assert len(CLEAN) >= 60
    assert len(languages) >= 25
