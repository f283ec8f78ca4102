"""A large file piece by piece, for as long as the person may see it."""

from collections.abc import AsyncIterator
from typing import Final

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from accounts.models import Person
from courses.cases.models import Rendition
from courses.cases.policies.cases import may_see_medium
from courses.media.queries import media
from files import storage

PIECE: Final = 1024 * 1024  # bytes


async def pieces(kept: Rendition, *, person: Person) -> AsyncIterator[bytes]:
    """The policy is asked before every piece. The answer breaks off when it says no, or when the storage is away."""
    for start in range(0, kept.size, PIECE):
        piece = await sync_to_async(_piece)(kept, person, start)
        yield piece


def _piece(kept: Rendition, person: Person, start: int) -> bytes:
    try:
        medium = media.find(kept.medium.public_id)
        if medium is None or not may_see_medium(person, medium):
            raise ConnectionAbortedError("closed meanwhile")
    finally:
        close_old_connections()  # a slow reader holds none
    return storage.read(kept.storage_key, start, min(kept.size, start + PIECE))
