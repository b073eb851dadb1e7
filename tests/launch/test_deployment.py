"""Image, compose file, units and cluster file name only what is there: commands, variables, accounts."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from launch import serve
from tests.recorded import ROOT

DEPLOY = ROOT / "deploy"
FILES = [ROOT / "Dockerfile", ROOT / "compose.yaml", *sorted(DEPLOY.rglob("*.*"))]
ASKED = {*serve.ROLES, "upgrade"}
# Of Python, of what it loads, and of the tools around us; the rest must be read by config or launch.
NOT_OURS = {
    "PYTHONUNBUFFERED",
    "PYTHONDONTWRITEBYTECODE",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "CELERY_SKIP_CHECKS",
}
NAME = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")


def code() -> str:
    sources = [*(ROOT / "config").glob("*.py"), *(ROOT / "launch").glob("*.py")]
    return "\n".join(file.read_text(encoding="utf-8") for file in sources)


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def cluster() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / "kubernetes" / "baton.yaml").read_text(encoding="utf-8")))


def ours() -> dict[str, dict[str, Any]]:
    return {name: each for name, each in compose()["services"].items() if each.get("image") == "baton"}


@pytest.mark.parametrize(
    "file", [ROOT / "compose.yaml", *DEPLOY.rglob("*.service")], ids=lambda file: file.name
)
def test_every_variable_is_one_that_is_read(file: Path) -> None:
    text = re.sub(r"^\s*#.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    names = {name.removesuffix("_FILE") for name in NAME.findall(text)}

    unread = {name for name in names if f'"{name}"' not in code()} - NOT_OURS
    assert {name for name in unread if not name.startswith(("POSTGRES", "AF_"))} == set()


def test_the_image_copies_what_is_there_and_runs_as_nobody_special() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]

    assert all((ROOT / name).exists() for names in copied for name in names)
    assert [line for line in lines if line.startswith("USER ")] == ["USER baton"]
    assert any(line.startswith("HEALTHCHECK ") for line in lines)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert not {name for names in copied for name in names} & set(ignored)


def test_the_image_holds_what_the_product_imports() -> None:
    copied = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    for folder in ("config", "escalation", "launch", "static", "templates", "fixtures"):
        assert f"COPY {folder} {folder}" in copied


def test_every_service_of_ours_does_what_serve_knows_and_nothing_as_root() -> None:
    commands = {name: each.get("command", ["web"]) for name, each in ours().items()}

    assert set(commands) == {"upgrade", "web", "worker", "beat"}
    for name, each in ours().items():
        assert commands[name][0] in ASKED
        assert each["read_only"] is True
        assert each["cap_drop"] == ["ALL"]
        assert {"SECRET_KEY_FILE", "CREDENTIAL_KEYS_FILE", "DATABASE_URL_FILE"} <= set(each["environment"])


def test_whoever_is_checked_says_what_it_is() -> None:
    for name, each in ours().items():
        if each.get("healthcheck", {}).get("disable"):
            continue
        assert each["environment"]["BATON_PROCESS"] == name


def test_the_secrets_are_files_that_are_declared() -> None:
    declared = set(compose()["secrets"])

    for each in compose()["services"].values():
        assert set(each.get("secrets", [])) <= declared


def test_what_has_begun_may_end_before_anybody_is_killed() -> None:
    within = int(compose()["services"]["web"]["environment"]["STOP_WITHIN"])

    for each in ours().values():
        assert int(each["stop_grace_period"].removesuffix("s")) > within
    for unit in DEPLOY.rglob("baton@.service"):
        assert int(re.findall(r"^TimeoutStopSec=(\d+)$", unit.read_text(), re.MULTILINE)[0]) > within


def test_the_units_call_what_serve_knows() -> None:
    called = {
        word
        for unit in DEPLOY.rglob("*.service")
        for word in re.findall(r"launch\.serve (\S+)", unit.read_text(encoding="utf-8"))
    }

    assert called == {"%i", "upgrade"}
    wanted = (DEPLOY / "systemd" / "baton.target").read_text(encoding="utf-8")
    assert {f"baton@{role}.service" for role in serve.ROLES} <= set(wanted.replace("=", " ").split())


def test_the_cluster_asks_addresses_that_answer(client) -> None:
    deployments = [each for each in cluster() if each["kind"] == "Deployment"]
    assert {each["metadata"]["name"] for each in deployments} == {f"baton-{role}" for role in serve.ROLES}

    for each in deployments:
        pod = each["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert container["args"][0] in ASKED
        assert pod["securityContext"]["runAsNonRoot"]
        probe = container["livenessProbe"]
        if "httpGet" in probe:
            assert client.get(probe["httpGet"]["path"], headers={"host": "10.0.0.7"}).status_code == 200
        else:
            assert probe["exec"]["command"][-2:] == ["launch.serve", "healthy"]
