"""A model as files and back: equal bytes and probabilities, once, and nothing that was changed on the way."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, rows, small_settings

from include.cli.main import main
from include.errors import CortexSignalsError, NotReady, SourceMismatch
from include.folders import FolderRefused
from include.ingest import ingest
from include.model_files import export_model, import_model
from include.models.artifacts import ArtifactRefused, dump, load, sha256_of
from include.models.candidates import RECIPES, predict_proba
from include.pipeline import Pipeline
from include.settings import Cell
from include.train import train
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.models import register_model, stored_model
from include.warehouse.upkeep import collect_artifacts

DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
CELL = Cell(15, Decimal("0.003"))
MODEL = (
    "SELECT candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash, feature_hash,"
    " feature_columns, code_revision, parameters, decision, artifact, artifact_format, artifact_sha256, input_quantiles FROM models ORDER BY model_id"
)
Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def trained(serve: Serve, new_database: str) -> Pipeline:
    """A warehouse with one model, of the volatility baseline."""
    small = small_settings(candidates=())
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL,)),
    )
    pipeline = make_pipeline(serve(ChangeableMarket(days=DAYS, seed=5), NOW), new_database, settings)
    migrate(pipeline.warehouse)
    ingest(pipeline)
    train(pipeline, as_of=NOW - timedelta(hours=1))
    return pipeline


@pytest.fixture
def other(another_database: str) -> Warehouse:
    """A migrated warehouse without a minute or a model."""
    warehouse = Warehouse(another_database)
    migrate(warehouse)
    return warehouse


def register_trees(warehouse: Warehouse) -> int:
    """A LightGBM model beside the first one, of the same rule; its number."""
    with warehouse.transaction() as connection:
        first = stored_model(connection, 1)
        columns = first.version_columns[:5]
        generator = np.random.default_rng(3)
        X, y = generator.normal(size=(500, 5)).astype(np.float32), generator.integers(0, 3, 500)
        artifact, artifact_format = dump(RECIPES["lightgbm"].build(7, 1).fit(X, y))
        row = {
            name: getattr(first, name) for name in ("symbol", "trained_from", "trained_to", "as_of", "snapshot_hash")
        }
        row |= {name: getattr(first, name) for name in ("feature_version", "feature_hash", "code_revision")}
        row |= {"candidate": "lightgbm", "is_baseline": False, "feature_columns": list(columns)}
        row |= {"parameters": dict(first.parameters), "decision": dict(first.decision)}
        row |= {"horizon_minutes": CELL.horizon_minutes, "threshold": CELL.threshold}
        row |= {"artifact": artifact, "artifact_format": artifact_format, "artifact_sha256": sha256_of(artifact)}
        return register_model(connection, row)[0]


def edit(folder: Path, change: Edit) -> None:
    """Change the folder's config.json."""
    path = folder / "config.json"
    config = orjson.loads(path.read_bytes())
    change(config)
    path.write_bytes(orjson.dumps(config))


def test_the_files_of_a_collected_model_bring_it_back(trained: Pipeline, tmp_path: Path) -> None:
    """Under a new number, with the same bytes; the row whose bytes were collected says so to who would export it."""
    trees = register_trees(trained.warehouse)
    export_model(trained.warehouse, trees, tmp_path / "a")
    collected = collect_artifacts(trained.warehouse, timedelta(0), ["BTCUSDT"])
    assert collected["artifacts"] == 1
    with pytest.raises(NotReady, match=rf"The bytes of model {trees} were collected"):
        export_model(trained.warehouse, trees, tmp_path / "b")
    done = import_model(trained.warehouse, tmp_path / "a")
    assert (done.is_new, done.model_id) == (True, trees + 1)
    assert export_model(trained.warehouse, done.model_id, tmp_path / "b").files["model.txt"] == collected["bytes"]


