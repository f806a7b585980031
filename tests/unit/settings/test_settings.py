"""The settings file and the environment: what is shipped is usable, and what is wrong is named."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from include.errors import SettingsError
from include.settings import PACKAGE, Cell, Timescale, load_settings, parse_settings, read_environment


@pytest.fixture
def tree() -> dict[str, Any]:
    return tomllib.loads((PACKAGE / "settings.toml").read_text())


def test_the_shipped_file_is_usable() -> None:
    """Six live cells, one threshold a horizon, all of them in the grid of thirty."""
    settings = load_settings(PACKAGE / "settings.toml")
    assert [cell.horizon_minutes for cell in settings.signals.live] == [15, 30, 45, 60, 120, 240]
    assert set(settings.signals.live) <= set(settings.grid)
    assert len(settings.grid) == 30
    assert len(settings.metrics) == 16
    assert settings.lab_clock.settle_delay == timedelta(0)
    assert settings.clock.settle_delay == timedelta(seconds=5)


def test_yaml_says_the_same(tmp_path: Path, tree: dict[str, Any]) -> None:
    """A YAML file with the same entries gives equal settings."""
    import yaml

    file = tmp_path / "settings.yaml"
    file.write_text(yaml.safe_dump(tree))
    assert load_settings(file) == load_settings(PACKAGE / "settings.toml")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda t: t.pop("schema"), "schema"),
        (lambda t: t.update(schema="market; DROP"), "schema"),
        (lambda t: t["time"].update(clock="sundial"), "time.clock"),
        (lambda t: t["ingest"].update(window_days=8), "ingest.window_days"),
        (lambda t: t["ingest"].update(overlap_minutes=0), "ingest.overlap_minutes"),
        (lambda t: t["training"].update(test_share=1.5), "training.test_share"),
        (lambda t: t["bi"].update(statement_timeout_seconds=0), "bi.statement_timeout_seconds"),
        (lambda t: t["bi"].update(statement_timeout_seconds=90_000), "bi.statement_timeout_seconds"),
        (lambda t: t.update(symbols=[]), "symbols"),
        (lambda t: t["symbols"].append(t["symbols"][0]), "BTCUSDT twice"),
        (
            lambda t: t["signals"]["live"].append({"horizon_minutes": 17, "threshold": 0.003}),
            "signals.live holds 17 min",
        ),
        (lambda t: t["signals"].update(stale_after_minutes=1.5), "signals.stale_after_minutes"),
        (lambda t: t["signals"].update(range_margin=0), "signals.range_margin"),
        (lambda t: t["signals"].update(shadow="all"), "signals.shadow"),
        (lambda t: t["labels"].update(thresholds=[0.5, 50]), "50"),
        (lambda t: t["labels"].update(thresholds=["half"]), "labels"),
        (lambda t: t["watching"].update(freshness_minutes=0), "watching.freshness_minutes"),
        (lambda t: t["watching"].update(missing_minutes=-1), "watching.missing_minutes"),
        (lambda t: t["watching"].update(drift_psi=1), "drift_psi"),
        (lambda t: t["timescale"].update(use="always"), "timescale.use"),
        (lambda t: t["timescale"].update(chunk_days=0.5), "timescale.chunk_days"),
        (lambda t: t["timescale"].update(move_gigabytes=0), "timescale.move_gigabytes"),
        (lambda t: t["timescale"].update(keep_days=1), "keep_days"),
        (
            lambda t: t["ingest"].update(repair_lookback_days=31),
            "timescale.compress_after_days is under ingest.repair_lookback",
        ),
    ],
)
def test_a_wrong_entry_is_named(tree: dict[str, Any], tmp_path: Path, change: Any, named: str) -> None:
    """The sentence holds the file and the entry."""
    change(tree)
    import yaml

    file = tmp_path / "settings.yaml"
    file.write_text(yaml.safe_dump(tree))
    with pytest.raises(SettingsError, match="is not usable") as raised:
        load_settings(file)
    assert str(file) in str(raised.value)
    assert named in str(raised.value) or named == "labels"


def test_a_file_of_before_bi_could_be_limited_has_a_minute(tree: dict[str, Any]) -> None:
    """Without the table `bi` a statement of the reader has 60 seconds."""
    del tree["bi"]
    assert parse_settings(tree).bi_statement_timeout == timedelta(seconds=60)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The sentence names the variable that points to it."""
    with pytest.raises(SettingsError, match=r"none\.toml.*CORTEX_SIGNALS_SETTINGS"):
        load_settings(tmp_path / "none.toml")


def test_an_empty_variable_is_not_set() -> None:
    """`CORTEX_URL=` means the bundled lab, and a trailing slash means nothing."""
    assert read_environment({"CORTEX_URL": " "}).cortex_url is None
    assert read_environment({"CORTEX_URL": "http://host/prometheus/"}).cortex_url == "http://host/prometheus"


