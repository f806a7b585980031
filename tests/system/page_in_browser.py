"""The page 'Signals' in a real browser on a running stack: a class, so that test_up.py runs it on the stack it has."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from in_browser import Seen, browser, log_in, open_signals
from running_stack import VIEWER, RunningStack

MINUTE_MILLISECONDS = 150_000
NEWEST_ACT = "SELECT is_on, symbol, reason, set_by FROM kill_switch ORDER BY switch_id DESC LIMIT 1"
ONE_CELL = "symbol=BTCUSDT&horizon=15&threshold=0.003"
ROUTES = (
    "", "files/page.js", "files/vendor/uplot-1.6.32/uPlot.iife.min.js", "state", f"series?{ONE_CELL}&hours=3",
    f"coverage?{ONE_CELL}", f"leaderboard?{ONE_CELL}", f"performance?{ONE_CELL}", "pipeline", "kill-switch",
    f"signals.csv?{ONE_CELL}&from=2026-01-01&to=2026-01-02", "models", "models/1",
)  # fmt: skip


def opened(stack: RunningStack, chromium: Any, seen: Seen, username: str, password: str) -> Any:
    """The page in Airflow's frame, by a login of its own."""
    context = chromium.new_context(viewport={"width": 1300, "height": 1000}, color_scheme="light")
    seen.watch(context)
    page = context.new_page()
    log_in(page, stack.addresses["airflow_url"], username, password)
    return open_signals(page)


