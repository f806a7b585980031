"""`python -m tests.system.page_pictures --home .cortex-signals`: the docs' pictures of the page, from a running stack."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from in_browser import browser, log_in, open_signals

DOCS = Path(__file__).resolve().parents[2] / "docs"
SETTLED_MILLISECONDS = 4000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.system.page_pictures", description=__doc__)
    parser.add_argument("--home", type=Path, default=Path(".cortex-signals"), help="folder of the running stack")
    parser.add_argument("--to", type=Path, default=DOCS, help="folder of the pictures; default: %(default)s")
    parser.add_argument("--choice", default="", help="symbol/horizon/threshold/hours to show")
    args = parser.parse_args()
    addresses = json.loads((args.home / "addresses.json").read_text())
    with browser() as chromium:
        for theme in ("light", "dark"):
            of_desktop(chromium, addresses, args, theme)
        of_phone(chromium, addresses, args)


def of_desktop(chromium: Any, addresses: dict[str, Any], args: argparse.Namespace, theme: str) -> None:
    """In Airflow's frame, as it stands in the menu."""
    page = opened(chromium, addresses, {"width": 1400, "height": 1620}, theme)
    frame = open_signals(page)
    choose(frame, args.choice)
    page.screenshot(path=args.to / ("signals-page.png" if theme == "light" else "signals-page-dark.png"))
    page.context.close()


def of_phone(chromium: Any, addresses: dict[str, Any], args: argparse.Namespace) -> None:
    """By itself, as an address that a phone keeps."""
    page = opened(chromium, addresses, {"width": 390, "height": 1320}, "light", scale=2)
    page.goto(f"{addresses['airflow_url']}/signals/")
    page.wait_for_selector("#priceChart canvas", state="attached")
    choose(page, args.choice)
    page.screenshot(path=args.to / "signals-page-phone.png")
    page.context.close()


def opened(chromium: Any, addresses: dict[str, Any], size: dict[str, int], theme: str, scale: int = 1) -> Any:
    context = chromium.new_context(viewport=size, color_scheme=theme, device_scale_factor=scale)
    page = context.new_page()
    page.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    login = addresses["airflow_login"]
    log_in(page, addresses["airflow_url"], login["username"], login["password"])
    return page


def choose(frame: Any, choice: str) -> None:
    if choice:
        symbol, horizon, threshold, hours = choice.split("/")
        frame.check(f"#cells input[value='{horizon}/{threshold}']", force=True)
        frame.check(f"#hours input[value='{hours}']", force=True)
        assert symbol in frame.locator("#file").get_attribute("href")
    frame.wait_for_timeout(SETTLED_MILLISECONDS)


if __name__ == "__main__":
    main()
