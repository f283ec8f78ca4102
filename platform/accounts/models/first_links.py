"""The link by which an empty installation gets its first coordinator."""

from django.db import models

from shared.clock import now


class FirstLink(models.Model):
    """One row at most: a new link replaces the one before. `digest` is the key's SHA-256; the key is kept nowhere."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return f"first link until {self.expires_at:%Y-%m-%d %H:%M}"
