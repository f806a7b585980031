"""Artifacts that somebody made to harm: whoever loads one ends with a sentence, in the same process, in bounded memory."""

from __future__ import annotations

import io
import json
import re
import resource
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from include.models.artifacts import LARGEST_BYTES, SCHEMA, ArtifactRefused, check_answers, dump, load, sha256_of
from include.models.candidates import RECIPES

RNG = np.random.default_rng(11)
X = np.abs(RNG.normal(size=(1500, 3))).astype(np.float32)
Y = RNG.integers(0, 3, 1500)
Edit = Callable[[dict[str, bytes]], None]


@pytest.fixture(scope="module")
def trees() -> str:
    """LightGBM's text of a model of ours."""
    return dump(RECIPES["lightgbm"].build(7, 1).fit(X, Y))[0].decode()


@pytest.fixture(scope="module")
def forest() -> bytes:
    """A skops file of trees in arrays."""
    return dump(RECIPES["extra_trees"].build(7, 1).fit(X, Y))[0]


def read(artifact: bytes, artifact_format: str) -> None:
    """As whoever may write the row would have it read: with the hash of the bytes as they are."""
    check_answers(load(artifact, artifact_format, sha256_of(artifact)), X.shape[1])


def refused(artifact: bytes, artifact_format: str) -> str:
    with pytest.raises(ArtifactRefused) as raised:
        read(artifact, artifact_format)
    return str(raised.value)


