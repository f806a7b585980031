"""Grafana as code: what it needs to load the files, and what a person must see beside a number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
GRAFANA = ROOT / "include" / "grafana"
WEBHOOK = GRAFANA / "alerting-webhook.yaml"
FILES = sorted((GRAFANA / "dashboards").glob("*.json"))
DASHBOARDS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FILES}
every_dashboard = pytest.mark.parametrize("dashboard", DASHBOARDS.values(), ids=DASHBOARDS)


def provisioned(kind: str) -> dict[str, Any]:
    [file] = (GRAFANA / "provisioning" / kind).iterdir()
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


def sources(node: Any) -> Iterator[str]:
    """The uid of every data source that a part of a dashboard names."""
    if isinstance(node, dict):
        if isinstance(node.get("datasource"), dict):
            yield node["datasource"]["uid"]
        for child in node.values():
            yield from sources(child)
    elif isinstance(node, list):
        for child in node:
            yield from sources(child)


def queries(dashboard: dict[str, Any]) -> list[tuple[str, str]]:
    return [(panel["title"], target["rawSql"]) for panel in dashboard["panels"] for target in panel["targets"]]


def test_the_five_dashboards_have_names_of_their_own() -> None:
    """Overview, price, leaderboard, promised and ingestion, each with its own uid and title."""
    assert set(DASHBOARDS) == {"overview", "on-price", "leaderboard", "promised", "ingestion"}
    for part in ("uid", "title"):
        assert len({dashboard[part] for dashboard in DASHBOARDS.values()}) == len(DASHBOARDS)
    assert all(len(dashboard["uid"]) <= 40 for dashboard in DASHBOARDS.values())


@every_dashboard
def test_a_dashboard_reads_the_provisioned_source_in_utc(dashboard: dict[str, Any]) -> None:
    """Panels, queries and variables name the source by its uid, and times are UTC."""
    [source] = provisioned("datasources")["datasources"]
    assert set(sources(dashboard)) == {source["uid"]}
    assert {node["type"] for node in [panel["datasource"] for panel in dashboard["panels"]]} == {source["type"]}
    assert dashboard["timezone"] == "utc"


@every_dashboard
def test_a_panel_says_what_it_shows(dashboard: dict[str, Any]) -> None:
    """Each has an id, a title, a description and a unit, and lies on the grid beside the others."""
    panels = dashboard["panels"]
    assert len({panel["id"] for panel in panels}) == len({panel["title"] for panel in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        assert len(panel["description"]) > 30, panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert max(x for x, _ in cells) < 24
        assert not cells & taken, panel["title"]
        taken |= cells
        assert [target["refId"] for target in panel["targets"]] == ["A", "B", "C"][: len(panel["targets"])]


@every_dashboard
def test_a_column_that_is_styled_is_there(dashboard: dict[str, Any]) -> None:
    """An override of a name that no query gives would do nothing."""
    for panel in dashboard["panels"]:
        given = set(re.findall(r'AS "([^"]+)"', " ".join(target["rawSql"] for target in panel["targets"])))
        styled = {override["matcher"]["options"] for override in panel["fieldConfig"]["overrides"]}
        assert styled <= given, panel["title"]


@every_dashboard
def test_simulated_prices_are_called_so(dashboard: dict[str, Any]) -> None:
    """The first thing on each dashboard says which market it is, and so does each row of signals or positions."""
    first = dashboard["panels"][0]
    assert "SIMULATED" in first["targets"][0]["rawSql"]
    assert first["gridPos"]["y"] == 0
    for title, query in queries(dashboard):
        if '"Side"' in query:
            assert "THEN 'SIMULATED' ELSE 'real' END" in query, title


BESIDE = {
    '"Skill"': ['"95 % from"', '"95 % to"', '"Events"', "aseline|base rates"],
    '"Mean net"': ['"95 % from"', '"95 % to"', '"Flat"', '"Positions"'],
    '"Accuracy"': ["always SIDEWAYS", '"Events"'],
    '"Brier"': ["Brier of the base rates"],
    '"UP"': ["UP, base rate"],
    '"promised"': ['"delivered"|"observed"', '"events"|"minutes"'],
    '"Delivered"': ['"Promised"', '"Minutes"', '"Independent at most"'],
    '"14 days pooled"': ['"base rates"'],
    '"sum since the beginning"': ['"flat"', '"positions"'],
}


@pytest.mark.parametrize(("score", "companions"), BESIDE.items())
def test_no_score_stands_alone(score: str, companions: list[str]) -> None:
    """A score's panel has its baseline, its interval and what it rests on in the same query."""
    found = [
        (title, query) for dashboard in DASHBOARDS.values() for title, query in queries(dashboard) if score in query
    ]
    assert found
    for title, query in found:
        for companion in companions:
            assert re.search(companion, query), (title, companion)


