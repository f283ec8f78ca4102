"""The viewer of a medium and the marks on it, page and JSON, for everybody who may and may not."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from courses.cases.models import CaseStatus, MediaFile, MediaKind
from files import storage
from shared.clock import now
from tests import case_cast, case_factories
from tests.answers import REFUSED, rows, status, visit
from tests.case_cast import ACTORS, Cast
from tests.media_files import stored

pytestmark = pytest.mark.django_db

READ, WRITE = rows("marks-read", ACTORS), rows("marks-write", ACTORS)
ARROW = {"kind": "arrow", "points": [[100, 200], [4000, 5000]], "colour": 1}
BODY = {"frame": 1, "shapes": [ARROW], "revision": 0}
PHOTO = {"master.jpg": b"m" * 9000, "large.jpg": b"l" * 3100, "small.jpg": b"s" * 700, "thumb.jpg": b"t" * 90}


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """One for the whole file; every test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield case_cast.cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def photo(cast: Cast, django_db_blocker: Any) -> MediaFile:
    with django_db_blocker.unblock():
        kept = stored(case_factories.medium(case=cast.case, caption="Day two"), PHOTO)
        kept.renditions.filter(name="large.jpg").update(width=1600, height=1200)
        return kept


def address(name: str, medium: MediaFile) -> str:
    return reverse(name, args=[medium.public_id])


def send(cast: Cast, actor: str, medium: MediaFile, told: Any = BODY) -> Any:
    return cast.browser(actor).post(address("courses:mark-save", medium), told, "application/json")


