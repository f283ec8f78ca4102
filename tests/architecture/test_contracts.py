"""The contracts of pyproject.toml: which package may import which."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings


def test_imports_run_one_way() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    root = str(settings.BASE_DIR)
    ran = subprocess.run(
        command,
        cwd=root,
        env={"PYTHONPATH": f"{root}:{root}/platform", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
