"""A registered model as files and back: the artifact, config.json with all that scoring needs, results.json, card.html.

Nothing of a folder is run: the artifact is LightGBM's text or skops with our own list of types, and the text of the
features is compared, never applied.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import msgspec
import orjson
from msgspec import Meta

from include.errors import NotReady, SourceMismatch
from include.folders import FolderRefused, read_file, require_free, write_folder
from include.model_card.card import model_card
from include.models.artifacts import LARGEST_BYTES, ArtifactRefused, check_answers, load
from include.models.input_ranges import QUANTILES
from include.settings import Cell
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.minutes import known_source_of
from include.warehouse.models import StoredModel, register_model, results_of, stored_model
from include.warehouse.snapshots import HORIZON_LABELS, FeatureVersion, find_feature_version, kept_versions

ARTIFACTS = {"lightgbm": "model.txt", "skops": "model.skops"}
CONFIG, RESULTS, CARD = "config.json", "results.json", "card.html"
KIND = "cortex-signals model"
LAYOUT = 1

Instant = Annotated[datetime, Meta(tz=True)]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Share = Annotated[float, Meta(ge=0, le=1)]
Few = Annotated[int, Meta(ge=0)]
Quantiles = Annotated[tuple[float, ...], Meta(min_length=len(QUANTILES), max_length=len(QUANTILES))]


class CutOffs(msgspec.Struct, frozen=True):
    """Probabilities from which on a minute is called UP, or DOWN."""

    up: Annotated[float, Meta(gt=0, le=1)]
    down: Annotated[float, Meta(gt=0, le=1)]


class PaperTrades(msgspec.Struct, frozen=True):
    """What a HOLD's reason quotes."""

    trades: Few


class Decision(msgspec.Struct, frozen=True):
    """The parts of a decision rule that `include.decide` reads; others are kept as they are."""

    cut_offs: CutOffs
    class_returns: tuple[float | None, float | None, float | None]
    base_rates: tuple[Share, Share, Share]
    paper_trades: PaperTrades
    may_trade: bool


class FeaturesWanted(msgspec.Struct, frozen=True):
    """The version of the features that a model was trained on; `definition` is its text, whose SHA-256 is `hash`."""

    hash: Hash
    columns: tuple[str, ...]
    lookback_minutes: tuple[int, ...] | None
    definition: str


class ArtifactFile(msgspec.Struct, frozen=True):
    """What the artifact's file must be; its name follows from the format."""

    file: str
    format: str
    sha256: Hash
    bytes: Few


class Config(msgspec.Struct, frozen=True):
    """config.json. Times are UTC, `threshold` is a fraction; `is_simulated`: trained on the lab's market, None: unknown."""

    kind: str
    layout: int
    exported_as: int
    candidate: Annotated[str, Meta(min_length=1)]
    is_baseline: bool
    symbol: Annotated[str, Meta(min_length=1)]
    horizon_minutes: Annotated[int, Meta(gt=0, le=100_000)]
    threshold: Decimal
    trained_from: Instant
    trained_to: Instant
    as_of: Instant
    is_simulated: bool | None
    snapshot_hash: str
    code_revision: str
    feature_columns: Annotated[tuple[str, ...], Meta(min_length=1)]
    features: FeaturesWanted
    artifact: ArtifactFile
    decision: dict[str, Any]
    parameters: dict[str, Any]
    input_quantiles: dict[str, Quantiles] | None = None  # files of before it was stored have none

    @property
    def cell(self) -> Cell:
        return Cell(self.horizon_minutes, self.threshold.normalize())


@dataclass(frozen=True)
class Exported:
    """What was written: the folder, its files and their sizes in bytes."""

    model_id: int
    folder: str
    files: dict[str, int]
    artifact_sha256: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Imported:
    """The registered row: `is_new` is False where the same model was there; `is_scorable`: its features' view is there."""

    model_id: int
    is_new: bool
    is_scorable: bool
    candidate: str
    symbol: str
    horizon_minutes: int
    threshold: str
    answers_after: datetime

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "answers_after": self.answers_after.isoformat()}