def test_a_file_of_tls_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is of the folder where it was given; Airflow's processes run in another."""
    monkeypatch.chdir(tmp_path)
    read = read_environment(
        {"CORTEX_CA_FILE": "ca.pem", "CORTEX_CLIENT_CERT": "/me.pem", "CORTEX_CLIENT_KEY": "../key"}
    )
    assert read.cortex_ca_file == str(tmp_path / "ca.pem")
    assert read.cortex_client_cert == "/me.pem"
    assert read.cortex_client_key == str(tmp_path / "../key")


def test_secrets_are_not_shown() -> None:
    """The environment's repr holds no password, token or DSN."""
    shown = repr(
        read_environment(
            {"CORTEX_PASSWORD": "hunter2", "CORTEX_TOKEN": "s3cr3t", "WAREHOUSE_DSN": "postgresql://u:pw0rd@h/d"}
        )
    )
    assert not any(secret in shown for secret in ("hunter2", "s3cr3t", "pw0rd"))


def test_equal_thresholds_are_one_cell() -> None:
    """0.0050 from a database and 0.005 from a file are the same cell."""
    assert {Cell(30, Decimal("0.0050")), Cell(30, Decimal("0.005"))} == {Cell(30, Decimal("0.005"))}


def test_the_shipped_tree_is_what_parse_settings_reads(tree: dict[str, Any]) -> None:
    """Parsing does not change the tree that it is given."""
    before = repr(tree)
    parse_settings(tree)
    assert repr(tree) == before


def test_cells_are_the_live_ones_unless_asked_for() -> None:
    """No choice: live cells; the grid or a threshold: from all of them; nothing that matches is an error."""
    settings = load_settings(PACKAGE / "settings.toml")
    assert settings.cells() == list(settings.signals.live)
    assert len(settings.cells(grid=True)) == 30
    assert settings.cells([30], [Decimal("0.01")]) == [Cell(30, Decimal("0.01"))]
    with pytest.raises(SettingsError, match=r"labels\.horizons_minutes"):
        settings.cells([17])


def test_a_file_of_before_the_look_back_could_be_set_is_read(tree: dict[str, Any]) -> None:
    """An upgrade does not stop who has a settings file of their own; one too short for the baseline is refused."""
    shipped = parse_settings(tree).training.longest_lookback
    del tree["training"]["longest_lookback_minutes"]
    assert parse_settings(tree).training.longest_lookback == shipped == timedelta(hours=4)
    tree["training"]["longest_lookback_minutes"] = 59
    with pytest.raises(ValueError, match=r"longest_lookback_minutes is 59.*60 minutes"):
        parse_settings(tree)


def test_a_file_of_before_the_lab_had_several_markets_is_read(tree: dict[str, Any]) -> None:
    """Without an entry the lab simulates its usual market; an unknown one is refused with those that there are."""
    del tree["lab"]["market"]
    assert parse_settings(tree).lab_market == "usual"
    tree["lab"]["market"] = "noise"
    assert parse_settings(tree).lab_market == "noise"
    tree["lab"]["market"] = "calm"
    with pytest.raises(ValueError, match=r"lab\.market is 'calm', not one of usual, noise, edge"):
        parse_settings(tree)


def test_a_file_of_before_the_guards_has_the_shipped_ones(tree: dict[str, Any]) -> None:
    """Staleness, range, age and shadow are as shipped where the file does not name them."""
    shipped = parse_settings(tree).signals
    for name in ("stale_after_minutes", "range_margin", "max_model_age_days", "shadow"):
        del tree["signals"][name]
    assert parse_settings(tree).signals == shipped
    assert (shipped.stale_after, shipped.shadow) == (timedelta(minutes=15), "none")


def test_a_heartbeat_is_an_address() -> None:
    """What is none is refused without repeating what may be a secret."""
    assert read_environment({"CORTEX_SIGNALS_HEARTBEAT_URL": "https://host/ping"}).heartbeat_url == "https://host/ping"
    with pytest.raises(SettingsError, match="CORTEX_SIGNALS_HEARTBEAT_URL") as refused:
        read_environment({"CORTEX_SIGNALS_HEARTBEAT_URL": "s3cret"})
    assert "s3cret" not in str(refused.value)


def test_a_file_of_before_anything_watched_is_read(tree: dict[str, Any]) -> None:
    """Without [watching] the shipped bounds hold; without one of its entries that one's."""
    shipped = parse_settings(tree).watching
    del tree["watching"]["drift_days"]
    assert parse_settings(tree).watching == shipped
    del tree["watching"]
    assert parse_settings(tree).watching == shipped


def test_a_file_of_before_timescale_keeps_what_repairs_read_out_of_the_columnstore(tree: dict[str, Any]) -> None:
    """Without [timescale] it is as shipped, and a longer look-back of repairs puts the columnstore off."""
    shipped = parse_settings(tree).timescale
    assert shipped == Timescale()
    del tree["timescale"]
    assert parse_settings(tree).timescale == shipped
    tree["ingest"]["repair_lookback_days"] = 90
    assert parse_settings(tree).timescale.compress_after == timedelta(days=90)
