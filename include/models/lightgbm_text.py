"""Whether a text is one that LightGBM writes of trees such as ours, before it reads it.

Its reader is native code that believes every number, and ends the process over what is none: a feature that is not
there, a child beyond the last node or a ring of nodes would be read beyond its memory, or walked without an end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import inf
from typing import Any

from include.models.classes import CLASSES

HEAD = {
    "version", "num_class", "num_tree_per_iteration", "label_index", "max_feature_idx", "objective", "feature_names",
    "feature_infos", "tree_sizes",
}  # fmt: skip
ALWAYS = {
    "num_class": f"{len(CLASSES)}",
    "num_tree_per_iteration": f"{len(CLASSES)}",
    "label_index": "0",
    "objective": f"multiclass num_class:{len(CLASSES)}",
}
OF_NODES = (
    "split_feature", "split_gain", "threshold", "decision_type", "left_child", "right_child", "internal_value",
    "internal_weight", "internal_count",
)  # fmt: skip
OF_LEAVES = ("leaf_value", "leaf_weight", "leaf_count")
WALKED = ("split_feature", "decision_type", "left_child", "right_child")
WHOLE = {*WALKED, "leaf_count", "internal_count"}
BY_NUMBER = frozenset(range(0, 16, 2))  # the lowest bit of decision_type means by category
TREE = {*OF_NODES, *OF_LEAVES, "num_leaves", "num_cat", "is_linear", "shrinkage"}
END = "end of trees\n"
HUGE = 2**31
DIGITS, NUMERALS = re.compile(r"[-0-9 ]*", re.ASCII), re.compile(r"[-+.0-9e ]*", re.ASCII)


def check_text(text: str) -> None:
    """That it is a head, whole trees of yes-or-no splits by number, and no more than that; raises ValueError."""
    trees, end, _ = text.partition(END)
    head, *parts = re.split(r"^(?=Tree=)", trees, flags=re.MULTILINE)
    if not end or not head.startswith("tree\n"):
        raise ValueError("it does not begin and end as trees")
    columns = _check_head(_entries(head.removeprefix("tree\n"), HEAD), [len(part.encode()) for part in parts])
    for number, part in enumerate(parts):
        first, _, rest = part.partition("\n")
        if first != f"Tree={number}":
            raise ValueError("its trees are not in order")
        _check_tree(_entries(rest, TREE), columns)


def _entries(lines: str, names: set[str]) -> dict[str, str]:
    """Exactly those names, each once."""
    pairs = [line.partition("=")[::2] for line in lines.splitlines() if line]
    if len(pairs) != len(names) or {pair[0] for pair in pairs} != names:
        raise ValueError("it has other entries")
    return dict(pairs)


def _check_head(head: Mapping[str, str], sizes: list[int]) -> int:
    """How many columns the trees may split by."""
    if not ALWAYS.items() <= head.items():
        raise ValueError("it is a LightGBM model of other than three classes")
    [last] = _numbers("split_feature", head["max_feature_idx"])
    columns: int = last + 1
    if any(len(head[name].split()) != columns for name in ("feature_names", "feature_infos")):
        raise ValueError("its columns are not as many as it says")
    if _numbers("split_feature", head["tree_sizes"]) != sizes or not sizes or len(sizes) % len(CLASSES):
        raise ValueError("its trees are not of the sizes that it says")
    return columns


def _check_tree(tree: Mapping[str, str], columns: int) -> None:
    if tree["num_cat"] != "0" or tree["is_linear"] != "0":
        raise ValueError("a tree has splits or leaves of another kind")
    numbers = {name: _numbers(name, tree[name]) for name in (*OF_NODES, *OF_LEAVES, "shrinkage")}
    leaves = len(numbers["leaf_value"])
    nodes = leaves - 1
    of_leaves = {len(numbers[name]) for name in OF_LEAVES}
    if tree["num_leaves"] != str(leaves) or {len(numbers[name]) for name in OF_NODES} != {nodes}:
        raise ValueError("a tree has arrays of other lengths")
    if len(numbers["shrinkage"]) != 1 or (nodes and of_leaves != {leaves}):
        raise ValueError("a tree has arrays of other lengths")
    if nodes:
        _check_nodes(*(numbers[name] for name in WALKED), columns=columns)


def _numbers(name: str, text: str) -> list[Any]:
    """The numbers that stand there, as LightGBM writes them: of ten digits where they are whole, none infinite."""
    whole = name in WHOLE
    if not (DIGITS if whole else NUMERALS).fullmatch(text):
        raise ValueError(f"{name} is not numbers")
    numbers: list[Any] = list(map(int if whole else float, text.split()))
    if numbers and not max(map(abs, numbers)) < (HUGE if whole else inf):
        raise ValueError(f"{name} holds a number that is too large")
    return numbers


def _check_nodes(feature: list[int], kind: list[int], left: list[int], right: list[int], *, columns: int) -> None:
    """Each split by a column that is there; each node and leaf the child of one node, which has a lower number."""
    if min(feature) < 0 or max(feature) >= columns or not BY_NUMBER.issuperset(kind):
        raise ValueError("a tree splits by what is not there")
    nodes = len(left)
    if sorted(left + right) != [*range(-nodes - 1, 0), *range(1, nodes)]:
        raise ValueError("a tree's nodes are not each the child of one")
    if any(0 < child <= node for children in (left, right) for node, child in enumerate(children)):
        raise ValueError("a tree's nodes are a ring")
