"""Installing: by uv where it can be had, by pip where it cannot or fails; hashes are asked for by both."""

import importlib.util
import subprocess
from pathlib import Path
from typing import Any

import pytest

_SPEC = importlib.util.spec_from_file_location("install", Path(__file__).parents[3] / "scripts" / "install.py")
assert _SPEC is not None and _SPEC.loader is not None
install: Any = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(install)


class Machine:
    """Runs nothing: notes who was called for what, and answers for `uv` and `pip`."""

    def __init__(self, uv: Path, *, has_uv: bool = True, uv_fails: bool = False):
        self.uv, self.has_uv, self.uv_fails = uv, has_uv, uv_fails
        self.calls: list[str] = []

    def run(self, words: list[str], **options: Any) -> Any:
        if "config" in words:
            return subprocess.CompletedProcess(words, 1, stdout="")
        assert "--require-hashes" in words
        who = "uv" if words[0] == str(self.uv) else "pip"
        self.calls.append(f"{who} {words[-1]}")
        if words[-1] == "requirements-uv.txt" and self.has_uv:
            self.uv.touch()
        return subprocess.CompletedProcess(words, int(who == "uv" and self.uv_fails))


@pytest.mark.parametrize(
    ("facts", "calls"),
    [
        ({}, ["pip requirements-uv.txt", "uv requirements.txt"]),
        ({"has_uv": False}, ["pip requirements-uv.txt", "pip requirements.txt"]),
        ({"uv_fails": True}, ["pip requirements-uv.txt", "uv requirements.txt", "pip requirements.txt"]),
    ],
)
def test_who_installs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, facts: dict[str, bool], calls: list[str]
) -> None:
    machine = Machine(tmp_path / "uv", **facts)
    monkeypatch.setattr(install, "UV", machine.uv)
    monkeypatch.setattr(install.subprocess, "run", machine.run)
    assert install.main("requirements.txt") == 0
    assert machine.calls == calls
