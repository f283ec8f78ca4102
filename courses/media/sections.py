"""What a case's page shows of its media."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.urls import reverse

from accounts.models import Person
from courses.cases.models import Case, MediaFile, MediaState
from courses.cases.policies.cases import Relations, may_edit_case, may_see_views
from courses.media.messages.media import removed_word
from courses.media.queries import media
from courses.media.views.texts import upload_texts
from shared.clock import now
from shared.errors import DomainError
from web.refusals import sentence


def context(person: Person, case: Case, relations: Relations) -> dict[str, Any]:
    """For `media/_media.html`. Two queries, however many media there are."""
    shown = media.listed(media.of(case), to=person, relations=relations, at=now())
    may_edit = may_edit_case(person, case)
    return {
        "media": [
            {"item": item, "medium": item.medium, "removed": words_of(item.medium.removed)}
            | {"refusal": refusal_of(item.medium)}
            for item in shown
        ],
        "media_closed_since": closed_since(case),
        "may_edit_media": may_edit,
        "may_see_media_views": may_see_views(person, case),
        **(uploading(person, case) if may_edit else {}),
    }


def uploading(person: Person, case: Case) -> dict[str, Any]:
    """For `media/_upload.html`: what its scripts must know, and what they say."""
    urls = {
        "uploads": reverse("courses:upload-begin", args=[case.public_id]),
        "upload": reverse("courses:upload-show", args=["UPLOAD"]),
        "media": reverse("courses:medium-list", args=[case.public_id]),
        "medium": reverse("courses:medium-show", args=["MEDIUM"]),
    }
    config = {"person": person.public_id, "key": str(case.key), "urls": urls}
    return {"upload_config": config, "upload_texts": upload_texts()}


def closed_since(case: Case) -> datetime | None:
    """Since when the pictures are closed because the consent was withdrawn or has run out; None while they are not."""
    consent = case.consent
    if consent is None:
        return None
    ends = [consent.revoked_at] if consent.revoked_at else []
    if consent.expires_on:
        ends.append(datetime.combine(consent.expires_on, time(), UTC) + timedelta(days=1))
    over = [end for end in ends if end <= now()]
    return min(over, default=None)


def words_of(labels: Iterable[str]) -> list[str]:
    """What was taken out, in words, each once."""
    return list(dict.fromkeys(removed_word(label) for label in labels))


def refusal_of(medium: MediaFile) -> str:
    """Why it was refused, in a sentence; empty unless it was."""
    return sentence(DomainError(medium.refusal)) if medium.state == MediaState.REFUSED else ""
