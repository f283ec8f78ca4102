"""Who is expected in a mission: a page to print, and a file."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import for_people, visible
from accounts.models import Person
from accounts.policies import Visitor, organisations_as
from accounts.rules.roles import Role
from courses.outcomes.policies import may_see_mission_list
from courses.outcomes.queries import expected_patients
from courses.outcomes.queries.expected_patients import Patient
from courses.outcomes.sections import mission_figures
from courses.programme import policies
from courses.programme.models import Mission
from courses.programme.queries import missions
from shared.clock import now
from web import csv_files
from web.csv_files import Cell


@require_safe
@for_people
def show(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    mission = _found(person, slug)
    told = mission_figures.context(mission, now().date())
    context = {
        "mission": mission,
        "patients": expected_patients.patients(mission),
        "planned": organisations_as(person, Role.COORDINATOR),
    }
    return render(request, "outcomes/expected_patients.html", context | told)


@require_safe
@for_people
def as_csv(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """One row per patient, in the order of the page."""
    mission = _found(person, slug)
    header = (
        *(_("Case"), _("Next step"), _("Mission"), _("Urgency"), _("Age"), _("Sex"), _("Weight (kg)"), _("ASA class")),
        *(_("Diagnosis"), _("ICD-10 code"), _("The patient is"), _("Seen on"), _("Follow-up")),
    )
    rows = [_row(patient) for patient in expected_patients.patients(mission)]
    content = csv_files.encode(header, rows, csv_files.chosen(request.GET.get("separator")))
    disposition = f'attachment; filename="{mission.slug}-expected.csv"'
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


def _found(person: Person, slug: str) -> Mission:
    """404 for a mission this person does not see, 403 for a list that is not theirs."""
    mission = visible(missions.find(slug), may_see=_may_know, to=person)
    if not may_see_mission_list(person, mission):
        raise PermissionDenied
    return mission


def _may_know(person: Visitor, mission: Mission) -> bool:
    return policies.may_see_mission(person, mission) or may_see_mission_list(person, mission)


def _row(patient: Patient) -> tuple[Cell, ...]:
    case, last = patient.case, patient.follow_up
    mission: str | None = last.next_mission.title if last.next_mission else None
    seen_on: date | None = last.seen_on
    return (
        *(case.code, last.get_next_step_display(), mission, case.get_urgency_display(), case.get_age_band_display()),
        *(case.get_sex_display(), case.weight_kg, case.get_asa_display(), case.diagnosis, case.icd10),
        *(last.get_condition_display(), seen_on, last.get_milestone_display()),
    )
