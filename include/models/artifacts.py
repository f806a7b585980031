"""A trained model as bytes and back, without pickle: loading an artifact runs nothing that the artifact brings.

Two formats: `lightgbm`, the trees in LightGBM's own text, and `skops`, a zip of arrays and a list of types. Either says
the same model in the same bytes, so that a training that is run again is told by its hash.
Size and hash are checked before anything is parsed; the types of a skops file are then compared with the list here,
before skops reads it with no more trust than that list.
"""

from __future__ import annotations

import hashlib
import io
import json
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import lightgbm as lgb
import numpy as np

with warnings.catch_warnings():  # skops looks at every attribute of every loaded module, deprecated ones of Airflow too
    warnings.simplefilter("ignore")
    import skops.io

from include.errors import CortexSignalsError
from include.models.classes import CLASSES
from include.models.lightgbm_trees import BoostedTrees
from include.models.recipe import Classifier

LARGEST_BYTES = 5_000_000
SCHEMA = "schema.json"

OWN_TYPES = (
    "include.models.all_classes.AllClasses",
    "include.models.baselines.AlwaysSideways",
    "include.models.baselines.LogVolatilityLogistic",
    "include.models.extra_trees.RandomTrees",
    "include.models.forest.Forest",
    "include.models.hist_gradient_boosting.HistTrees",
    "include.models.lightgbm_trees.BoostedTrees",
    "include.models.logistic.SoftLogLogistic",
    "include.models.logistic.WinsorisedLogistic",
    "include.models.original.BalancedTrees",
    "include.models.soft_voting.SoftVoting",
    "include.models.two_step.TwoStepTrees",
)
TRUSTED_TYPES = frozenset(
    {
        *OWN_TYPES,
        "builtins.dict",
        "builtins.list",
        "builtins.str",
        "numpy.ndarray",
        "sklearn.dummy.DummyClassifier",
    }
)
TRUSTED_LOADERS = frozenset({"ObjectNode", "DictNode", "ListNode", "JsonNode", "NdArrayNode", "TypeNode"})

AGAIN = "train it again with `cortex-signals train`"
NOT_SKOPS = f"The artifact is not a skops file of one model: {AGAIN}"


class ArtifactRefused(CortexSignalsError):
    """A stored model is not what its row says, or holds something that is not trusted: train or import it again."""


