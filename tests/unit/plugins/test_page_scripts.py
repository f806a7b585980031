"""The page's scripts in a real browser, over answers made by hand: no Airflow, no warehouse, and a clock that is turned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import made_answers as made
import orjson
import pytest
from in_browser import browser

FILES = Path(__file__).resolve().parents[3] / "include" / "page"
ADDRESS = "http://airflow.test/signals/"
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
TICK, MINUTE = 5_000, 60_000  # milliseconds


class Routes:
    """What stands for the server: `answers` by route, each a body or a status; `asked` is what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, Callable[[dict[str, str]], Any]] = {
            "state": lambda _: made.state(),
            "series": lambda _: made.series(),
            "coverage": lambda _: made.coverage(),
            "leaderboard": lambda _: made.leaderboard(),
            "performance": lambda _: made.performance(),
            "pipeline": lambda _: made.pipeline(),
            "kill-switch": lambda _: made.kill_switch(),
        }

    def answer(self, route: Any) -> None:
        address = urlsplit(route.request.url)
        name = address.path.removeprefix("/signals/")
        if not name or name.startswith("files/"):
            file = FILES / (name.removeprefix("files/") or "page.html")
            return route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        if name not in self.answers:
            return route.fulfill(status=404)
        query = {key: value for key, [value] in parse_qs(address.query).items()}
        self.asked.append((name, query))
        told = self.answers[name](query)
        if isinstance(told, int):
            return route.fulfill(status=told, body=orjson.dumps({"error": f"No {name} today."}))
        return route.fulfill(body=orjson.dumps(told), content_type="application/json")

    def count(self, name: str) -> int:
        return sum(asked == name for asked, _ in self.asked)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as launched:
        yield launched


@pytest.fixture
def routes() -> Routes:
    return Routes()


