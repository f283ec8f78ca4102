"""`fill.py COUNT` puts so many cases into the database of the environment, indexed for the search, and prints the
session cookies of people who look at them: one JSON line of {"trainee", "mentor", "coordinator"}.
"""

import json
import os
import random
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from accounts.models import Person  # noqa: E402
from courses.cases.models import AgeBand, Case, CaseStatus, Specialty, Urgency  # noqa: E402
from courses.cases.rules.cases import due_at  # noqa: E402
from courses.programme.models import Course  # noqa: E402
from courses.search.actions import texts_of  # noqa: E402
from courses.search.models import SearchText  # noqa: E402
from demo.accounts import ACCOUNTS  # noqa: E402
from shared.clock import now  # noqa: E402

PARTS = (
    ("Gastrosquisis", "Onfalocele", "Atresia intestinal", "Vólvulo", "Hernia diafragmática", "Quemadura", "Fractura"),
    ("neonatal", "del antebrazo", "complicada", "recidivada", "con sepsis", "de alto gasto", "tardía", "asociada"),
)
WORDS = (
    *"dolor abdominal fiebre vómitos distensión herida sutura drenaje antibióticos transfusión laparotomía".split(),  # noqa: SIM905
    *"isquemia anastomosis estoma nutrición parenteral radiografía ecografía tomografía hemoglobina".split(),  # noqa: SIM905
    *"leucocitos creatinina ventilación".split(),  # noqa: SIM905
)
STATUSES = (CaseStatus.SUBMITTED, CaseStatus.WAITING, CaseStatus.UNDER_REVIEW, CaseStatus.APPROVED, CaseStatus.CLOSED)


def main(count: int) -> None:
    """Fill and print."""
    people = {role: Person.objects.get(email=ACCOUNTS[role].email) for role in ("trainee", "mentor", "coordinator")}
    course = Course.objects.filter(sessions__team__person=people["mentor"]).distinct().first()
    assert course is not None
    chance = random.Random(count)
    cases = Case.objects.bulk_create([_case(chance, n, people, course) for n in range(count)], batch_size=500)
    SearchText.objects.bulk_create((text for case in cases for text in texts_of(case)), batch_size=500)
    print(json.dumps({role: _cookie(person) for role, person in people.items()}))


def _case(chance: random.Random, number: int, people: dict[str, Person], course: Course) -> Case:
    at = now() - timedelta(minutes=11 * number)
    status = chance.choices(STATUSES, (1, 2, 2, 5, 10))[0]
    urgency = chance.choice(Urgency.values)
    is_released = status != CaseStatus.SUBMITTED
    return Case(
        key=uuid4(),
        author=people["trainee"],
        course=course,
        status=status,
        language="es",
        main_question=_text(chance, 12),
        urgency=urgency,
        specialty=chance.choice(Specialty.values),
        age_band=chance.choice(AgeBand.values),
        sex="f",
        diagnosis=" ".join(chance.choice(part) for part in PARTS),
        icd10=f"K{chance.randrange(90):02}.{chance.randrange(10)}",
        history=_text(chance, 80),
        exam=_text(chance, 40),
        treatment=_text(chance, 30),
        blood="limited",
        icu="no",
        plan_without_answer=_text(chance, 15),
        created_at=at,
        submitted_at=at,
        released_at=at if is_released else None,
        released_by=people["coordinator"] if is_released else None,
        due_at=due_at(urgency, at) if status in (CaseStatus.WAITING, CaseStatus.UNDER_REVIEW) else None,
    )


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def _cookie(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    main(int(sys.argv[1]))