def packed(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def unpacked(artifact: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(artifact)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# -- LightGBM's text, which native code reads


EDITS = {
    "a column that is not there": (r"split_feature=\d+", "split_feature=1000000000"),
    "a column before the first": (r"split_feature=\d+", "split_feature=-7"),
    "a node that is not there": (r"right_child=-?\d+", "right_child=1000000000"),
    "a leaf that is not there": (r"right_child=-?\d+", "right_child=-1000000000"),
    "a node that is its own child": (r"left_child=-?\d+", "left_child=0"),
    "two nodes in a ring": (r"left_child=-?\d+ -?\d+", "left_child=1 1"),
    "a billion leaves": (r"num_leaves=\d+", "num_leaves=1000000000"),
    "minus one leaf": (r"num_leaves=\d+", "num_leaves=-1"),
    "fewer leaves than nodes": (r"leaf_value=\S+ ", "leaf_value="),
    "no counts": (r"leaf_count=.*", "leaf_count="),
    "categories": (r"num_cat=0", "num_cat=1000000"),
    "a split by category": (r"decision_type=\d+", "decision_type=1"),
    "a model in each leaf": (r"is_linear=0", "is_linear=1"),
    "a word for a number": (r"threshold=\S+", "threshold=x"),
    "a billion columns": (r"max_feature_idx=\d+", "max_feature_idx=1000000000"),
    "columns without end": (r"max_feature_idx=\d+", f"max_feature_idx={'9' * 30}"),
    "a billion classes": (r"num_class=3", "num_class=1000000000"),
    "trees for no class": (r"num_tree_per_iteration=3", "num_tree_per_iteration=0"),
    "a tree beyond the end": (r"tree_sizes=\d+", "tree_sizes=1000000000"),
    "no sizes": (r"tree_sizes=.*\n", ""),
    "an entry of another kind": (r"num_cat=0", "num_cat=0\ncat_boundaries=0 1000000000"),
    "an average": (r"label_index=0", "label_index=0\naverage_output"),
    "no end": (r"end of trees", "end of"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_trees_that_are_none_are_refused_before_native_code_reads_them(edit: str, trees: str) -> None:
    """Their hash is right, and their numbers lead out of memory, or nowhere."""
    pattern, instead = EDITS[edit]
    edited = re.sub(pattern, instead, trees, count=1)
    assert edited != trees
    artifact = (edited if "tree_sizes" in pattern else resized(edited)).encode()
    assert "is not LightGBM's text of our trees" in refused(artifact, "lightgbm")


def resized(text: str) -> str:
    """With the sizes of its trees as they are now, so that these are not what it is refused for."""
    parts = re.split(r"^(?=Tree=)", text.partition("end of trees")[0], flags=re.MULTILINE)
    sizes = " ".join(str(len(part)) for part in parts[1:])
    return re.sub(r"tree_sizes=.*", f"tree_sizes={sizes}", text)


@given(st.data())
@settings(max_examples=200)
def test_no_change_of_a_few_bytes_ends_the_process(trees: str, data: st.DataObject) -> None:
    """Whatever stands there instead, it is either refused or three probabilities."""
    text = bytearray(trees.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    refused_or_read(bytes(text), "lightgbm")


@given(
    st.integers(-(2**31), 2**31),
    st.sampled_from(["split_feature", "left_child", "right_child", "decision_type"]),
    st.data(),
)
def test_no_number_of_a_tree_ends_the_process(trees: str, number: int, name: str, data: st.DataObject) -> None:
    """Any entry of an array replaced by any number."""
    lines = list(re.finditer(rf"^{name}=(.+)$", trees, re.MULTILINE))
    line = lines[data.draw(st.integers(0, len(lines) - 1))]
    numbers = line[1].split()
    numbers[data.draw(st.integers(0, len(numbers) - 1))] = str(number)
    changed = trees[: line.start(1)] + " ".join(numbers) + trees[line.end(1) :]
    refused_or_read(resized(changed).encode(), "lightgbm")


def refused_or_read(artifact: bytes, artifact_format: str) -> None:
    with suppress(ArtifactRefused):
        read(artifact, artifact_format)


# -- skops files


def edited(forest: bytes, edit: Edit) -> bytes:
    files = unpacked(forest)
    edit(files)
    return packed(files)


def huge_array(files: dict[str, bytes]) -> None:
    """An array that says it has a trillion numbers."""
    name = next(name for name in files if name.endswith(".npy"))
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }".ljust(117) + "\n"
    files[name] = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()


def objects(files: dict[str, bytes]) -> None:
    """An array of Python objects, which would be a pickle."""
    name = next(name for name in files if name.endswith(".npy"))
    made = io.BytesIO()
    np.save(made, np.array([print], dtype=object), allow_pickle=True)
    files[name] = made.getvalue()


def nested(files: dict[str, bytes]) -> None:
    files[SCHEMA] = b"[" * 100_000


def nested_just_so(files: dict[str, bytes]) -> None:
    files[SCHEMA] = b'{"a":' * 900 + b"1" + b"}" * 900


def outside(files: dict[str, bytes]) -> None:
    """A file of the machine in the place of one of the archive."""
    schema = files[SCHEMA].decode()
    files[SCHEMA] = re.sub(r'"file": "[^"]+"', '"file": "../../../../etc/passwd"', schema, count=1).encode()


def another_loader(files: dict[str, bytes]) -> None:
    files[SCHEMA] = files[SCHEMA].replace(b'"ObjectNode"', b'"MethodNode"', 1)


def without_names(files: dict[str, bytes]) -> None:
    """Types that nobody names are no trusted ones."""
    files[SCHEMA] = files[SCHEMA].replace(b'"__module__"', b'"__modules__"')


def of_words(files: dict[str, bytes]) -> None:
    files[SCHEMA] = json.dumps(["a model"]).encode()


@pytest.mark.parametrize(
    "edit", [huge_array, objects, nested, nested_just_so, outside, another_loader, without_names, of_words]
)
def test_a_skops_file_made_to_harm_is_refused(edit: Edit, forest: bytes) -> None:
    """Absurd arrays, pickles, nests without a bottom, paths out of the archive, other loaders."""
    assert "artifact" in refused(edited(forest, edit), "skops")


def test_a_bomb_is_refused_before_it_is_unpacked(forest: bytes) -> None:
    """A few kilobytes that would be a gigabyte, also where the archive lies about it."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = packed({SCHEMA: b"{}", "1.npy": bytes(50 * LARGEST_BYTES)})
    lying = bomb.replace(struct.pack("<I", 50 * LARGEST_BYTES), struct.pack("<I", 1000))
    assert len(bomb) < 1_000_000
    assert lying != bomb
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "more than" in refused(bomb, "skops")
    refused(lying, "skops")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - max(before, made) < 50_000, "kB"


def test_a_depth_without_end_is_walked_no_further_than_there_are_nodes(forest: bytes) -> None:
    """The arrays of a forest say how deep it is."""
    files = unpacked(forest)
    schema = files[SCHEMA].decode()
    deeper = re.sub(r'("depth": \{[^}]*"content": )"?\d+"?', r'\g<1>"1000000000000"', schema)
    assert deeper != schema
    refused_or_read(packed({**files, SCHEMA: deeper.encode()}), "skops")


@given(st.data())
def test_a_damaged_skops_file_is_refused(forest: bytes, data: st.DataObject) -> None:
    """Cut anywhere, or with bytes changed."""
    cut = data.draw(st.integers(0, len(forest)))
    refused_or_read(forest[:cut] if data.draw(st.booleans()) else forest[:cut] + b"\x00" + forest[cut + 1 :], "skops")


def test_a_locked_archive_is_refused(forest: bytes) -> None:
    """One that wants a password."""
    locked = bytearray(forest)
    for header in re.finditer(rb"PK\x01\x02", forest):
        locked[header.start() + 8] |= 1
    assert "not a skops file" in refused(bytes(locked), "skops")


def test_the_hash_is_looked_at_first(trees: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text that was changed after it was registered, native code sees nothing."""
    monkeypatch.setattr("lightgbm.Booster", lambda *_, **__: pytest.fail("read"))
    changed = trees.replace("left_child=", "left_child=9", 1).encode()
    with pytest.raises(ArtifactRefused, match="hash"):
        load(changed, "lightgbm", sha256_of(trees.encode()))
