"""What the site has beside docs/*.md: the repository's own pages, the reference made from the code, and links out of docs.

A hook of MkDocs. A page is written for the repository, where its links lead to files; here a link to another page leads to
that page, and one to a file that is no page is its name, since the site knows no address of the repository.
"""

from __future__ import annotations

import posixpath
import re
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # `mkdocs` puts only its own folder there

from docs.site.reference import commands, settings  # noqa: E402

LINK = re.compile(r'\[(?P<text>[^\]\n]*)\]\((?P<target>[^)\s]+)\)|<img src="(?P<picture>[^"]+)"')
PAGES = {  # of the repository: of the site
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "examples/README.md": "examples.md",
}
log = get_plugin_logger(__name__)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that do not lie under docs."""
    for source, page in PAGES.items():
        if (ROOT / source).exists():
            files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    files.append(File.generated(config, "reference/commands.md", content=commands()))
    files.append(File.generated(config, "reference/settings.md", content=settings()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page's text with its links as the site has them."""
    origin = _origin(page.file.src_uri)
    if page.is_homepage:
        page.meta["hide"] = ["navigation"]  # it is alone in its part

    def led(link: re.Match[str]) -> str:
        target = link["target"] or link["picture"]
        path, _, anchor = target.partition("#")
        if not path or re.match(r"[a-z]+:", target):
            return link[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
        if not (ROOT / path).exists() and path not in (f"docs/{file.src_uri}" for file in files):
            log.warning("%s links to %s, which is not there", origin, path)
        here = PAGES.get(path, path.removeprefix("docs/"))
        if files.get_file_from_path(here) is None:
            return _named(link["text"] or path, path)
        here = posixpath.relpath(here, posixpath.dirname(page.file.src_uri) or ".")
        return link[0].replace(target, f"{here}#{anchor}" if anchor else here)

    return LINK.sub(led, markdown)


def _named(text: str, path: str) -> str:
    """A file that is no page: its name, or what is said of it with its name behind."""
    plain = text.strip("`")
    return f'<code title="{path}">{plain}</code>' if plain.lower() in path.lower() else f"{text} (`{path}`)"


def _origin(page: str) -> str:
    """The file of the repository that a page of the site is made from."""
    return {page: source for source, page in PAGES.items()}.get(page, f"docs/{page}")
