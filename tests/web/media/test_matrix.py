"""Who is given bytes of case media: everybody × what became of the case and the medium × every file of it.

The expectation is a small model of its own, written down as who stands where, and the cells are counted.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings

from courses.cases.models import Case, CaseStatus, MediaAccess, MediaFile
from courses.media.queries import media
from shared.clock import now
from tests import case_cast, case_factories
from tests.case_cast import ACTORS, Cast
from tests.media_files import scan, stored

pytestmark = pytest.mark.django_db

TEAM = {"author", "mentor", "reviewer", "coordinator"}
# Who may see a photo or a scan in each state; films only where the consent speaks of them.
SEEN: dict[str, set[str]] = {
    "draft": {"author"},
    "draft_without_consent": {"author"},
    "submitted": TEAM,
    "sent_back": TEAM,
    "released": TEAM,
    "added_later": TEAM,  # to a released case, and not released itself
    "taught": TEAM | {"trainee"},
    "taught_without_consent_to_it": TEAM,
    "closed": TEAM,
    "withdrawn": {"author"},
    "of_another_course": {"other_mentor", "coordinator"},
    "taught_in_another_course": {"other_mentor", "other_trainee", "coordinator"},
    "photos_alone": TEAM,
    "revoked": set(),
    "revoked_draft": set(),
    "expired": set(),
    "removed": set(),
    "processing": set(),
    "refused": set(),
}
NO_FILMS = {"photos_alone"}
FILES = {
    "photo": ("thumb.jpg", "small.jpg", "large.jpg", "master.jpg"),
    "document": ("page-01.jpg", "page-01-small.jpg", "thumb.jpg"),
    "video": ("low.mp4", "master.mp4", "poster.jpg", "thumb.jpg"),
    "dicom": ("image.dcm", "large.jpg", "small.jpg", "thumb.jpg", media.WINDOW),
}
WAYS: dict[str, dict[str, str]] = {  # of the first file of each kind; of the others the whole
    "whole": {},
    "head of it": {"range": "bytes=0-15"},
    "tail of it": {"range": "bytes=-16"},
}


def model(state: str, kind: str, actor: str) -> bool:
    return actor in SEEN[state] and not (kind == "video" and state in NO_FILMS)


@pytest.fixture
def cast(tmp_path: Any) -> Iterator[Cast]:
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield case_cast.cast()


def changed(case: Case, **fields: Any) -> Case:
    Case.objects.filter(pk=case.pk).update(**fields)
    return Case.objects.get(pk=case.pk)


def consented(case: Case, **fields: Any) -> Case:
    type(case.consent).objects.filter(pk=case.consent_id).update(**fields)  # type: ignore[union-attr]
    return Case.objects.get(pk=case.pk)


def unsent(cast: Cast, **fields: Any) -> Case:
    return changed(cast.case, released_at=None, released_by=None, status=CaseStatus.DRAFT, **fields)


def set_up(cast: Cast, state: str) -> tuple[Case, dict[str, Any]]:
    """The case in this state, and what its media are like."""
    case, unreleased = cast.case, {"released_at": None}
    revoked = {"revoked_at": now(), "revoked_by": cast.people["coordinator"]}
    elsewhere: dict[str, Any] = {"course": cast.other_course, "author": case_factories.trainee(cast.other_course)}
    match state:
        case "draft":
            return unsent(cast), unreleased
        case "draft_without_consent":
            return unsent(cast, consent=None), unreleased
        case "submitted":
            return changed(unsent(cast), status=CaseStatus.SUBMITTED), unreleased
        case "sent_back":
            return changed(case, status=CaseStatus.SENT_BACK), {}
        case "added_later":
            return case, unreleased
        case "taught":
            return changed(case, taught_at=now(), taught_by=cast.people["mentor"]), {}
        case "taught_without_consent_to_it":
            taught = changed(case, taught_at=now(), taught_by=cast.people["mentor"])
            return consented(taught, scopes=["case_review", "stills", "recording"]), {}
        case "closed" | "withdrawn":
            return changed(case, status=state), {}
        case "of_another_course":
            return case_factories.case(**elsewhere), {}
        case "taught_in_another_course":
            return case_factories.case(**elsewhere, taught_at=now(), taught_by=cast.people["other_mentor"]), {}
        case "photos_alone":
            return consented(case, scopes=["case_review", "stills"]), {}
        case "revoked":
            return consented(case, **revoked), {}
        case "revoked_draft":
            return consented(unsent(cast), **revoked), unreleased
        case "expired":
            return consented(case, expires_on=(now() - timedelta(days=1)).date()), {}
        case "removed" | "processing" | "refused":
            return case, {"state": state}
    return case, {}


def secret(medium: MediaFile, name: str) -> bytes:
    return f"SECRET {medium.public_id} {name} ".encode() * 3


def with_files(case: Case, kind: str, fields: dict[str, Any]) -> MediaFile:
    made = case_factories.medium(case=case, kind=kind, **fields)
    bodies = {name: secret(made, name) for name in FILES[kind] if name != media.WINDOW}
    return stored(made, bodies | ({"image.dcm": scan()} if kind == "dicom" else {}))


def address(cast: Cast, medium: MediaFile, name: str, actor: str) -> str:
    """As if this actor had been given it, whether or not they would be; strangers have an outsider's."""
    to = cast.people.get(actor, cast.people["outsider"])
    give = media.window_address if name == media.WINDOW else lambda m, **to: media.address(m, name, **to)
    return give(medium, to=to, at=now())