class PageInBrowser:
    """Its tests share one browser and one login; each asserts that nothing was complained of, nor asked for elsewhere."""

    @pytest.fixture(scope="class")
    @classmethod
    def chromium(cls) -> Iterator[Any]:
        with browser() as made:
            yield made

    @pytest.fixture(scope="class")
    @classmethod
    def seen(cls) -> Seen:
        return Seen()

    @pytest.fixture(scope="class")
    @classmethod
    def frame(cls, stack: RunningStack, chromium: Any, seen: Seen) -> Any:
        """The page in Airflow's frame, as the administrator opens it by the menu."""
        login = stack.addresses["airflow_login"]
        return opened(stack, chromium, seen, login["username"], login["password"])

    @pytest.fixture(autouse=True)
    def nothing_is_odd(self, seen: Seen) -> Iterator[None]:
        yield
        assert seen.complaints == []
        assert seen.foreign == []

    def test_no_route_answers_without_a_login(self, stack: RunningStack) -> None:
        """401 everywhere, to the kill switch too."""
        url = stack.addresses["airflow_url"]
        for path in ROUTES:
            assert httpx.get(f"{url}/signals/{path}", trust_env=False).status_code == 401, path
        act = {"is_on": True, "symbol": None, "reason": "by nobody"}
        assert httpx.post(f"{url}/signals/kill-switch", json=act, trust_env=False).status_code == 401

    def test_the_page_shows_what_the_warehouse_holds(self, frame: Any, stack: RunningStack) -> None:
        """Every part is there, and it says SIMULATED and paper."""
        assert "SIMULATED MARKET" in frame.inner_text("#banner")
        assert "nothing here sends an order" in frame.inner_text("footer")
        for part in ("#boardRows tr", "#coverageWords:has-text('held')", "#freshness td", "#reliability canvas"):
            frame.wait_for_selector(part)
        [(champion,)] = stack.rows("SELECT candidate FROM champions WHERE horizon_minutes = 15")
        assert champion in frame.inner_text("#boardRows tr.champion")
        assert re.search(r"\d\d:\d\d", frame.inner_text("#freshness"))
        assert frame.locator("#chart canvas").count() == 3
        assert frame.locator("#reliability canvas").count() == 2
        assert frame.inner_text("#switchState") == "off"

    def test_another_horizon_and_span_by_the_keyboard(self, frame: Any) -> None:
        """Arrow keys choose; the chart, its file and the tables are of the chosen cell."""
        frame.focus("#cells input:checked")
        frame.page.keyboard.press("ArrowRight")
        frame.wait_for_function("() => document.getElementById('file').href.includes('horizon=30')")
        assert frame.inner_text("#cells input:checked + span b").startswith("30 min")
        frame.focus("#hours input:checked")
        frame.page.keyboard.press("ArrowRight")
        frame.wait_for_function("() => document.getElementById('spanWords').textContent.includes('of 1,440 minutes')")
        frame.focus("#chart")
        frame.page.keyboard.press("Home")
        assert not frame.inner_text("#readout").startswith("Newest: ")

    def test_the_theme_is_airflow_s_until_it_is_chosen_here(self, frame: Any) -> None:
        """The button turns the page dark and light again; both are legible: text and page differ."""

        def shown() -> tuple[str, str]:
            style = "getComputedStyle(document.body)"
            return frame.evaluate("document.documentElement.dataset.theme"), frame.evaluate(f"{style}.backgroundColor")

        before = shown()
        frame.click("#theme")
        dark = shown()
        assert {before[0], dark[0]} == {"light", "dark"}
        assert before[1] != dark[1]
        frame.click("#theme")
        assert shown() == before

    def test_the_file_holds_the_chosen_cell_s_signals(self, frame: Any, stack: RunningStack) -> None:
        """CSV with a header, only of that cell, and marked as simulated."""
        with frame.page.expect_download() as download:
            frame.click("#file")
        assert re.fullmatch(r"signals_BTCUSDT_30m_\d{8}T\d{4}_\d{8}T\d{4}\.csv", download.value.suggested_filename)
        found = list(csv.DictReader(download.value.path().read_text().splitlines()))
        [(count,)] = stack.rows("SELECT count(*) FROM signals WHERE horizon_minutes = 30 AND NOT is_shadow")
        assert 0 < len(found) <= count
        assert {(row["horizon_minutes"], row["is_simulated"]) for row in found} == {("30", "True")}

    def test_it_fits_a_phone(self, frame: Any) -> None:
        """At 390 pixels nothing is wider than the screen, in Airflow's frame or by itself."""
        page = frame.page.context.new_page()
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(frame.url)
        page.wait_for_selector("#boardRows tr")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.close()
        desktop = frame.page.viewport_size
        frame.page.set_viewport_size({"width": 390, "height": 844})
        try:
            frame.wait_for_function("() => innerWidth <= 390 && document.documentElement.scrollWidth <= innerWidth")
        finally:
            frame.page.set_viewport_size(desktop)

    def test_a_new_signal_arrives_and_is_abstain_while_the_kill_switch_is_on(
        self, frame: Any, stack: RunningStack
    ) -> None:
        """Turned by the form after a second look, under the user's name; the page says so loudly and follows by itself."""
        before, readout = frame.inner_text("#answered"), frame.inner_text("#readout")
        self.turn(frame, "the browser's test")
        try:
            frame.wait_for_selector("#killed:not([hidden])")
            assert "the browser's test" in frame.inner_text("#killed")
            assert stack.rows(NEWEST_ACT) == [(True, None, "the browser's test", "admin")]
            self.changed(frame, "answered", before)
            self.changed(frame, "readout", readout)
            frame.wait_for_selector("#cells em:has-text('ABSTAIN')", timeout=MINUTE_MILLISECONDS)
        finally:
            self.turn(frame, "it is over")
        frame.wait_for_selector("#killed", state="hidden")
        assert stack.rows(NEWEST_ACT) == [(False, None, "it is over", "admin")]

    def changed(self, frame: Any, name: str, before: str) -> None:
        """Waits until the text of that name is another one, without a touch."""
        differs = "([name, before]) => document.getElementById(name).textContent !== before"
        frame.wait_for_function(differs, arg=[name, before], timeout=MINUTE_MILLISECONDS)

    def turn(self, frame: Any, reason: str) -> None:
        frame.fill("#switchForm input[name='reason']", reason)
        frame.click("#turn")
        frame.click("#yes")
        frame.wait_for_selector("#switchSaid:not([hidden])")

    def test_a_viewer_may_look_and_not_turn_it(self, stack: RunningStack, chromium: Any, seen: Seen) -> None:
        """Everything but the form is there; a POST all the same is 403 and writes nothing."""
        passwords = json.loads((stack.home / "airflow" / "passwords.json").read_text())
        frame = opened(stack, chromium, seen, VIEWER, passwords[VIEWER])
        frame.wait_for_selector("#mayNot:not([hidden])")
        assert frame.is_hidden("#switchForm")
        [before] = stack.rows("SELECT count(*) FROM kill_switch")
        url = stack.addresses["airflow_url"]
        with httpx.Client(base_url=url, trust_env=False) as client:
            token = client.post("/auth/token", json={"username": VIEWER, "password": passwords[VIEWER]}).json()
            headers = {"Authorization": f"Bearer {token['access_token']}"}
            act = {"is_on": True, "symbol": None, "reason": "by a viewer"}
            assert client.post("/signals/kill-switch", json=act, headers=headers).status_code == 403
            assert client.get("/signals/state", headers=headers).status_code == 200
        assert stack.rows("SELECT count(*) FROM kill_switch") == [before]

    def test_a_link_to_a_dag_leaves_the_frame(self, frame: Any) -> None:
        """It opens the DAG in the window around the page, not inside of it."""
        frame.click("#runs a:has-text('ingest_metrics')")
        frame.page.wait_for_url("**/dags/ingest_metrics**")
