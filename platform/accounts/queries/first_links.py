"""Whether the installation still waits for its first coordinator."""

from datetime import datetime

from accounts.models import FirstLink, Membership, Person, Role


def is_taken() -> bool:
    """Somebody administers the site, or coordinates an organisation."""
    return (
        Person.objects.filter(is_superuser=True, is_active=True).exists()
        or Membership.objects.filter(role=Role.COORDINATOR, person__is_active=True).exists()
    )


def is_good(digest: str, at: datetime) -> bool:
    """Whether the link with this digest opens anything."""
    return FirstLink.objects.filter(digest=digest, expires_at__gt=at).exists() and not is_taken()
