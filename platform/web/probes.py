"""How the parts that every page stands on are asked: database, its form, disk, cache."""

import shutil
import time
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from web import readiness
from web.caches import SpareCache
from web.readiness import Report

_LEAST_BYTES: Final = 512 * 1024 * 1024  # free on a disk, below which somebody should look
_LEAST_SHARE: Final = 0.02
_KNOWN_SECONDS: Final = 60.0  # how long a database that had its form is taken to have it

_migrated_at: float | None = None


def register() -> None:
    """Called once, by the app's configuration."""
    readiness.register("database", database, is_needed=True, needs_database=True)
    readiness.register("migrations", migrations, is_needed=True, needs_database=True)
    readiness.register("disk", disk)
    readiness.register("cache", cache)


def database() -> Report:
    """It answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Report()


def migrations() -> Report:
    """It has the form that this version of the site expects: `missing` migrations are still to be run."""
    global _migrated_at
    if _migrated_at is not None and time.monotonic() - _migrated_at < _KNOWN_SECONDS:
        return Report(facts={"missing": 0})
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _migrated_at = time.monotonic() if not missing else None
    return Report(not missing, {"missing": missing})


def disk() -> Report:
    """There is room where the database, the files and what is on its way are kept: `free_percent` of the fullest."""
    folders = {Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT).parent}
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and Path(name).is_absolute():
        folders.add(Path(name).parent)
    usages = [shutil.disk_usage(_that_is_there(folder)) for folder in folders]
    share = min(usage.free / usage.total for usage in usages)
    is_well = all(usage.free > min(_LEAST_BYTES, usage.total * _LEAST_SHARE) for usage in usages)
    return Report(is_well, {"free_percent": int(share * 100)})


def cache() -> Report:
    """The cache that servers share answers; without one a process has its own."""
    kept = caches["default"]
    if not isinstance(kept, SpareCache):
        return Report(facts={"shared": False})
    kept.ask()
    return Report(facts={"shared": True})


def _that_is_there(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
