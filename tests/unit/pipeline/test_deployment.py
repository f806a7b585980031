"""Two machines that share a training run must have the same code and the same settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from include.deployment import deployment, require_deployment
from include.errors import SettingsError
from include.settings import PACKAGE


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text((PACKAGE / "settings.toml").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("CORTEX_SIGNALS_SETTINGS", str(file))
    return file


def test_a_copy_of_the_settings_elsewhere_is_the_same_deployment(settings_file: Path, tmp_path: Path) -> None:
    """The text counts, not where it lies: each worker has a folder of its own."""
    planned = deployment()
    settings_file.rename(tmp_path / "elsewhere.toml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CORTEX_SIGNALS_SETTINGS", str(tmp_path / "elsewhere.toml"))
        require_deployment(planned)


def test_other_settings_refuse_the_run_and_say_where_they_are(settings_file: Path) -> None:
    """One changed limit of the gate is enough; the sentence names both revisions, the file, and what to clear."""
    planned = deployment()
    text = settings_file.read_text(encoding="utf-8")
    settings_file.write_text(text.replace("min_events = 200", "min_events = 20"), encoding="utf-8")
    with pytest.raises(SettingsError, match="clear the run's task `plan`") as refused:
        require_deployment(planned)
    for part in (planned, deployment(), str(settings_file)):
        assert part in str(refused.value)


def test_other_code_refuses_the_run(settings_file: Path) -> None:
    """A worker of another image does not train the cells of this one's run."""
    code, settings = deployment().split("/")
    with pytest.raises(SettingsError, match="same image"):
        require_deployment(f"{code[:-1]}x/{settings}")


def test_settings_that_cannot_be_read_are_said(settings_file: Path) -> None:
    """A missing file is a sentence, not a traceback."""
    settings_file.unlink()
    with pytest.raises(SettingsError, match="cannot be read"):
        deployment()
