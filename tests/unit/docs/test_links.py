"""Whoever follows a link of the README or of a page under docs arrives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "include").rglob("README.md"))]


def links(page: Path) -> list[tuple[str, str]]:
    """(path, anchor) of every link and picture that leads to the checkout."""
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!http)([^)]+)\)", text) + re.findall(r'<img src="([^"]+)"', text)
    return [(path, anchor) for path, _, anchor in (target.partition("#") for target in targets)]


def anchors(page: Path) -> set[str]:
    """Those of its headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_leads_somewhere(page: Path) -> None:
    """A file or folder of the checkout stands behind it, and the heading that it names."""
    for path, anchor in links(page):
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(ROOT), path
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), (path, anchor)


def test_every_page_is_found_from_the_readme() -> None:
    """No page under docs is reached by its address alone."""
    linked = {(ROOT / path).resolve() for path, _ in links(ROOT / "README.md") if path}
    assert set((ROOT / "docs").glob("*.md")) <= linked
