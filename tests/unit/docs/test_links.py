"""Whoever follows a link of a page of the repository arrives; the site's own links are in test_site.py."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = {".": "*.md", "docs": "**/*.md", "include": "**/README.md", "examples": "*.md"}
PAGES = [page for folder, pattern in FOLDERS.items() for page in sorted((ROOT / folder).glob(pattern))]


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
    """No page is reached by its address alone: links lead to all of them, from one to the next."""
    found, new = set(), {ROOT / "README.md"}
    while new:
        found |= new
        linked = {(page.parent / path).resolve() for page in new for path, _ in links(page) if path}
        new = {page for page in linked if page in PAGES} - found
    assert set(PAGES) - {page for page in PAGES if page.is_relative_to(ROOT / "include")} <= found