def test_nothing_is_averaged_that_is_an_average() -> None:
    """Rates are sums over sums: the one mean that is taken is that of minutes within a bin."""
    averaging = [title for d in DASHBOARDS.values() for title, query in queries(d) if re.search(r"\bavg\(", query)]
    assert averaging == ["Calibration: ten bins of promised UP"]
    calculated = {
        calc
        for dashboard in DASHBOARDS.values()
        for panel in dashboard["panels"]
        for calc in panel["options"].get("reduceOptions", {}).get("calcs", [])
    }
    assert calculated == {"lastNotNull"}


def test_features_are_asked_by_day() -> None:
    """A panel on minute_features names the UTC days of the chosen time, without which the whole history is read."""
    found = [query for d in DASHBOARDS.values() for _, query in queries(d) if "minute_features" in query]
    assert found
    for query in found:
        assert "day >= ($__timeFrom()::timestamptz AT TIME ZONE 'UTC')::date" in query
        assert "day <= ($__timeTo()::timestamptz AT TIME ZONE 'UTC')::date" in query


def test_addresses_and_secrets_come_from_the_environment() -> None:
    """No host, login or password stands in the files, and the docs name every variable that does."""
    [source] = provisioned("datasources")["datasources"]
    given = [source["url"], source["user"], source["secureJsonData"]["password"], source["jsonData"]["database"]]
    assert all(re.fullmatch(r"(\$[A-Z_]+:?)+", value) for value in given)
    assert source["editable"] is False
    text = "".join(path.read_text(encoding="utf-8") for path in GRAFANA.rglob("*.yaml"))
    told = (ROOT / "docs" / "bi.md").read_text(encoding="utf-8")
    for variable in set(re.findall(r"(?<!\$)\$([A-Z_]{3,})", text)):
        assert f"`{variable}`" in told, variable


def test_the_alert_goes_off() -> None:
    """Its steps lead from query to condition, and nothing and errors are alerts too."""
    alerting = provisioned("alerting")
    [group] = alerting["groups"]
    [rule] = group["rules"]
    steps = {step["refId"]: step for step in rule["data"]}
    assert rule["condition"] == "C"
    assert steps["C"]["model"]["expression"] == "B"
    assert steps["B"]["model"]["expression"] == "A"
    assert {steps["B"]["datasourceUid"], steps["C"]["datasourceUid"]} == {"__expr__"}
    assert steps["A"]["datasourceUid"] == provisioned("datasources")["datasources"][0]["uid"]
    assert steps["A"]["model"]["format"] == "time_series", "Grafana alerts on no other format of PostgreSQL"
    assert [rule["noDataState"], rule["execErrState"]] == ["Alerting", "Alerting"]
    assert "policies" not in alerting, "it would replace the notification policies that are there"
    for text in rule["annotations"].values():
        assert not re.search(r"(?<!\$)\$(?!\$)", text.replace("$$", "")), "a single $ is a variable of the environment"


def test_a_webhook_is_asked_for() -> None:
    """Without an address Grafana starts, and its policies route the alert; who wants the webhook copies one file and matches a label."""
    alerting, webhook = provisioned("alerting"), yaml.safe_load(WEBHOOK.read_text(encoding="utf-8"))
    assert set(alerting) == {"apiVersion", "groups"}
    [rule] = alerting["groups"][0]["rules"]
    assert "notification_settings" not in rule, "it would name a contact point that may not be there"
    [point] = webhook["contactPoints"]
    assert [receiver["settings"]["url"] for receiver in point["receivers"]] == ["$MARKET_ALERT_URL"]
    told = (ROOT / "docs" / "bi.md").read_text(encoding="utf-8")
    assert f"`service = {rule['labels']['service']}` with the contact point *{point['name']}*" in told
    assert f"cp {WEBHOOK.relative_to(ROOT)} " in told
