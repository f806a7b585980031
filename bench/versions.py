"""What a benchmark was measured with."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from typing import Any

from bench.processes import PROJECT


def versions_of(**programs: str) -> dict[str, Any]:
    """Our revision, the versions of these programs, and the machine, when."""
    revision = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=PROJECT, capture_output=True, text=True)
    return {
        "cortex-signals": revision.stdout.strip() or "unknown",
        **programs,
        "Python": platform.python_version(),
        "cores": os.cpu_count(),
        "load average": f"{os.getloadavg()[0]:.1f} before",
        "on": f"{datetime.now(UTC):%Y-%m-%d}",
    }
