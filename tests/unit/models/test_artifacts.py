from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from functools import partial
from typing import Any

import numpy as np
import pytest
import skops.io
from sklearn.linear_model import LogisticRegression

from include.models import artifacts
from include.models.artifacts import ArtifactRefused, dump, load, sha256_of
from include.models.candidates import RECIPES, predict_proba

RNG = np.random.default_rng(11)
X = np.abs(RNG.normal(size=(1500, 1))).astype(np.float32)
Y = RNG.integers(0, 3, 1500)


def trained(name: str) -> Any:
    return RECIPES[name].build(7, 1).fit(X, Y)


def load_honest(artifact: bytes, artifact_format: str) -> Any:
    """With the hash of the bytes as they are, as someone who may write the row would store it."""
    return load(artifact, artifact_format, sha256_of(artifact))


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_a_model_comes_back_with_the_same_bits(name: str) -> None:
    """Every candidate, dumped and loaded, predicts bit for bit what it predicted."""
    model = trained(name)
    artifact, artifact_format = dump(model)
    assert artifact_format == ("lightgbm" if name in {"lightgbm", "lightgbm_tuned"} else "skops")
    loaded = load_honest(artifact, artifact_format)
    assert isinstance(model, type(loaded))
    assert predict_proba(loaded, X).tobytes() == predict_proba(model, X).tobytes()


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_the_same_rows_and_seed_give_the_same_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trained again, at another time and with a loaded copy, the artifact has the hash that it had."""
    artifact, artifact_format = dump(trained(name))
    year_later = time.time() + 366 * 86_400
    monkeypatch.setattr(time, "time", lambda: year_later)
    assert dump(trained(name))[0] == artifact
    if artifact_format == "skops":
        assert dump(load_honest(artifact, artifact_format))[0] == artifact


def test_the_same_bytes_in_another_process() -> None:
    """Neither addresses in memory nor the order of hashes get into an artifact."""
    code = (
        "from tests.unit.models.test_artifacts import *\n"
        "print(*(sha256_of(dump(trained(name))[0]) for name in ('soft_voting', 'extra_trees', 'hist_gradient_boosting')))"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


def test_trees_inside_a_skops_file_are_refused_where_they_are_not_lightgbms() -> None:
    """A text that LightGBM does not read is refused with a sentence."""
    artifact, _ = dump(trained("soft_voting"))
    tampered = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(artifact)) as given, zipfile.ZipFile(tampered, "w") as kept:
        for name in given.namelist():
            kept.writestr(name, given.read(name).replace(b"num_class=3", b"num_clazz=x"))
    with pytest.raises(ArtifactRefused, match="not a skops file of one model"):
        load_honest(tampered.getvalue(), "skops")


@pytest.mark.parametrize("name", ["lightgbm", "logistic"])
def test_a_tampered_byte_is_refused_before_parsing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One changed bit in the artifact, and no parser sees it."""
    artifact, artifact_format = dump(trained(name))
    tampered = bytearray(artifact)
    tampered[len(tampered) // 2] ^= 1
    for parser in ("_load_lightgbm", "_load_skops"):
        monkeypatch.setattr(artifacts, parser, lambda _: pytest.fail("parsed"))
    with pytest.raises(ArtifactRefused, match="hash"):
        load(bytes(tampered), artifact_format, sha256_of(artifact))


@pytest.mark.parametrize("foreign", [LogisticRegression(), partial(print, "hello"), {"f": np.sum}, print])
def test_a_foreign_type_is_refused_by_name(foreign: Any) -> None:
    """Types that are not on our list are refused, also those that skops itself trusts."""
    with pytest.raises(ArtifactRefused, match="not among the trusted types"):
        load_honest(skops.io.dumps(foreign), "skops")


def test_a_foreign_type_inside_a_trusted_one_is_refused() -> None:
    """A wrapper of ours around someone else's estimator is refused, and is not even dumped."""
    from include.models.all_classes import AllClasses

    model = AllClasses(LogisticRegression())
    with pytest.raises(ArtifactRefused, match=r"sklearn\.linear_model"):
        dump(model)
    with pytest.raises(ArtifactRefused, match=r"sklearn\.linear_model"):
        load_honest(skops.io.dumps(model), "skops")


def test_trusted_types_that_are_no_model_are_refused() -> None:
    """A dict of strings is harmless and not a model."""
    with pytest.raises(ArtifactRefused, match="not a model"):
        load_honest(skops.io.dumps({"a": "b"}), "skops")


def test_an_oversize_artifact_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the limit is neither written nor read."""
    model = trained("lightgbm")
    artifact, artifact_format = dump(model)
    monkeypatch.setattr(artifacts, "LARGEST_BYTES", len(artifact) - 1)
    with pytest.raises(ArtifactRefused, match="more than"):
        dump(model)
    with pytest.raises(ArtifactRefused, match="more than"):
        load_honest(artifact, artifact_format)


def test_a_small_zip_of_a_large_file_is_refused() -> None:
    """The limit holds for what a skops file unpacks to."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("schema.json", "{}")
        archive.writestr("1.npy", bytes(artifacts.LARGEST_BYTES))
    assert len(packed.getvalue()) < 10_000
    with pytest.raises(ArtifactRefused, match="more than"):
        load_honest(packed.getvalue(), "skops")


@pytest.mark.parametrize("artifact_format", ["pickle", "", "LIGHTGBM"])
def test_an_unknown_format_is_refused(artifact_format: str) -> None:
    """Two formats are read, no other name is guessed at."""
    artifact, _ = dump(trained("class_prior"))
    with pytest.raises(ArtifactRefused, match="format"):
        load_honest(artifact, artifact_format)


@pytest.mark.parametrize("artifact_format", ["skops", "lightgbm"])
@pytest.mark.parametrize("artifact", [b"", b"not a model", b"\xff\xfe"])
def test_bytes_of_another_kind_are_refused(artifact: bytes, artifact_format: str) -> None:
    """What is not of the named format is refused with a sentence, not with a parser's error."""
    with pytest.raises(ArtifactRefused, match="is not"):
        load_honest(artifact, artifact_format)


def test_trees_of_another_number_of_classes_are_refused() -> None:
    """A LightGBM model with one output is no model of ours."""
    import lightgbm as lgb

    booster = lgb.train({"objective": "binary", "verbosity": -1}, lgb.Dataset(X, (Y == 2).astype(int)), 2)
    with pytest.raises(ArtifactRefused, match="three classes"):
        load_honest(booster.model_to_string().encode(), "lightgbm")