def test_a_model_comes_back_as_it_was(trained: Pipeline, other: Warehouse, tmp_path: Path) -> None:
    """Either format gives the same row, bytes and probabilities in another warehouse; twice is one row; nothing is promoted."""
    trees = register_trees(trained.warehouse)
    assert export_model(trained.warehouse, 1, tmp_path / "a").files.keys() == {
        "model.skops",
        "config.json",
        "results.json",
        "card.html",
    }
    assert (tmp_path / "a").stat().st_mode & stat.S_IROTH
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "b").mkdir()
    assert "model.txt" in export_model(trained.warehouse, trees, tmp_path / "new" / "b").files
    folders = [tmp_path / "a", tmp_path / "new" / "b"]
    done = [import_model(other, folder) for folder in folders]
    assert [(one.is_new, one.is_scorable) for one in done] == [(True, True)] * 2
    assert rows(other, MODEL) == rows(trained.warehouse, MODEL)
    again = [import_model(other, folder) for folder in folders] + [import_model(trained.warehouse, folders[0])]
    assert [(one.model_id, one.is_new) for one in again] == [
        (done[0].model_id, False),
        (done[1].model_id, False),
        (1, False),
    ]
    assert rows(other, "SELECT (SELECT count(*) FROM models) AS m, (SELECT count(*) FROM promotions) AS p") == [(2, 0)]
    assert rows(other, "SELECT count(*) FROM model_evaluations") == [(0,)]
    for file, number in (("a/model.skops", 1), ("new/b/model.txt", trees)):
        with trained.warehouse.transaction() as connection:
            model = stored_model(connection, number)
        assert (tmp_path / file).read_bytes() == model.artifact
        X = np.abs(np.random.default_rng(1).normal(size=(50, len(model.feature_columns)))) * 1e-3
        written = load((tmp_path / file).read_bytes(), model.artifact_format, model.artifact_sha256)
        kept = load(model.kept_artifact(), model.artifact_format, model.artifact_sha256)
        assert predict_proba(written, X).tobytes() == predict_proba(kept, X).tobytes()


def test_the_files_say_what_the_model_is_worth(trained: Pipeline, tmp_path: Path) -> None:
    """results.json has the scores of the model and the baselines beside rows, events and days, and the verdict; config.json the rule."""
    export_model(trained.warehouse, 1, tmp_path / "model")
    results = orjson.loads((tmp_path / "model" / "results.json").read_bytes())
    pooled = {e["candidate"]: e for e in results["evaluations"] if e["fold"] is None}
    assert list(pooled) == ["volatility_60m", "always_sideways", "class_prior", "original"]
    stored = rows(
        trained.warehouse,
        "SELECT candidate, log_loss_skill, rows, events, days FROM model_evaluations WHERE fold IS NULL",
    )
    assert [tuple(pooled[c][k] for k in ("log_loss_skill", "rows", "events", "days")) for c, *_ in stored] == [
        tuple(found) for _, *found in stored
    ]
    assert [(p["is_accepted"], p["model_id"]) for p in results["promotions"]] == [(True, 1)]
    config = orjson.loads((tmp_path / "model" / "config.json").read_bytes())
    [(definition, decision)] = rows(
        trained.warehouse, "SELECT definition, decision FROM feature_versions JOIN models USING (feature_version)"
    )
    assert (config["features"]["definition"], config["decision"], config["is_simulated"]) == (
        definition,
        decision,
        True,
    )
    assert (config["horizon_minutes"], config["threshold"]) == (15, "0.003")
    lookbacks = dict(zip(config["features"]["columns"], config["features"]["lookback_minutes"], strict=True))
    assert lookbacks["realised_volatility_60m"] >= 60


