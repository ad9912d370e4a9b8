"""Boosted trees over what tells a line: its words' score, its shape, its place, the lines around it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import numpy.typing as npt
from boilerplate_pages import Labelled

from cleanr.filters.boilerplate import model
from cleanr.filters.boilerplate.lines import Page
from cleanr.filters.boilerplate.model_lines import Traits, traits
from cleanr.filters.boilerplate.model_trees import LEAVES, UNIT, Tree
from cleanr.packs import Rules
from cleanr.text import Text

ROUNDS = 70
MOST_WORDS = 40
PAGE = 300  # lines: those of a longer page count less, or a few lists of names would teach all
SETTINGS = {
    "objective": "binary",
    "num_leaves": LEAVES,
    "learning_rate": 0.2,
    "feature_fraction": 0.6,
    "min_data_in_leaf": 100,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "verbose": -1,
    "num_threads": 2,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 20,
}


class Examples(NamedTuple):
    """Lines that were scored, as columns."""

    features: npt.NDArray[np.int16]
    labels: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float32]
    folds: npt.NDArray[np.int8]
    languages: npt.NDArray[np.str_]


def examples(pages: Iterable[Labelled], table_of: Any, rules: Rules) -> Examples:
    """The lines of pages with their features; `table_of(page)` must not have seen the page's site."""
    rows: list[tuple[int, ...]] = []
    labels: list[bool] = []
    weights: list[float] = []
    folds: list[int] = []
    languages: list[str] = []
    looks: dict[int, Callable[[str], Traits]] = {}
    for page in pages:
        table = table_of(page)
        look = looks.setdefault(id(table), cache(partial(traits, table=table)))
        seen = Page(Text("\n".join(page.texts)), rules)
        wanted = model.candidates(seen)
        own = model.looked_at(seen, wanted, look)
        weight = min(1.0, PAGE / len(own)) ** 0.5
        for at, row in zip(wanted, model.described(seen, own, wanted), strict=True):
            label = page.labels[at]
            if label != "A":
                rows.append(row)
                labels.append(label == "D")
                words = min(own[at].words, MOST_WORDS)
                weights.append(weight * (1.0 if label == "D" else 1.0 + words / 4))
                folds.append(page.fold)
                languages.append(page.language)
    return Examples(
        np.array(rows, dtype=np.int16),
        np.array(labels),
        np.array(weights, dtype=np.float32),
        np.array(folds, dtype=np.int8),
        np.array(languages),
    )


def trees(data: Examples, chosen: npt.NDArray[np.bool_] | slice) -> list[Tree]:
    """Trees learned from the chosen examples."""
    given = lightgbm.Dataset(data.features[chosen], data.labels[chosen], weight=data.weights[chosen])
    booster = lightgbm.train(SETTINGS, given, ROUNDS)
    return [_tree(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _tree(node: Mapping[str, Any]) -> Tree:
    if "leaf_value" in node:
        return round(node["leaf_value"] * UNIT)
    left, right = _tree(node["left_child"]), _tree(node["right_child"])
    return [node["split_feature"], int(np.floor(node["threshold"])), left, right]
