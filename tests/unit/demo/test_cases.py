"""The demonstration's cases: loaded once, true to the rules, with pictures that were cleaned."""

from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import Person
from courses.cases.models import Case, CaseStatus, MediaState
from courses.cases.policies.cases import may_see_case
from courses.cases.rules.cases import missing
from courses.identifiers import find
from courses.logbook.models import Rating
from courses.search import queries
from courses.trauma.models import TraumaRecord
from demo.accounts import ACCOUNTS
from demo.story.cases import key_of
from demo.story.stories import GASTROSCHISIS, STORIES
from shared.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo", verbosity=0)


def test_a_second_time_nothing_is_added_or_changed() -> None:
    before = list(Case.objects.order_by("pk").values())
    Case.objects.filter(key=key_of(GASTROSCHISIS)).update(diagnosis="Edited")
    call_command("load_demo", verbosity=0)
    assert len(before) == len(STORIES)
    assert [row["code"] for row in before] == list(Case.objects.order_by("pk").values_list("code", flat=True))
    assert Case.objects.get(key=key_of(GASTROSCHISIS)).diagnosis == "Edited"


def test_what_was_sent_is_complete_and_names_nobody() -> None:
    for case in Case.objects.exclude(status=CaseStatus.DRAFT):
        assert missing({field.name: getattr(case, field.name) for field in Case._meta.fields}) == ()
        assert [find(getattr(case, name)) for name in ("main_question", "history", "exam")] == [(), (), ()]


def test_its_pictures_are_clean_and_ready() -> None:
    case = Case.objects.get(key=key_of(GASTROSCHISIS))
    (medium,) = case.media.all()
    assert (medium.state, medium.kind) == (MediaState.READY, "photo")
    assert {"thumb.jpg", "small.jpg", "large.jpg"} <= set(medium.renditions.values_list("name", flat=True))


def test_the_trainee_and_the_mentor_see_it_and_others_do_not() -> None:
    people = {role: Person.objects.get(email=ACCOUNTS[role].email) for role in ACCOUNTS}
    case = Case.objects.get(key=key_of(GASTROSCHISIS))
    assert {role for role, person in people.items() if may_see_case(person, case)} == {
        *("trainee", "mentor", "surgeon", "coordinator"),
    }
    hits = queries.find(person=people["mentor"], question="gastrosquisis", on=now().date()).hits
    assert {hit.case for hit in hits} == {case}


def test_the_trainee_has_a_logbook_with_ratings_and_a_registry() -> None:
    trainee = Person.objects.get(email=ACCOUNTS["trainee"].email)
    entries = trainee.logbook.count()
    assert entries > 20
    assert Rating.objects.filter(entry__trainee=trainee).values("rater").distinct().count() == 2
    assert TraumaRecord.objects.filter(author=trainee).count() == 40
    call_command("load_demo", verbosity=0)
    assert (trainee.logbook.count(), TraumaRecord.objects.count()) == (entries, 40)
