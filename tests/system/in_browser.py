"""The web UI in a real browser: Chromium behind Playwright, logged in through Airflow's own form."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LOADED_MILLISECONDS = 60_000
LOOPBACK = {"127.0.0.1", "localhost", "::1", None}


@dataclass
class Seen:
    """What the browser asked for and complained of, over all its windows."""

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, context: Any) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in LOOPBACK:
            self.foreign.append(request.url)

    def _console(self, message: Any) -> None:
        if message.type == "error" and "/signals/" in str(message.location):
            self.complaints.append(f"{message.text} {message.location}")


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium without a window; the test is skipped, with the reason, where there is none."""
    if CHROMIUM is None:
        pytest.skip("no chromium here: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield made
        finally:
            made.close()


def log_in(page: Any, url: str, username: str, password: str) -> None:
    """Through Airflow's form."""
    page.set_default_timeout(LOADED_MILLISECONDS)
    page.goto(url)
    page.locator("input[name='username']").fill(username)
    page.locator("input[name='password']").fill(password)
    page.locator("button[type='submit'], button:has-text('Sign in')").first.click()
    page.wait_for_url(lambda address: "/auth/" not in address)


def open_signals(page: Any) -> Any:
    """The page's frame, by the entry in Airflow's menu; it is there once its first read is."""
    page.get_by_role("link", name="Signals", exact=True).first.click()
    handle = page.wait_for_selector("iframe[title='Signals']")
    frame = handle.content_frame()
    frame.wait_for_selector("#content:not([hidden])")
    frame.wait_for_selector("#priceChart canvas", state="attached")
    return frame
