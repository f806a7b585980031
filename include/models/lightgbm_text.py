"""Whether a text is one that LightGBM writes of trees such as ours, before it reads it.

Its reader is native code that believes every number, and ends the process over what is none: a feature that is not
there, a child beyond the last node or a ring of nodes would be read beyond its memory, or walked without an end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import inf
from typing import Any

import orjson

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
ARRAYS = (*OF_NODES, *OF_LEAVES, "shrinkage")
TREE = {*ARRAYS, "num_leaves", "num_cat", "is_linear"}
END = "end of trees\n"
HUGE = 2**31


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
    [last] = _numbers(head["max_feature_idx"], is_whole=True)
    columns: int = last + 1
    if any(len(head[name].split()) != columns for name in ("feature_names", "feature_infos")):
        raise ValueError("its columns are not as many as it says")
    if _numbers(head["tree_sizes"], is_whole=True) != sizes or not sizes or len(sizes) % len(CLASSES):
        raise ValueError("its trees are not of the sizes that it says")
    return columns


def _check_tree(tree: Mapping[str, str], columns: int) -> None:
    if tree["num_cat"] != "0" or tree["is_linear"] != "0":
        raise ValueError("a tree has splits or leaves of another kind")
    numbers = {name: _numbers(tree[name], is_whole=name in WHOLE) for name in ARRAYS}
    leaves = len(numbers["leaf_value"])
    nodes = leaves - 1
    of_nodes, of_leaves = ({len(numbers[name]) for name in names} for names in (OF_NODES, OF_LEAVES))
    if tree["num_leaves"] != str(leaves) or of_nodes != {nodes} or not of_leaves <= ({leaves} if nodes else {0, 1}):
        raise ValueError("a tree has arrays of other lengths")
    if len(numbers["shrinkage"]) != 1:
        raise ValueError("a tree has another shrinkage than one")
    if nodes:
        _check_nodes(*(numbers[name] for name in WALKED), columns=columns)


def _numbers(text: str, *, is_whole: bool) -> list[Any]:
    """The numbers between single spaces, read as JSON's, which is fast and takes no words: whole ones of 32 bits, others finite."""
    try:
        numbers: list[Any] = orjson.loads(f"[{text.replace(' ', ',')}]")
    except orjson.JSONDecodeError as error:
        raise ValueError("a tree has words for numbers") from error
    kinds, largest = ({int}, HUGE) if is_whole else ({int, float}, inf)
    if numbers and not (kinds.issuperset(map(type, numbers)) and max(map(abs, numbers)) < largest):
        raise ValueError("a tree has numbers of another kind")
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
