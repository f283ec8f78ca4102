"""The files of a case on its page: what each reader is told, small changes by the author, and who looked."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from courses.cases.models import Case, CaseStatus, MediaAccess, MediaFile, MediaState
from courses.cases.policies.cases import relations_of
from courses.media import sections as section
from shared.clock import now
from tests import case_cast, case_factories
from tests.case_cast import Cast
from tests.media_files import JSON, stored

pytestmark = pytest.mark.django_db
FILES = {"thumb.jpg": b"t" * 2_000, "small.jpg": b"s" * 60_000, "large.jpg": b"l" * 300_000}


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Any) -> Iterator[None]:
    tasks = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with override_settings(MEDIA_ROOT=tmp_path / "media", TASKS=tasks):
        yield


@pytest.fixture
def cast() -> Cast:
    return case_cast.cast(status=CaseStatus.SENT_BACK)


@pytest.fixture
def medium(cast: Cast) -> MediaFile:
    return stored(case_factories.medium(case=cast.case, caption="Before the silo", removed=["gps"]), FILES)


def page(cast: Cast, actor: str) -> str:
    answer = cast.browser(actor).get(f"/cases/{cast.case.public_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_readers_see_words_and_sizes_first(cast: Cast, medium: MediaFile) -> None:
    told = page(cast, "mentor")
    assert "Before the silo" in told
    assert 'loading="lazy"' in told
    assert 'width="8" height="8"' in told
    assert "58.6\xa0KB" in told
    assert "293.0\xa0KB" in told
    assert "the place where it was taken (GPS)" in told
    assert "Remove" not in told
    assert "Who has seen it" not in told


def test_its_author_is_warned_of_words_in_a_document(cast: Cast, medium: MediaFile) -> None:
    warning = "Its text may hold identifiers."
    assert warning not in page(cast, "author")
    MediaFile.objects.filter(pk=medium.pk).update(findings=["name"])
    assert warning in page(cast, "author")


def test_its_author_may_change_it(cast: Cast, medium: MediaFile) -> None:
    told = page(cast, "author")
    for verb in ("caption", "check", "remove", "views"):
        assert f"/media/{medium.public_id}/{verb}/" in told


def test_a_withdrawn_consent_is_said_and_shows_no_address(cast: Cast, medium: MediaFile) -> None:
    consent = cast.case.consent
    assert consent
    consent.revoked_at, consent.revoked_by = now(), cast.people["author"]
    consent.save()
    for actor in ("author", "mentor", "coordinator"):
        told = page(cast, actor)
        assert "the pictures are closed to everybody since" in told
        assert "/media/at/" not in told
        assert "Before the silo" not in told


def test_when_the_pictures_were_closed(cast: Cast) -> None:
    consent = cast.case.consent
    assert consent
    assert section.closed_since(cast.case) is None
    consent.expires_on = now().date()
    assert section.closed_since(cast.case) is None, "its last day counts in"
    consent.expires_on = now().date() - timedelta(days=1)
    ended = section.closed_since(cast.case)
    assert ended
    assert (ended.date(), ended.hour) == (now().date(), 0)
    consent.revoked_at = ended - timedelta(days=3)
    assert section.closed_since(cast.case) == consent.revoked_at
    assert section.closed_since(Case()) is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        stored(case_factories.medium(case=cast.case), FILES)
    person = cast.people["mentor"]
    relations = relations_of(person, cast.case)
    with django_assert_num_queries(2):
        assert len(section.context(person, cast.case, relations)["media"]) == count
    browser = cast.browser("mentor")
    # Session, person, case, who they are to whom to decide about the page (3) and about the media (3), media, files.
    with django_assert_num_queries(11):
        assert len(browser.get(f"/cases/{cast.case.public_id}/media/").json()["media"]) == count


def test_the_caption(cast: Cast, medium: MediaFile) -> None:
    browser = cast.browser("author")
    address = f"/media/{medium.public_id}/caption/"
    answer = browser.post(address, {"caption": "  After\n the  silo "})
    assert answer.headers["Location"] == f"/cases/{cast.case.public_id}/"
    medium.refresh_from_db()
    assert medium.caption == "After the silo"
    told = browser.post(address, {"caption": "x" * 201}, headers={"accept": JSON})
    assert (told.status_code, told.json()["code"], told.json()["field"]) == (422, "media.caption.long", "caption")
    told = browser.post(address, {"caption": ""}, headers={"accept": JSON})
    assert told.json() == {"medium": medium.public_id, "caption": ""}


def test_the_authors_look(cast: Cast, medium: MediaFile) -> None:
    browser: Client = cast.browser("author", headers={"accept": JSON})
    MediaFile.objects.update(checked_at=None)
    address = f"/media/{medium.public_id}/check/"
    assert browser.post(address, {"checked": "1"}).json()["checked"] is True
    medium.refresh_from_db()
    first = medium.checked_at
    browser.post(address, {"checked": "1"})
    medium.refresh_from_db()
    assert medium.checked_at == first
    assert browser.post(address, {"checked": "0"}).json()["checked"] is False
    MediaFile.objects.update(state=MediaState.PROCESSING)
    told = browser.post(address, {"checked": "1"})
    assert (told.status_code, told.json()["code"]) == (409, "media.not_ready")


def test_removing_twice_is_removing_once(cast: Cast, medium: MediaFile) -> None:
    browser = cast.browser("author", headers={"accept": JSON})
    for _ in range(2):
        told = browser.post(f"/media/{medium.public_id}/remove/")
        assert told.json() == {"medium": medium.public_id, "state": "removed"}
    medium.refresh_from_db()
    assert medium.removed_at is not None
    assert "Before the silo" not in page(cast, "author")


def test_the_order(cast: Cast, medium: MediaFile) -> None:
    others = [case_factories.medium(case=cast.case, position=place) for place in (1, 2)]
    a, b, c = (each.public_id for each in (medium, *others))
    browser = cast.browser("author", headers={"accept": JSON})

    def moved(which: str, position: str) -> list[str]:
        order: list[str] = browser.post(f"/media/{which}/move/", {"position": position}).json()["media"]
        return order

    assert moved(c, "0") == [c, a, b]
    assert moved(c, "1") == [a, c, b]
    assert moved(a, "x") == [c, b, a]
    assert moved(a, "99") == [c, b, a]
    assert list(MediaFile.objects.order_by("position").values_list("public_id", flat=True)) == [c, b, a]


def test_a_sent_case_keeps_its_files(cast: Cast, medium: MediaFile) -> None:
    Case.objects.update(status=CaseStatus.SUBMITTED)
    browser = cast.browser("author", headers={"accept": JSON})
    for verb in ("caption", "check", "remove", "move"):
        told = browser.post(f"/media/{medium.public_id}/{verb}/")
        assert (told.status_code, told.json()["code"]) == (403, "media.forbidden")
    assert f"/media/{medium.public_id}/remove/" not in page(cast, "author")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_who_looked(
    cast: Cast, medium: MediaFile, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    files = {"mentor": "large.jpg", "reviewer": "page-02-small.jpg", "coordinator": "window"}
    for actor, name in list(files.items())[:count]:
        MediaAccess.objects.create(medium=medium, name=name, person=cast.people[actor])
    browser = cast.browser("coordinator")
    with django_assert_num_queries(4):  # session, person, medium, looks
        told = browser.get(f"/media/{medium.public_id}/views/").content.decode()
    names = [cast.people[actor].full_name for actor in ("mentor", "reviewer", "coordinator")]
    words = ["large picture", "page 2", "the scan, frame by frame"]
    assert [word for word in words if word in told] == words[:count]
    assert [name for name in names[:count] if name not in told] == []
    assert ("Nobody has looked" in told) == (count == 0)