def config(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="medium-config" type="application/json">(.+?)</script>', html)
    assert found
    return dict(json.loads(found[1]))


@pytest.mark.parametrize("name", READ)
def test_reading(cast: Cast, photo: MediaFile, name: str) -> None:
    answers = {actor: visit(cast.browser(actor), "GET", address(name, photo)) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == READ[name]
    assert [wrote for _, wrote in answers.values() if wrote] == []


@pytest.mark.parametrize("name", WRITE)
def test_writing(cast: Cast, photo: MediaFile, name: str) -> None:
    typed = {"data": json.dumps(BODY), "content_type": "application/json"}
    answers = {actor: visit(cast.browser(actor), "POST", address(name, photo), **typed) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == WRITE[name]
    assert [wrote for answer, wrote in answers.values() if wrote and status(answer) in REFUSED] == []


def test_saving_wants_the_token_of_our_page(cast: Cast, photo: MediaFile) -> None:
    browser = cast.browser("author", enforce_csrf_checks=True)
    answer, wrote = visit(
        browser, "POST", address("courses:mark-save", photo), json.dumps(BODY), content_type="application/json"
    )
    assert (answer.status_code, wrote) == (403, [])


def test_what_was_drawn_is_read_by_everybody_who_sees_the_picture(cast: Cast, photo: MediaFile) -> None:
    saved = send(cast, "reviewer", photo).json()
    assert saved["revision"] == 1
    (layer,) = cast.browser("author").get(address("courses:mark-list", photo)).json()["layers"]
    person = cast.people["reviewer"]
    assert layer == {
        "author": "Reviewer",
        "author_id": person.public_id,
        "mine": False,
        "frame": 1,
        "shapes": [ARROW],
        "revision": 1,
        "saved_at": saved["saved_at"],
    }


def test_trainees_see_the_marks_of_a_teaching_case_and_draw_none(cast: Cast, photo: MediaFile) -> None:
    send(cast, "reviewer", photo)
    type(cast.case).objects.filter(pk=cast.case.pk).update(taught_at=now())
    (layer,) = cast.browser("trainee").get(address("courses:mark-list", photo)).json()["layers"]
    assert layer["shapes"] == [ARROW]
    refused = send(cast, "trainee", photo)
    assert (refused.status_code, refused.json()["code"]) == (403, "marks.forbidden")
    assert (
        config(cast.browser("trainee").get(address("courses:medium-show", photo)).content.decode())["may_mark"] is False
    )


@pytest.mark.parametrize("body", ["", "[]", "{", '{"frame": 1}', '{"frame": true, "shapes": []}', "[" * 5000])
def test_what_cannot_be_read_is_refused(cast: Cast, photo: MediaFile, body: str) -> None:
    answer = send(cast, "author", photo, body)
    assert answer.status_code == 422
    assert answer.json()["code"] in {"marks.wrong", "marks.no_picture"}


def test_a_conflict_says_so(cast: Cast, photo: MediaFile) -> None:
    send(cast, "author", photo)
    answer = send(cast, "author", photo, BODY | {"shapes": [], "revision": 7})
    assert (answer.status_code, answer.json()["code"]) == (409, "marks.conflict")


def test_marks_are_never_part_of_a_file(cast: Cast, photo: MediaFile) -> None:
    """Every stored byte of the picture is the same before and after, and so is what is served."""

    def files() -> dict[str, bytes]:
        return {each.name: storage.read(each.storage_key, 0, each.size) for each in photo.renditions.all()}

    def served() -> dict[str, bytes]:
        browser = cast.browser("mentor")
        told = browser.get(reverse("courses:medium-list", args=[cast.case.public_id])).json()["media"]
        return {file["name"]: browser.get(file["url"]).content for file in told[0]["files"]}

    before = files(), served()
    assert send(cast, "reviewer", photo).status_code == 200
    assert (files(), served()) == before == (PHOTO, PHOTO)


def test_without_scripts_the_picture_and_its_ways_are_there(cast: Cast, photo: MediaFile) -> None:
    send(cast, "reviewer", photo, BODY | {"shapes": [{"kind": "text", "points": [[5, 5]], "text": "Matted bowel"}]})
    other = stored(case_factories.medium(case=cast.case, position=1), PHOTO)
    html = cast.browser("author").get(address("courses:medium-show", photo)).content.decode()
    source = re.search(r'id="picture"[^>]* src="([^"]+)"', html)
    full = re.search(r'id="full" href="([^"]+)"', html)
    assert source and cast.browser("author").get(source[1]).content == PHOTO["small.jpg"]
    assert full and cast.browser("author").get(full[1]).content == PHOTO["large.jpg"]
    assert 'alt="Day two"' in html
    assert "3.0\xa0KB" in html
    assert f'rel="next" href="{address("courses:medium-show", other)}"' in html
    assert "Matted bowel" in html.split("<noscript>")[1]


def test_a_document_is_turned_page_by_page(cast: Cast) -> None:
    files = {f"page-{n:02}{size}.jpg": f"{n}{size}".encode() for n in (1, 2, 3) for size in ("", "-small")}
    medium = stored(
        case_factories.medium(case=cast.case, kind=MediaKind.DOCUMENT, frames=3), files | {"thumb.jpg": b"t"}
    )
    for asked, shown in (
        (None, b"1-small"),
        ("2", b"2-small"),
        ("9", b"3-small"),
        ("0", b"1-small"),
        ("x", b"1-small"),
    ):
        html = cast.browser("mentor").get(address("courses:medium-show", medium), {"frame": asked} if asked else {})
        source = re.search(r'id="picture"[^>]* src="([^"]+)"', html.content.decode())
        assert source and cast.browser("mentor").get(source[1]).content == shown
        assert len(config(html.content.decode())["pages"]) == 3


def test_a_film_costs_nothing_before_it_is_played(cast: Cast) -> None:
    files = {"master.mp4": b"m" * 2_500_000, "low.mp4": b"v" * 412_000, "poster.jpg": b"p", "thumb.jpg": b"t"}
    medium = stored(case_factories.medium(case=cast.case, kind=MediaKind.VIDEO), files)
    html = cast.browser("author").get(address("courses:medium-show", medium)).content.decode()
    video = re.search(r"<video[^>]+>", html)
    assert video and 'preload="none"' in video[0]
    assert "Playing it loads 402.3\xa0KB" in html
    assert "data-marks" not in html


def test_a_scan_begins_in_its_middle_and_takes_a_window(cast: Cast) -> None:
    windows = {"is_colour": False, "centre": 40.0, "width": 400.0, "low": -1000, "high": 3000, "frames": 5}
    windows |= {"presets": [{"name": "bone", "centre": 400.0, "width": 1800.0}]}
    medium = case_factories.medium(
        case=cast.case, kind=MediaKind.DICOM, frames=5, width=512, height=512, windows=windows
    )
    stored(medium, {"image.dcm": b"d", "small.jpg": b"s", "thumb.jpg": b"t"})
    browser = cast.browser("author")
    html = browser.get(address("courses:medium-show", medium)).content.decode()
    assert re.search(r'id="picture"[^>]* src="[^"]+/window/\?frame=3&amp;size=640"', html)
    html = browser.get(address("courses:medium-show", medium), {"preset": "bone", "frame": "1"}).content.decode()
    assert re.search(r'src="[^"]+/window/\?frame=1&amp;centre=400.0&amp;width=1800.0&amp;size=640"', html)


def test_before_the_release_it_says_who_may_see_it(cast: Cast) -> None:
    medium = stored(case_factories.medium(case=cast.case, released_at=None), PHOTO)
    html = cast.browser("author").get(address("courses:medium-show", medium)).content.decode()
    audience = html.split("Who may see it")[1].split("</ul>")[0]
    assert "The mentors of the course" in audience
    assert "given to" not in audience


def test_an_unsent_photo_of_ones_own_can_be_changed(cast: Cast, photo: MediaFile) -> None:
    assert "edit-again" not in cast.browser("author").get(address("courses:medium-show", photo)).content.decode()
    type(cast.case).objects.filter(pk=cast.case.pk).update(status=CaseStatus.SENT_BACK)
    assert "edit-again" in cast.browser("author").get(address("courses:medium-show", photo)).content.decode()
    assert "edit-again" not in cast.browser("mentor").get(address("courses:medium-show", photo)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_viewer_asks_as_much_for_three_as_for_one(
    cast: Cast, photo: MediaFile, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for position in range(1, count):
        stored(case_factories.medium(case=cast.case, position=position), PHOTO)
    for actor in ("author", "reviewer", "mentor")[:count]:
        send(cast, actor, photo)
    browser = cast.browser("mentor")
    # session, person, the medium, three for the relations, media, their files, layers
    with django_assert_num_queries(9):
        browser.get(address("courses:medium-show", photo))