def test_what_was_changed_on_the_way_is_refused(trained: Pipeline, other: Warehouse, tmp_path: Path) -> None:
    """A changed byte, another format, a rule out of shape, text that has not its hash, missing or huge files: nothing is registered."""
    number = 0

    def refused(
        how: type[CortexSignalsError], match: str, change: Edit | None = None, file: bytes | None = None
    ) -> None:
        nonlocal number
        number += 1
        folder = tmp_path / str(number)
        export_model(trained.warehouse, 1, folder)
        if change:
            edit(folder, change)
        if file is not None:
            (folder / "model.skops").write_bytes(file)
        with pytest.raises(how, match=match):
            import_model(other, folder)

    export_model(trained.warehouse, 1, tmp_path / "honest")
    artifact = (tmp_path / "honest" / "model.skops").read_bytes()
    refused(ArtifactRefused, "changed after training", file=artifact[:-1] + bytes([artifact[-1] ^ 1]))
    refused(ArtifactRefused, "'pickle'", lambda c: c["artifact"].update(format="pickle"))
    refused(FolderRefused, "model.txt cannot be read", lambda c: c["artifact"].update(format="lightgbm"))
    refused(FolderRefused, "more than the 5,000,000", file=bytes(5_000_001))
    refused(FolderRefused, "may_trade", lambda c: c["decision"].update(may_trade="yes"))
    refused(FolderRefused, "missing required field `cut_offs`", lambda c: c["decision"].pop("cut_offs"))
    refused(FolderRefused, "not a fraction", lambda c: c.update(threshold="0.0000001"))
    refused(FolderRefused, "the horizon 20 min", lambda c: c.update(horizon_minutes=20))
    refused(FolderRefused, "trained_from, trained_to", lambda c: c.update(trained_to=c["as_of"]))
    refused(FolderRefused, "does not have the hash", lambda c: c["features"].update(definition="SELECT 1"))
    refused(FolderRefused, "'cortex-signals model' of layout 2", lambda c: c.update(layout=2))
    refused(FolderRefused, "the input moon_phase", lambda c: c.update(feature_columns=["moon_phase"]))
    refused(FolderRefused, "input_quantiles of other", lambda c: c.update(input_quantiles={}))
    refused(FolderRefused, "length", lambda c: c["input_quantiles"].update(realised_volatility_60m=[0, 1]))
    refused(ArtifactRefused, "a row of 2 inputs", lambda c: c["feature_columns"].append("return_5m"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(FolderRefused, match=r"config\.json cannot be read"):
        import_model(other, tmp_path / "empty")
    assert rows(other, "SELECT count(*) FROM models") == [(0,)]


def test_a_registered_model_does_not_change_with_its_files(trained: Pipeline, tmp_path: Path) -> None:
    """A rule edited by hand is not taken for the one that was registered with the same artifact."""
    export_model(trained.warehouse, 1, tmp_path / "model")
    edit(tmp_path / "model", lambda c: c["decision"].update(may_trade=True))
    before = rows(trained.warehouse, MODEL)
    with pytest.raises(FolderRefused, match="another decision rule"):
        import_model(trained.warehouse, tmp_path / "model")
    assert rows(trained.warehouse, MODEL) == before


def test_a_file_of_before_the_ranges_is_read(trained: Pipeline, other: Warehouse, tmp_path: Path) -> None:
    """Without input_quantiles the model is registered without them: its inputs are not compared with any range."""
    export_model(trained.warehouse, 1, tmp_path / "model")
    edit(tmp_path / "model", lambda c: c.pop("input_quantiles"))
    import_model(other, tmp_path / "model")
    assert rows(other, "SELECT input_quantiles FROM models") == [(None,)]


def test_other_features_are_named_and_refused(trained: Pipeline, other: Warehouse, tmp_path: Path) -> None:
    """A warehouse that never had the model's version says which it wants and what to run; another kind of market is refused too."""
    export_model(trained.warehouse, 1, tmp_path / "model")
    [(wanted,)] = rows(trained.warehouse, "SELECT feature_hash FROM models")
    with other.transaction() as connection:
        connection.execute("UPDATE feature_versions SET feature_hash = repeat('0', 64)")
    with pytest.raises(NotReady, match=rf"wants the features {wanted[:12]}….*cortex-signals migrate"):
        import_model(other, tmp_path / "model")
    edit(tmp_path / "model", lambda c: c.update(is_simulated=False))
    with pytest.raises(SourceMismatch, match="simulated"):
        import_model(trained.warehouse, tmp_path / "model")


def test_a_folder_is_written_whole_or_not_at_all(
    trained: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that holds something is left as it is, and a failure in the middle leaves nothing."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(FolderRefused, match="not empty"):
        export_model(trained.warehouse, 1, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(FolderRefused, match="No space left"):
            export_model(trained.warehouse, 1, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    with pytest.raises(NotReady, match="No model 99"):
        export_model(trained.warehouse, 99, tmp_path / "new")
    with trained.warehouse.transaction() as connection:
        connection.execute("UPDATE models SET artifact = artifact || '\\x00'::bytea")
    with pytest.raises(ArtifactRefused, match="changed after training"):
        export_model(trained.warehouse, 1, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_commands_answer_in_json_and_in_a_sentence(
    trained: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 0 with a document, 1 with one sentence on stderr, 2 without a folder."""
    monkeypatch.setenv("WAREHOUSE_DSN", trained.warehouse.dsn)
    monkeypatch.setenv("CORTEX_URL", trained.cortex.url)
    assert main(["export", "1", "--to", str(tmp_path / "model"), "--json"]) == 0
    assert orjson.loads(capsys.readouterr().out)["model_id"] == 1
    assert main(["import", str(tmp_path / "model")]) == 0
    assert "It was there already: model 1" in capsys.readouterr().out
    assert main(["export", "1", "--to", str(tmp_path / "model")]) == 1
    assert capsys.readouterr().err == f"The folder {tmp_path / 'model'} is not empty; name one that is new or empty.\n"
    with pytest.raises(SystemExit) as ended:
        main(["export", "1"])
    assert ended.value.code == 2
