"""`python -m tests.dying JSON`: cleans an upload in a process that is killed at a chosen place, as by a power cut.

{"database": name, "media_root": folder, "upload": public id, "at": "module.function"}
"""

import json
import os
import signal
import sys
from importlib import import_module
from typing import Any


def main() -> None:
    told = json.loads(sys.argv[1])
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = told["database"]
    settings.MEDIA_ROOT = told["media_root"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    django.setup()
    from courses.media.actions import sanitising

    def die(*args: Any, **kwargs: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    module, _, function = told["at"].rpartition(".")
    setattr(import_module(module), function, die)
    sanitising.clean.call(told["upload"])


if __name__ == "__main__":
    main()
