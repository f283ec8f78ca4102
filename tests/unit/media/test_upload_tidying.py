"""What becomes of uploads that nobody finishes: given up, cleaned up after, queued again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from courses.cases.models import Case, CaseStatus, MediaFile
from courses.media.actions import uploads as actions
from courses.media.models import Upload
from files import storage
from shared.clock import now
from tests import case_factories
from tests.media_files import Sender, photo, signed_in

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def _queued(tmp_path: Any) -> Iterator[None]:
    """Nobody works the queue, and the files are this test's own."""
    tasks = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with override_settings(TASKS=tasks, MEDIA_ROOT=tmp_path / "media"):
        yield


@pytest.fixture
def case() -> Case:
    return case_factories.case(status=CaseStatus.DRAFT, released_at=None)


@pytest.fixture
def sender(case: Case) -> Sender:
    """Three parts of 16 KiB and a rest."""
    return Sender(signed_in(case.author), case, bytes(range(256)) * 200, part_bytes=16 * 1024)


def test_uploads_left_alone_are_given_up_after_two_days(sender: Sender, case: Case) -> None:
    sender.begin()
    sender.put(1)
    fresh = Sender(sender.client, case, photo())
    fresh.begin()
    fresh.put(1)
    Upload.objects.filter(public_id=sender.upload).update(created_at=now() - timedelta(days=2, minutes=1))
    storage.save("incoming/nobodys000000/1", ContentFile(b"x"))
    for _ in range(2):
        actions.tidy(now())
        assert {key.split("/")[1] for key in storage.below("incoming")} == {fresh.upload}
        assert not (settings.MEDIA_ROOT / "incoming" / sender.upload).exists()
    assert sender.show().json()["state"] == "abandoned"
    assert fresh.show().json()["have"] == [1]


def test_a_lost_cleaning_is_queued_again(sender: Sender) -> None:
    sender.send()
    DBTaskResult.objects.all().delete()
    actions.tidy(now() + timedelta(hours=23))
    assert not DBTaskResult.objects.exists()
    actions.tidy(now() + timedelta(hours=25))
    assert DBTaskResult.objects.get().args_kwargs["args"] == [sender.upload]
    actions.tidy(now() + timedelta(hours=49))
    assert (sender.show().json()["state"], MediaFile.objects.get().refusal) == ("done", "media.lost")
    assert storage.below("incoming") == []


def test_a_part_that_comes_while_the_upload_is_given_up_leaves_nothing(sender: Sender, case: Case) -> None:
    sender.begin()
    late = Upload.objects.select_related("case").get(public_id=sender.upload)  # read before it was given up
    sender.post("abandon")
    with pytest.raises(actions.DomainError, match=r"upload\.over"):
        actions.keep_part(by=case.author, upload=late, number=1, body=sender.part(1))
    assert storage.below("incoming") == []