def export_model(warehouse: Warehouse, model_id: int, folder: Path) -> Exported:
    """Write a model into a new or empty folder, whole or not at all.

    Raises
    ------
    NotReady
        No such model is registered, or its artifact is not kept.
    ArtifactRefused
        The stored bytes are not those that were registered.
    FolderRefused
        The folder is not empty, or cannot be written.
    """
    require_free(folder)
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        model = stored_model(connection, model_id)
        source = known_source_of(connection)
        results = results_of(connection, model_id)
        card = model_card(connection, model_id)
    artifact = model.kept_artifact()
    load(artifact, model.artifact_format, model.artifact_sha256)
    config = _config(model, artifact, source[0] == "simulated" if source else None)
    files = {
        ARTIFACTS[model.artifact_format]: artifact,
        CONFIG: _json(msgspec.to_builtins(config)),
        RESULTS: _json(results),
        CARD: card.encode(),
    }
    write_folder(folder, files)
    sizes = {name: len(content) for name, content in files.items()}
    return Exported(model_id, str(folder), sizes, model.artifact_sha256)


def _config(model: StoredModel, artifact: bytes, is_simulated: bool | None) -> Config:
    return Config(
        kind=KIND,
        layout=LAYOUT,
        exported_as=model.model_id,
        candidate=model.candidate,
        is_baseline=model.is_baseline,
        symbol=model.symbol,
        horizon_minutes=model.cell.horizon_minutes,
        threshold=Decimal(f"{model.cell.threshold:f}"),
        trained_from=model.trained_from,
        trained_to=model.trained_to,
        as_of=model.as_of,
        is_simulated=is_simulated,
        snapshot_hash=model.snapshot_hash,
        code_revision=model.code_revision,
        feature_columns=model.feature_columns,
        features=FeaturesWanted(model.feature_hash, model.version_columns, model.lookback_minutes, model.definition),
        artifact=ArtifactFile(
            ARTIFACTS[model.artifact_format], model.artifact_format, model.artifact_sha256, len(artifact)
        ),
        decision=dict(model.decision),
        parameters=dict(model.parameters),
        input_quantiles=_quantiles(model),
    )


def _quantiles(model: StoredModel) -> dict[str, tuple[float, ...]] | None:
    known = model.input_quantiles
    return None if known is None else {name: tuple(known[name]) for name in model.feature_columns}


def _json(document: Any) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def import_model(warehouse: Warehouse, folder: Path) -> Imported:
    """Register the model of a folder that `export_model` wrote; the same twice is one row, and nothing is promoted.

    Its scores stay in results.json: they are of another warehouse's minutes.

    Raises
    ------
    FolderRefused
        A file is missing, too large, or not what config.json says.
    ArtifactRefused
        The artifact's hash, format, size or types are not what they must be.
    NotReady
        This warehouse does not have the features that the model was trained on.
    SourceMismatch
        One of model and warehouse is of the lab's simulated market, the other is not.
    """
    config = _read_config(folder)
    artifact = _read_artifact(folder, config)
    with warehouse.transaction("writer") as connection:
        _check_market(connection, config)
        version = _version(connection, config)
        model_id, known = register_model(connection, _columns(config, version, artifact))
        is_scorable = version.number in kept_versions(connection)
    if known is not None and not _is_same(known, config):
        raise FolderRefused(
            f"Model {model_id} has the artifact of {folder} with another decision rule or other columns than {CONFIG} says; "
            "nothing was changed. Registered models never change: export it again."
        )
    return Imported(
        model_id,
        known is None,
        is_scorable,
        config.candidate,
        config.symbol,
        config.horizon_minutes,
        f"{config.cell.threshold:f}",
        config.trained_to + config.cell.horizon,
    )


def _is_same(known: Any, config: Config) -> bool:
    said = (config.candidate, list(config.feature_columns), config.decision)
    return (known.candidate, list(known.feature_columns), known.decision) == said


def _read_config(folder: Path) -> Config:
    path = folder / CONFIG
    text = read_file(path, LARGEST_BYTES)
    try:
        config = msgspec.json.decode(text, type=Config)
        msgspec.convert(config.decision, Decision)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise FolderRefused(f"{path} is not a model's: {error}.") from error
    wrong = _wrong(config)
    if wrong:
        raise FolderRefused(f"{path} is not a model's: {wrong}.")
    return config


