"""Keys and passwords of this checkout, generated once and kept in one private file."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from include.errors import LaunchError
from include.launcher.files import write_private_json


@dataclass(frozen=True, repr=False)
class Secrets:
    """Of Airflow (first four) and of the roles of the embedded PostgreSQL."""

    jwt_secret: str
    secret_key: str
    fernet_key: str
    admin_password: str
    postgres_password: str
    airflow_password: str
    market_owner_password: str
    market_writer_password: str
    market_reader_password: str


def new_password() -> str:
    """One that a person types."""
    return secrets.token_urlsafe(12)


def generate_secrets() -> Secrets:
    values = {field.name: secrets.token_urlsafe(32) for field in fields(Secrets)}
    values["fernet_key"] = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    values["admin_password"] = new_password()
    return Secrets(**values)


def load_secrets(path: Path) -> Secrets:
    """The secrets in `path`, generated where there is no such file.

    Raises
    ------
    LaunchError
        The file is there and not usable; new secrets would lock us out of the database.
    """
    if not path.exists():
        made = generate_secrets()
        write_private_json(path, asdict(made))
        return made
    try:
        path.chmod(0o600)
        return Secrets(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise LaunchError(
            f"The file {path} with the generated passwords is not usable ({error}); restore it, or start anew with "
            f"`make clean`."
        ) from error