def sha256_of(artifact: bytes) -> str:
    """The hash that is stored beside an artifact, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(artifact).hexdigest()


def dump(model: Classifier) -> tuple[bytes, str]:
    """The trained model as bytes, and their format: "lightgbm" or "skops".

    Raises
    ------
    ArtifactRefused
        It could not be loaded again: over 5 MB, or of a type that is not in `TRUSTED_TYPES`.
    """
    if isinstance(model, BoostedTrees):
        artifact, artifact_format = model.to_text().encode(), "lightgbm"
    else:
        artifact, artifact_format = same_bytes(skops.io.dumps(model)), "skops"
        _check_types(artifact)
    _check_size(len(artifact))
    return artifact, artifact_format


def load(artifact: bytes, artifact_format: str, sha256: str) -> Classifier:
    """The model that `dump` wrote; it predicts the same bits.

    Parameters
    ----------
    sha256
        The hash stored beside the artifact, compared before anything is parsed.

    Raises
    ------
    ArtifactRefused
        The size, the hash, the format or a type in it is not what it must be; the message says which.
    """
    _check_size(len(artifact))
    if sha256_of(artifact) != sha256:
        raise ArtifactRefused(
            f"The artifact has the hash {sha256_of(artifact)[:12]}…, not {sha256[:12]}… as stored with it, so it was "
            f"changed after training: {AGAIN}."
        )
    if artifact_format == "lightgbm":
        return _load_lightgbm(artifact)
    if artifact_format == "skops":
        return _load_skops(artifact)
    raise ArtifactRefused(f"The artifact has the format {artifact_format!r}, not lightgbm or skops: {AGAIN}.")


def check_answers(model: Classifier, inputs: int) -> None:
    """That a loaded model answers a row of so many inputs with three probabilities; raises ArtifactRefused."""
    probe = np.zeros((1, inputs), dtype=np.float32)
    try:
        p = np.asarray(model.predict_proba(probe))
    except Exception as error:  # whatever a stranger's model raises
        raise ArtifactRefused(f"The artifact does not answer a row of {inputs} inputs: {AGAIN}.") from error
    if p.shape != (1, len(CLASSES)) or not np.isfinite(p).all():
        raise ArtifactRefused(f"The artifact answers a row of {inputs} inputs with other than three numbers: {AGAIN}.")


def _check_size(size: int) -> None:
    if size > LARGEST_BYTES:
        raise ArtifactRefused(
            f"The artifact has {size:,} bytes, more than the {LARGEST_BYTES:,} allowed: train a smaller model."
        )


def _load_lightgbm(artifact: bytes) -> BoostedTrees:
    try:
        model = BoostedTrees.from_text(artifact.decode())
    except (ValueError, lgb.basic.LightGBMError) as error:
        raise ArtifactRefused(f"The artifact is not LightGBM's text of our trees ({error}): {AGAIN}.") from error
    return model


def _load_skops(artifact: bytes) -> Classifier:
    _check_types(artifact)
    try:
        model: Classifier = skops.io.loads(artifact, trusted=list(OWN_TYPES))
    except Exception as error:  # whatever a stranger's bytes make the reader raise
        raise ArtifactRefused(f"{NOT_SKOPS}.") from error
    if not hasattr(model, "predict_proba"):
        raise ArtifactRefused(f"The artifact holds a {type(model).__name__}, not a model: {AGAIN}.")
    return model


FIRST_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def same_bytes(artifact: bytes) -> bytes:
    """A skops file without what differs from one dump to the next: times, and addresses in memory as names and ids."""
    numbers: dict[int, int] = {}
    names: dict[str, str] = {}

    def renamed(tree: Any) -> Any:
        if isinstance(tree, list):
            return [renamed(item) for item in tree]
        if not isinstance(tree, dict):
            return tree
        entry = {key: renamed(value) for key, value in tree.items()}
        if isinstance(number := entry.get("__id__"), int):
            entry["__id__"] = numbers.setdefault(number, len(numbers) + 1)
        if isinstance(name := entry.get("file"), str) and "__loader__" in entry:
            entry["file"] = names.setdefault(name, f"{len(names) + 1}.npy")
        return entry

    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(artifact)) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kept:
        schema = renamed(json.loads(given.read(SCHEMA)))
        for name, new_name in names.items():
            kept.writestr(zipfile.ZipInfo(new_name, FIRST_OF_ZIP), given.read(name), zipfile.ZIP_DEFLATED)
        kept.writestr(zipfile.ZipInfo(SCHEMA, FIRST_OF_ZIP), json.dumps(schema), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _check_types(artifact: bytes) -> None:
    nodes = _schema_nodes(artifact)
    foreign = {f"{node.get('__module__')}.{node.get('__class__')}" for node in nodes} - TRUSTED_TYPES
    foreign |= {f"skops {node.get('__loader__')}" for node in nodes if node.get("__loader__") not in TRUSTED_LOADERS}
    if foreign:
        raise ArtifactRefused(
            f"The artifact holds {', '.join(sorted(foreign))}, which is not among the trusted types; "
            "a candidate of our own adds its types to include/models/artifacts.py."
        )


def _schema_nodes(artifact: bytes) -> list[dict[str, Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(artifact)) as archive:
            _check_size(sum(entry.file_size for entry in archive.infolist()))  # unpacked
            return list(_nodes(json.loads(archive.read(SCHEMA))))
    except ArtifactRefused:
        raise
    except Exception as error:  # damaged, locked, packed otherwise, nested without end
        raise ArtifactRefused(f"{NOT_SKOPS}.") from error


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every typed entry of a skops schema, however deep."""
    if isinstance(tree, list):
        for item in tree:
            yield from _nodes(item)
    if isinstance(tree, dict):
        if "__module__" in tree or "__class__" in tree:
            yield tree
        yield from _nodes(list(tree.values()))