def _wrong(config: Config) -> str | None:
    """What contradicts itself in a config.json of the right shape; None where nothing does."""
    threshold = config.threshold
    if config.kind != KIND or config.layout != LAYOUT:
        return f"it is {config.kind!r} of layout {config.layout}, and {KIND!r} of layout {LAYOUT} is read"
    if not (threshold.is_finite() and 0 < threshold < 1 and threshold == round(threshold, 5)):
        return f"the threshold {threshold} is not a fraction between 0 and 1 with at most 5 places"
    if config.horizon_minutes not in HORIZON_LABELS:
        return f"the horizon {config.horizon_minutes} min is none of {', '.join(map(str, HORIZON_LABELS))}, which minute_labels has"
    if not config.trained_from <= config.trained_to <= config.as_of - config.cell.horizon:
        return "trained_from, trained_to + horizon and as_of are not in that order"
    if sha256(config.features.definition.encode()).hexdigest() != config.features.hash:
        return "the definition of the features does not have the hash that stands beside it"
    return None


def _read_artifact(folder: Path, config: Config) -> bytes:
    """The artifact's bytes, once they have proved to be a model of the config's inputs."""
    name = ARTIFACTS.get(config.artifact.format)
    if name is None:
        raise ArtifactRefused(
            f"The artifact has the format {config.artifact.format!r}; {' and '.join(ARTIFACTS)} are read."
        )
    artifact = read_file(folder / name, LARGEST_BYTES)
    model = load(artifact, config.artifact.format, config.artifact.sha256)
    check_answers(model, len(config.feature_columns))
    return artifact


def _check_market(connection: Connection, config: Config) -> None:
    source = known_source_of(connection)
    if source is None or config.is_simulated is None or config.is_simulated == (source[0] == "simulated"):
        return
    here, there = (
        ("a real market", "the lab's simulated one")
        if config.is_simulated
        else ("the lab's simulated market", "a real one")
    )
    raise SourceMismatch(
        f"The warehouse holds the minutes of {here} and the model was trained on {there}; set WAREHOUSE_DSN "
        "(in Airflow, the connection warehouse) to a database of the model's kind."
    )


def _version(connection: Connection, config: Config) -> FeatureVersion:
    """The model's own version of the features, in this warehouse's numbers."""
    version = find_feature_version(connection, config.features.hash)
    if version is None:
        raise NotReady(
            f"The model wants the features {config.features.hash[:12]}… ({len(config.features.columns)} columns), which this "
            f"warehouse does not have: run `cortex-signals migrate` with the files of include/sql/features that it was trained on "
            f"(their text is features.definition in {CONFIG}, their code {config.code_revision})."
        )
    foreign = [name for name in config.feature_columns if name not in version.columns]
    if foreign:
        raise FolderRefused(f"{CONFIG} names the input {foreign[0]}, which its version of the features does not have.")
    if config.input_quantiles is not None and set(config.input_quantiles) != set(config.feature_columns):
        raise FolderRefused(f"{CONFIG} has input_quantiles of other inputs than its feature_columns.")
    return version


def _columns(config: Config, version: FeatureVersion, artifact: bytes) -> dict[str, Any]:
    """The row of `models`."""
    return {
        "candidate": config.candidate,
        "is_baseline": config.is_baseline,
        "symbol": config.symbol,
        "horizon_minutes": config.horizon_minutes,
        "threshold": config.threshold,
        "trained_from": config.trained_from,
        "trained_to": config.trained_to,
        "as_of": config.as_of,
        "snapshot_hash": config.snapshot_hash,
        "feature_version": version.number,
        "feature_hash": version.hash,
        "feature_columns": list(config.feature_columns),
        "code_revision": config.code_revision,
        "parameters": config.parameters,
        "decision": config.decision,
        "artifact": artifact,
        "artifact_format": config.artifact.format,
        "artifact_sha256": config.artifact.sha256,
        "input_quantiles": config.input_quantiles,
    }
