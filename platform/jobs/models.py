"""What the site itself remembers."""

from django.db import models


class ScheduledRun(models.Model):
    """When the periodic job of this name last began, in whichever process."""

    name = models.CharField(max_length=60, unique=True)
    last_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class PartSign(models.Model):
    """When a part last worked and last failed, for all processes to know: the mail server, those who work the queue."""

    name = models.CharField(max_length=60, unique=True)
    well_at = models.DateTimeField(null=True, blank=True)
    ill_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class UnaskedMail(models.Model):
    """The mails of the last day that somebody else caused to this mailbox, a digest: [when, whose doing], …"""

    mailbox = models.CharField(max_length=32, unique=True)
    sent = models.JSONField(default=list)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.mailbox
