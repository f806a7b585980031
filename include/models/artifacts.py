"""A trained model as bytes and back, without pickle: loading an artifact runs nothing that the artifact brings.

Two formats: `lightgbm`, the trees in LightGBM's own text, and `skops`, a zip of arrays and a list of types.
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

with warnings.catch_warnings():  # skops looks at every attribute of every loaded module, deprecated ones of Airflow too
    warnings.simplefilter("ignore")
    import skops.io
    from skops.io.exceptions import UntrustedTypesFoundException

from include.errors import CortexSignalsError
from include.models.classes import CLASSES
from include.models.lightgbm_trees import BoostedTrees
from include.models.recipe import Classifier

LARGEST_BYTES = 5_000_000

OWN_TYPES = (
    "include.models.all_classes.AllClasses",
    "include.models.baselines.LogVolatilityLogistic",
    "include.models.logistic.SoftLogLogistic",
    "include.models.logistic.WinsorisedLogistic",
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
        artifact, artifact_format = skops.io.dumps(model), "skops"
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


def _check_size(size: int) -> None:
    if size > LARGEST_BYTES:
        raise ArtifactRefused(
            f"The artifact has {size:,} bytes, more than the {LARGEST_BYTES:,} allowed: train a smaller model."
        )


def _load_lightgbm(artifact: bytes) -> BoostedTrees:
    try:
        model = BoostedTrees.from_text(artifact.decode())
    except (UnicodeDecodeError, lgb.basic.LightGBMError) as error:
        raise ArtifactRefused(f"The artifact is not LightGBM's text: {AGAIN}.") from error
    if model.booster_.num_model_per_iteration() != len(CLASSES):
        raise ArtifactRefused(f"The artifact is a LightGBM model of other than three classes: {AGAIN}.")
    return model


def _load_skops(artifact: bytes) -> Classifier:
    _check_types(artifact)
    try:
        model: Classifier = skops.io.loads(artifact, trusted=list(OWN_TYPES))
    except (UntrustedTypesFoundException, LookupError, TypeError, ValueError) as error:
        raise ArtifactRefused(f"{NOT_SKOPS}.") from error
    if not hasattr(model, "predict_proba"):
        raise ArtifactRefused(f"The artifact holds a {type(model).__name__}, not a model: {AGAIN}.")
    return model


def _check_types(artifact: bytes) -> None:
    nodes = list(_nodes(_schema(artifact)))
    foreign = {f"{node.get('__module__')}.{node.get('__class__')}" for node in nodes} - TRUSTED_TYPES
    foreign |= {f"skops {node.get('__loader__')}" for node in nodes if node.get("__loader__") not in TRUSTED_LOADERS}
    if foreign:
        raise ArtifactRefused(
            f"The artifact holds {', '.join(sorted(foreign))}, which is not among the trusted types; "
            "a candidate of our own adds its types to include/models/artifacts.py."
        )


def _schema(artifact: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(artifact)) as archive:
            _check_size(sum(entry.file_size for entry in archive.infolist()))  # unpacked
            return json.loads(archive.read("schema.json"))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
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
