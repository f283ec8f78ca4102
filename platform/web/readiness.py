"""Whether this process should be sent requests: its database answers, and it is not on its way out."""

import logging
import threading

from django.core.cache import cache
from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

_draining = threading.Event()


def drain() -> None:
    """Say not ready from now on; the server calls this first of all when it is told to stop."""
    _draining.set()


def faults() -> list[str]:
    """Why this process is not ready, one word each; empty when it is.

    Redis is no reason: without it rooms are slower to hear of each other and lose nothing.
    """
    found = ["draining"] if _draining.is_set() else []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        found.append("database")
    return found


def weaknesses() -> list[str]:
    """What is out of order and does not stop the service, one word each."""
    try:
        cache.set("readiness", 1, 10)
    except Exception:  # the cache's backend has errors of its own, and none of them may stop the service
        logger.exception("The cache does not answer")
        return ["cache"]
    return []
