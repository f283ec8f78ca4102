"""What strangers may send into somebody's mailbox: a few mails a day, whoever causes them and by whichever page."""

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

from django.conf import settings
from django.db import transaction

from jobs.models import UnaskedMail

DAY: Final = timedelta(days=1)
_DOTS_DO_NOT_COUNT: Final = {"gmail.com", "googlemail.com"}


def take(to: str, *, by: str, at: datetime) -> bool:
    """Whether one more mail that its reader did not ask for may go to this mailbox at `at`; if so, it is counted.

    `by` is whose doing it is, as `web.clients` names a browser's network. A mailbox gets so many a day from everybody
    together, and one less from any one network, so that nobody can use up what another may need.
    """
    most = settings.UNASKED_MAILS_PER_DAY
    with transaction.atomic(savepoint=False):
        held = UnaskedMail.objects.select_for_update().filter(mailbox=_key(to))
        first = {"sent": [(at.isoformat(), by)], "last_at": at}
        row = held.first()
        if row is None:
            row, is_new = UnaskedMail.objects.get_or_create(mailbox=_key(to), defaults=first)
            if is_new:
                return True
            row = held.get()
        kept = [(told, whose) for told, whose in row.sent if at - datetime.fromisoformat(told) < DAY]
        mine = sum(1 for _, whose in kept if whose == by)
        if len(kept) >= most or mine >= max(1, most - 1):
            return False
        row.sent, row.last_at = [*kept, (at.isoformat(), by)], at
        row.save(update_fields=["sent", "last_at"])
        return True


def asked(to: str, *, by: str) -> None:
    """Its reader answered: what this network caused for the mailbox was asked for, and no longer counts."""
    with transaction.atomic():
        row = UnaskedMail.objects.select_for_update().filter(mailbox=_key(to)).first()
        if row:
            row.sent = [one for one in row.sent if one[1] != by]
            row.save(update_fields=["sent"])


def forget(at: datetime) -> None:
    """What was sent before yesterday is no longer counted, nor kept."""
    UnaskedMail.objects.filter(last_at__lt=at - DAY).delete()


def mailbox(address: str) -> str:
    """The mailbox behind an address: `Rosa+a@x.org` and `rosa@x.org` are read by the same person."""
    name, _, domain = address.strip().lower().rpartition("@")
    name = name.partition("+")[0] or name
    return f"{name.replace('.', '') if domain in _DOTS_DO_NOT_COUNT else name}@{domain}"


def _key(address: str) -> str:
    """Addresses that strangers typed are nobody's to keep: a digest tells them apart."""
    return blake2b(mailbox(address).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
