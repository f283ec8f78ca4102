"""The settings, .env.example, docs/operations.md and docker-compose.yml know the same variables."""

import ast
import re
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from jobs import schedule

ROOT: Path = settings.BASE_DIR
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "ANFITEATRO_HTTP_PORT"}
READERS = {"str", "int", "float", "bool", "list", "parsed"}


def read_by_settings() -> set[str]:
    """The first argument of every `env.…("NAME")` in the files settings are made of."""
    files = [ROOT / "platform" / "config" / f"{name}.py" for name in ("environment", "limits", "logs", "settings")]
    return {
        call.args[0].value
        for file in files
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in READERS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("env", "self")
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def known() -> set[str]:
    return read_by_settings() | COMPOSE_ONLY


def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return document


def test_settings_read_something() -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "ANFITEATRO_ROOM_PING_SECONDS"} <= read_by_settings()


def test_every_variable_has_its_heading() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    headings = re.findall(r"^### ([A-Z_0-9]+)\n(.+)", text, flags=re.M)
    assert {name for name, _ in headings} == known()
    assert len(headings) == len(known())


def test_every_variable_has_its_line_in_the_example() -> None:
    names = re.findall(r"^(?:# )?([A-Z_0-9]+)=", (ROOT / ".env.example").read_text(), flags=re.M)
    assert sorted(names) == sorted(known())


def test_compose_asks_for_known_variables_alone() -> None:
    asked = set(re.findall(r"\$\{([A-Z_0-9]+)", (ROOT / "docker-compose.yml").read_text()))
    assert asked <= known()
    assert asked >= COMPOSE_ONLY


def test_compose_sets_known_variables_alone() -> None:
    for name in ("setup", "web-1", "web-2", "worker"):
        assert set(compose()["services"][name]["environment"]) <= read_by_settings()


def test_compose_has_the_whole_set_up_in_health() -> None:
    services = compose()["services"]
    assert set(services) == {"setup", "web-1", "web-2", "worker", "nginx", "postgres", "redis", "s3"}
    watched = {name for name, service in services.items() if "healthcheck" in service}
    assert watched == set(services) - {"setup", "worker"}  # one ends, the other has nobody waiting for it


def test_the_stack_gives_nginx_what_compose_gives_it() -> None:
    template = (ROOT / "deploy" / "nginx.conf.template").read_text()
    wanted = set(re.findall(r"\$\{([A-Z_]+)\}", template))
    given = set(compose()["services"]["nginx"]["environment"]) - {"NGINX_ENVSUBST_OUTPUT_DIR"}
    stack = set(re.findall(r'"(NGINX_[A-Z_]+)":', (ROOT / "scripts" / "stack.py").read_text()))
    assert wanted == given == stack


def test_the_stack_sets_known_variables_alone() -> None:
    text = (ROOT / "scripts" / "stack.py").read_text()
    names = set(re.findall(r'^ +"([A-Z_0-9]+)": ', text, flags=re.M))
    assert {name for name in names if not name.startswith("NGINX_")} <= read_by_settings()


def test_every_periodic_job_has_its_row() -> None:
    section = (ROOT / "docs" / "operations.md").read_text().split("## Periodic jobs\n", 1)[1].split("\n## ", 1)[0]
    assert set(re.findall(r"^\| ([a-z_]+\.[a-z_]+) \|", section, flags=re.M)) == schedule.names()
