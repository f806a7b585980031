#!/usr/bin/env python3
"""healthy URL [NAME…]: exits 0 where the address answers with success and its report calls each NAME healthy.

NAMEs are those of Airflow's health report, `/api/v2/monitor/health`.
"""

import json
import sys
import urllib.request


def main() -> None:
    url, *names = sys.argv[1:]
    # Proxies of the environment are for the world outside.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=8) as answer:
            report = json.load(answer) if names else {}
    except (OSError, ValueError) as error:
        sys.exit(f"{url}: {error}")
    if sick := [name for name in names if (report.get(name) or {}).get("status") != "healthy"]:
        sys.exit(f"{url}: not healthy: {', '.join(sick)}")


if __name__ == "__main__":
    main()
