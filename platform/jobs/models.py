"""What the site itself remembers."""

from django.db import models


class ScheduledRun(models.Model):
    """When the periodic job of this name last began, in whichever process."""

    name = models.CharField(max_length=60, unique=True)
    last_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
