"""The table of n-grams: what the words of a line tell, learned by logistic regression."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from boilerplate_pages import Labelled
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleanr.filters.boilerplate.model_lines import ngrams, tokens

LEAST_SITES = 4  # on which an n-gram stands, to be learned
LONGEST = 1200  # characters: nobody learns from a chapter
SCALE = 24  # of a weight of 1
GREATEST = 127
LEAST_WEIGHT = 3
MOST_WORDS = 20
FEATURE = 3.0


def table(pages: Sequence[Labelled]) -> dict[str, int]:
    """The weight of each n-gram, above 0 where it speaks for furniture, and 0 for words that are only known."""
    vocabulary = _vocabulary(pages)
    grams: list[list[str]] = []
    labels: list[bool] = []
    weights: list[float] = []
    sites: dict[str, set[str]] = defaultdict(set)
    seen: set[tuple[str, str, str]] = set()
    for page in pages:
        for text, label in zip(page.texts, page.labels, strict=True):
            key = (text, label, page.site)
            if label == "A" or len(text) > LONGEST or key in seen:
                continue
            seen.add(key)
            found = ngrams(tokens(text), vocabulary)
            grams.append(found)
            labels.append(label == "D")
            weights.append(1.0 if label == "D" else 1.0 + min(len(text.split()), MOST_WORDS) / 10)
            for gram in found:
                sites[gram].add(page.site)
    numbers = {gram: n for n, gram in enumerate(sorted(gram for gram, on in sites.items() if len(on) >= LEAST_SITES))}
    model = LogisticRegression(C=1.0, solver="liblinear", max_iter=60)
    model.fit(_matrix(grams, numbers), np.array(labels), np.array(weights))
    learned = {gram: round(float(model.coef_[0][n]) * SCALE) for gram, n in numbers.items()}
    kept = {
        gram: max(-GREATEST, min(GREATEST, weight))
        for gram, weight in learned.items()
        if abs(weight) >= LEAST_WEIGHT or gram in vocabulary
    }
    return dict.fromkeys(sorted(vocabulary), 0) | kept


def _vocabulary(pages: Iterable[Labelled]) -> frozenset[str]:
    sites: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        words = {
            word for text, label in zip(page.texts, page.labels, strict=True) if label != "A" for word in tokens(text)
        }
        for word in words:
            sites[word].add(page.site)
    return frozenset(word for word, on in sites.items() if len(on) >= LEAST_SITES)


def _matrix(lines: Sequence[Sequence[str]], numbers: dict[str, int]) -> csr_matrix:
    """As `model_lines.traits` scores: a sum over the root of how many were looked up."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for grams in lines:
        found = [numbers[gram] for gram in grams if gram in numbers]
        columns += found
        values += [FEATURE / (len(grams) + 2) ** 0.5] * len(found)
        ends.append(len(columns))
    return csr_matrix(
        (np.array(values, dtype=np.float32), np.array(columns, dtype=np.int32), np.array(ends)),
        shape=(len(lines), len(numbers)),
    )