@pytest.fixture
def opened(chromium: Any, routes: Routes) -> Iterator[Callable[..., Any]]:
    """Opens the page, its clock standing; no script may fail."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900}, timezone_id="UTC")
    context.route("**/*", routes.answer)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))

    def open_page(fragment: str = "") -> Any:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.clock.install(time=made.NEWEST)
        page.goto(ADDRESS + fragment)
        page.wait_for_selector("#content:not([hidden])")
        page.wait_for_selector("#freshness td")
        settled(page)
        return page

    yield open_page
    context.close()
    assert errors == []


def settled(page: Any) -> None:
    page.wait_for_load_state("networkidle")


def eventually(page: Any, holds: Callable[[], bool]) -> bool:
    """Whether it does within some seconds; the page goes on meanwhile."""
    for _ in range(200):
        if holds():
            return True
        page.wait_for_timeout(50)
    return False


def pass_by(page: Any, routes: Routes, milliseconds: int) -> None:
    """The clock goes on tick by tick; at each the state is read, and what is due with it."""
    for _ in range(-(-milliseconds // TICK)):
        before = routes.count("state")
        page.clock.run_for(TICK + 1)
        assert eventually(page, lambda before=before: routes.count("state") > before)
        page.wait_for_timeout(60)


def says(page: Any, name: str, text: str) -> None:
    page.wait_for_function(
        "([name, text]) => document.getElementById(name).textContent.includes(text)", arg=[name, text]
    )


def test_kill_switch_and_alerts_are_read_while_no_minute_comes(opened: Callable[..., Any], routes: Routes) -> None:
    """The newest minute stands still; within a minute the page knows that somebody turned the switch, and of an alert."""
    page = opened()
    assert page.inner_text("#switchState") == "off"
    routes.answers["kill-switch"] = lambda _: made.kill_switch(is_on=True)
    routes.answers["pipeline"] = lambda _: made.pipeline(alerts=1)
    pass_by(page, routes, MINUTE)
    says(page, "killed", "odd prices")
    assert page.inner_text("#switchState").startswith("ON")
    assert page.inner_text("#alertState") == "1"


def test_what_is_cut_off_is_said(opened: Callable[..., Any], routes: Routes) -> None:
    """Of more alerts and symbols than the page is given, it tells how many there are; of all of them, nothing."""
    page = opened()
    assert page.inner_text("#alertState") == "none"
    assert page.is_hidden("#freshnessWords")
    routes.answers["pipeline"] = lambda _: made.pipeline(alerts=2, cut=True)
    pass_by(page, routes, MINUTE)
    says(page, "alertWords", "102 alerts are open; docs/runbook.md says what to do. The newest 2 are shown.")
    says(page, "freshnessWords", "Of 101 symbols the 1 furthest behind are shown.")
    assert page.inner_text("#alertState") == "102"


def test_a_new_minute_is_drawn_at_the_next_tick(opened: Callable[..., Any], routes: Routes) -> None:
    """The series is asked for again when a minute is new, and not before."""
    page = opened()
    assert routes.count("series") == 1
    pass_by(page, routes, 2 * TICK)
    assert routes.count("series") == 1
    newest = made.NEWEST + made.MINUTE
    routes.answers["state"] = lambda _: made.state(newest)
    routes.answers["series"] = lambda _: made.series(newest)
    pass_by(page, routes, TICK)
    says(page, "readout", "12:01")


@pytest.mark.parametrize(
    ("route", "words"),
    [("series", "spanWords"), ("coverage", "coverageWords"), ("leaderboard", "boardWords"), ("performance", "promisedWords")],
)  # fmt: skip
def test_a_part_that_fails_says_so_and_shows_nothing_of_another_cell(
    opened: Callable[..., Any], routes: Routes, route: str, words: str
) -> None:
    """Its panel is empty but for the sentence, the others are there, and it is back as soon as the route is."""
    page = opened()
    good = routes.answers[route]
    routes.answers[route] = lambda query: 503 if query["horizon"] == "30" else good(query)
    page.check("#cells input[value='30/0.005']", force=True)
    page.wait_for_selector(f"#{route}Failure:not([hidden])")
    assert f"No {route} today." in page.inner_text(f"#{route}Failure")
    assert page.inner_text(f"#{words}") == ""
    panel = page.locator(f".panel:has(#{route}Failure)")
    assert panel.locator("canvas:visible, tbody tr:visible").count() == 0
    assert page.locator(".notice.bad:visible").count() == 1, "the others go on"
    pass_by(page, routes, TICK)
    assert eventually(page, lambda: routes.count(route) > 2), "asked again at the next tick"
    assert page.is_visible(f"#{route}Failure")
    routes.answers[route] = good
    pass_by(page, routes, TICK)
    page.wait_for_selector(f"#{route}Failure", state="hidden")
    assert page.inner_text(f"#{words}") != ""


def test_a_part_that_fails_later_keeps_what_it_shows_and_says_from_when(
    opened: Callable[..., Any], routes: Routes
) -> None:
    """The same cell's last numbers stay, with the time at which they were read."""
    page = opened()
    before = page.inner_text("#coverageWords")
    routes.answers["coverage"] = routes.answers["kill-switch"] = lambda _: 503
    pass_by(page, routes, MINUTE)
    assert page.inner_text("#coverageWords") == before
    says(page, "coverageFailure", "was read at 2026-03-01 12:00 UTC")
    page.wait_for_selector("#kill-switchFailure:not([hidden])")
    assert page.inner_text("#switchState") == "not read"


def test_late_answers_are_counted_apart(opened: Callable[..., Any]) -> None:
    """Of four minutes that named UP two were late, the only BUY among them."""
    page = opened()
    words = page.inner_text("#spanWords")
    assert "177 of 180 minutes answered in time" in words
    assert "2 minutes named UP or DOWN, 0 BUY or SELL" in words
    assert "3 late: hatched, and in no number here" in words
    assert page.locator("#cards .cell:first-child .strip g.late .hatch").count() == 1


