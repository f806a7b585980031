#!/usr/bin/env python3
"""with-secrets COMMAND…: becomes the command, with <secret:NAME> in variables replaced by what the file NAME holds.

The files lie in the folder SECRETS_FOLDER. A variable that is nothing but <secret:NAME> gets the secret as it is; inside
JSON it is escaped, and inside an address percent-encoded. Values stand in the environment of the one process alone: not
in the compose file, its .env or `docker inspect`.
"""

import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import quote

SECRET = re.compile(r"<secret:([a-z_]+)>")


def resolved(value: str, folder: Path) -> str:
    """The variable's value with its secrets in their places."""

    def secret(found: re.Match[str]) -> str:
        text = (folder / found[1]).read_text(encoding="utf-8").strip()
        if found[0] == value:
            return text
        return json.dumps(text)[1:-1] if value.lstrip().startswith("{") else quote(text, safe="")

    return SECRET.sub(secret, value)


def main() -> None:
    folder = Path(os.environ.get("SECRETS_FOLDER", "/run/secrets"))
    try:
        os.environ.update({name: resolved(value, folder) for name, value in os.environ.items()})
    except OSError as error:
        sys.exit(f"The secret {error.filename} cannot be read ({error.strerror}); run `make secrets` and start anew.")
    try:
        os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606  no shell on purpose
    except OSError as error:
        sys.exit(f"{sys.argv[1]} cannot be started: {error.strerror}.")


if __name__ == "__main__":
    main()