def expected(medium: MediaFile, name: str, way: str) -> bytes:
    whole = scan() if name == "image.dcm" else secret(medium, name)
    return {"whole": whole, "head of it": whole[:16], "tail of it": whole[-16:]}[way]


def is_given(answer: Any, medium: MediaFile, name: str, way: str) -> bool:
    """Whether the bytes came; fails where something came that is neither they nor a plain refusal."""
    if answer.status_code in (200, 206):
        if name == media.WINDOW:
            assert answer.content.startswith(b"\xff\xd8\xff")
        else:
            assert answer.content == expected(medium, name, way)
        return True
    assert answer.status_code in (302, 404, 410)
    assert b"SECRET" not in answer.content
    assert answer.headers["Content-Type"].startswith(("text/html", "application/json"))
    return False


@pytest.fixture
def browsers(cast: Cast) -> dict[str, Client]:
    return {actor: cast.browser(actor) for actor in ACTORS}


@pytest.mark.parametrize("state", SEEN)
def test_bytes_come_where_the_policy_says_and_nowhere_else(cast: Cast, browsers: dict[str, Client], state: str) -> None:
    case, fields = set_up(cast, state)
    given: set[tuple[str, str, str, str]] = set()
    wanted: set[tuple[str, str, str, str]] = set()
    tried = 0
    for kind, names in FILES.items():
        medium = with_files(case, kind, fields)
        for name in names:
            for way, headers in WAYS.items() if name == names[0] else [("whole", WAYS["whole"])]:
                for actor, browser in browsers.items():
                    tried += 1
                    answer = browser.get(address(cast, medium, name, actor), headers=headers)
                    if is_given(answer, medium, name, way):
                        given.add((kind, name, way, actor))
                    if model(state, kind, actor):
                        wanted.add((kind, name, way, actor))
    files = sum(len(names) + 2 for names in FILES.values())
    assert tried == files * len(ACTORS) == 24 * 9
    assert given == wanted
    films = 6 if state in NO_FILMS else 0
    assert len(given) == (files - films) * len(SEEN[state])
    looked = {(view.medium.kind, view.name, view.person_id) for view in MediaAccess.objects.select_related("medium")}
    assert looked == {(kind, name, cast.people[actor].pk) for kind, name, _way, actor in given}


@pytest.mark.parametrize("state", SEEN)
def test_an_address_taken_from_somebody_else_gives_nothing(cast: Cast, browsers: dict[str, Client], state: str) -> None:
    case, fields = set_up(cast, state)
    owners = sorted(SEEN[state]) or ["author"]
    given: set[tuple[str, str, str]] = set()
    for kind in ("photo", "dicom"):
        medium = with_files(case, kind, fields)
        for name in FILES[kind]:
            stolen = address(cast, medium, name, owners[0])
            for actor, browser in browsers.items():
                if is_given(browser.get(stolen), medium, name, "whole"):
                    given.add((kind, name, actor))
                assert browser.head(stolen).content == b""
    own = {(kind, name, owners[0]) for kind in ("photo", "dicom") for name in FILES[kind]}
    assert given == (own if SEEN[state] else set())


@pytest.mark.parametrize("state", SEEN)
def test_the_list_offers_what_would_be_given(cast: Cast, browsers: dict[str, Client], state: str) -> None:
    case, fields = set_up(cast, state)
    for kind in FILES:
        with_files(case, kind, fields)
    for actor, browser in browsers.items():
        answer = browser.get(f"/cases/{case.public_id}/media/")
        offered = answer.json()["media"] if answer.status_code == 200 else []
        kinds = {item["kind"] for item in offered if item["files"]}
        assert kinds == {kind for kind in FILES if model(state, kind, actor)}, actor
        for item in offered:
            for file in item["files"][:1]:
                assert browser.head(file["url"]).status_code == 200