@pytest.mark.parametrize(
    ("total", "skill", "money"),
    [
        ({}, r"8\.00.% \(−2\.00.% to 18\.00.%; 27 events on 3 days\): no skill shown", r"no edge shown"),
        (
            {"skill_low": 0.01, "net_return_low_bps": 0.5, "mean_net_return_bps": 4.0},
            r"27 events on 3 days\): above 0 by that interval",
            r"\+4\.0 bp a trade on paper \(\+0\.5 to \+8\.0 bp; 6 trades on 3 days\): above 0 by that interval",
        ),
        (
            {"skill_low": None, "net_return_low_bps": None},
            r"no interval before the second day; 27 events on 3 days\): no skill shown",
            r"no interval before the second day with a trade; 6 trades on 3 days\): no edge shown",
        ),
        ({"trades": 0}, "no skill shown", "No trade on paper: no edge shown"),
    ],
)
def test_no_score_stands_alone(
    opened: Callable[..., Any], routes: Routes, total: dict[str, Any], skill: str, money: str
) -> None:
    """Skill with its interval, events and days; money with its interval, trades and days; or that none is shown."""
    routes.answers["performance"] = lambda _: made.performance(**total)
    words = opened().inner_text("#promisedWords")
    assert re.search(skill, words), words
    assert re.search(money, words), words


def test_the_keyboard_reaches_what_the_mouse_does(opened: Callable[..., Any]) -> None:
    """Minutes and days of the calendar, days of promised and delivered, and the bins as a table."""
    page = opened()
    page.focus("#coverage")
    for key, told in (
        ("ArrowLeft", "2026-03-01 11:59 UTC"), ("PageUp", "2026-03-01 10:59 UTC"), ("ArrowUp", "2026-02-28 10:59 UTC"),
        ("Home", "2026-02-27 12:00 UTC"), ("ArrowUp", "2026-02-27 12:00 UTC"), ("End", "2026-03-01 12:00 UTC"),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert page.inner_text("#coverageReadout").startswith(told)
    page.focus("#promisedChart")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#promisedReadout").startswith("2026-02-27: UP promised, came 5.00")
    page.focus("#binsBox summary")
    page.keyboard.press("Enter")
    assert page.locator("#bins tr:visible").count() == 30
    assert re.search(r"said 1\.00.%, came 1\.10.% of 401", page.inner_text("#bins tr:first-child"))
    for label in page.locator("#reliability [role=img]").all():
        assert "the table below has its bins" in label.get_attribute("aria-label")


def test_a_place_reached_by_the_keyboard_stays_when_a_minute_comes(opened: Callable[..., Any], routes: Routes) -> None:
    """The minute that is told is the same one after the chart was drawn anew."""
    page = opened()
    page.focus("#chart")
    page.keyboard.press("PageUp")
    before = page.inner_text("#readout")
    assert "11:30" in before
    newest = made.NEWEST + made.MINUTE
    routes.answers["state"] = lambda _: made.state(newest)
    routes.answers["series"] = lambda _: made.series(newest, base=60_002.0)
    pass_by(page, routes, TICK)
    page.wait_for_function("document.getElementById('newest').textContent.includes('12:01')")
    assert eventually(page, lambda: routes.count("series") == 2)
    says(page, "readout", "60,150")
    assert page.inner_text("#readout") == before.replace("60,149", "60,150")


@pytest.mark.parametrize("fragment", ["#%E0%A4%A", "#x/y", "#BTCUSDT/30/0.005/99", "#////"])
def test_an_address_that_is_none_opens_the_page_all_the_same(opened: Callable[..., Any], fragment: str) -> None:
    """It shows the first cell, or what of the address can be read."""
    page = opened(fragment)
    assert page.is_hidden("#waiting")
    assert page.locator("#cells input:checked").count() == 1


def test_symbols_that_are_not_shown_are_named(opened: Callable[..., Any], routes: Routes) -> None:
    """Nothing where all are."""
    assert opened().is_hidden("#leftOut")
    routes.answers["state"] = lambda _: made.state(left_out=["ETHUSDT", "XRPUSDT"])
    assert "2 others are not: ETHUSDT, XRPUSDT." in opened().inner_text("#leftOut")


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(opened: Callable[..., Any], width: int) -> None:
    """By itself, and in the width that Airflow's frame leaves."""
    page = opened()
    page.set_viewport_size({"width": width, "height": 800})
    page.clock.run_for(500)
    page.click("#binsBox summary")
    page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
