"""The people of an organisation: who they are, what they may do, whose licence is true; in place of the back office."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import policies
from accounts.access import allowed, for_people, found
from accounts.actions import closing, licences, memberships
from accounts.actions import organisations as actions
from accounts.models import Licence, Organisation, Person
from accounts.models.licences import LicenceStatus
from accounts.queries import organisations
from accounts.rules.roles import Role
from courses.programme.forms.people import FilterForm, InviteForm, MergeForm, OrganisationForm, RolesForm
from courses.programme.queries import people
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame, sentence

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """The organisations one looks after, which a site administrator adds to; with one there is nothing to choose."""
    allowed(policies.may_see_people_somewhere(person))
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create(by=person, **form.cleaned_data)
        except DomainError as error:
            blame(form, error)
        else:
            return redirect("courses:people-show", organisation=made.slug)
    shown = organisations.looked_after(person)
    may_administer = policies.may_administer(person)
    if len(shown) == 1 and not may_administer:
        return redirect("courses:people-show", organisation=shown[0].slug)
    context = {"organisations": shown, "form": form if may_administer else None}
    return render(request, "people/home.html", context, status=422 if form.errors else 200)


@require_safe
@for_people
def show(request: HttpRequest, person: Person, organisation: str) -> HttpResponse:
    return _list(request, person, _looked_after(person, organisation), InviteForm())


@require_POST
@for_people
def invite(request: HttpRequest, person: Person, organisation: str) -> HttpResponse:
    """Somebody by e-mail, with roles; what was typed stays when it is refused."""
    where = _looked_after(person, organisation)
    allowed(policies.may_give_roles(person, where))
    form = InviteForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data | {"roles": [Role(role) for role in form.cleaned_data["roles"]]}
        try:
            invited = memberships.invite(by=person, organisation=where, **data)
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("%(name)s has these roles now.") % {"name": invited})
            return redirect("courses:people-show", organisation=where.slug)
    return _list(request, person, where, form, status=422)


@require_safe
@for_people
def one(request: HttpRequest, person: Person, organisation: str, who: str) -> HttpResponse:
    where = _looked_after(person, organisation)
    return _one(request, person, where, found(people.find(where, who)))


@require_POST
@for_people
def set_roles(request: HttpRequest, person: Person, organisation: str, who: str) -> HttpResponse:
    where = _looked_after(person, organisation)
    allowed(policies.may_give_roles(person, where))
    form = RolesForm(request.POST)

    def change(target: Person) -> str:
        roles = [Role(role) for role in form.cleaned_data["roles"]]
        memberships.set_roles(by=person, organisation=where, person=target, roles=roles)
        return _("The roles are saved.")

    return _changed(request, person, where, who, form, change)


@require_POST
@for_people
def decide(request: HttpRequest, person: Person, organisation: str, who: str, licence: int) -> HttpResponse:
    """Say of one licence that it is verified, not confirmed, or only declared again."""
    where = _looked_after(person, organisation)
    allowed(policies.may_verify(person, where))
    kept = found(Licence.objects.filter(pk=licence, person=found(people.find(where, who))).first())
    status = request.POST.get("status", "")
    if status in LicenceStatus.values:
        try:
            licences.decide(by=person, organisation=where, licence=kept, status=LicenceStatus(status), at=now())
        except DomainError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, _("The licence is marked."))
    return redirect("courses:people-person", organisation=where.slug, who=who)


@require_POST
@for_people
def set_open(request: HttpRequest, person: Person, organisation: str, who: str) -> HttpResponse:
    """`open=1` opens the account, anything else closes it."""
    where = _looked_after(person, organisation)
    target = found(people.find(where, who))
    allowed(policies.may_close_account(person, where, target))
    closing.set_open(by=person, organisation=where, person=target, is_open=request.POST.get("open") == "1")
    messages.success(request, _("The account is open.") if target.is_active else _("The account is closed."))
    return redirect("courses:people-person", organisation=where.slug, who=who)


@require_POST
@for_people
def merge(request: HttpRequest, person: Person, organisation: str, who: str) -> HttpResponse:
    """Make this person part of another of the same organisation."""
    where = _looked_after(person, organisation)
    form = MergeForm(request.POST)
    allowed(policies.may_close_account(person, where, found(people.find(where, who))))

    def change(target: Person) -> str:
        into = people.of([where.pk]).filter(email__iexact=form.cleaned_data["email"]).first()
        if into is None:
            raise DomainError("people.merge.unknown", field="email")
        left = closing.merge(by=person, organisation=where, double=target, into=into)
        told = _("Merged into %(name)s.") % {"name": into}
        return f"{told} {_('What both had already stays with the closed account.')}" if left else told

    return _changed(request, person, where, who, form, change)


def _looked_after(person: Person, slug: str) -> Organisation:
    """404 for an organisation whose people are not this person's to see."""
    where = found(organisations.find(slug))
    return found(where if policies.may_see_people(person, where) else None)


def _changed(
    request: HttpRequest, person: Person, where: Organisation, who: str, form: Form, change: Callable[[Person], str]
) -> HttpResponse:
    """Do it to somebody of the organisation and say how it went; a refusal leaves the form as typed."""
    target = found(people.find(where, who))
    if form.is_valid():
        try:
            messages.success(request, change(target))
        except DomainError as error:
            blame(form, error)
        else:
            return redirect("courses:people-person", organisation=where.slug, who=who)
    return _one(request, person, where, target, form, status=422)


def _list(
    request: HttpRequest, person: Person, where: Organisation, form: InviteForm, status: int = 200
) -> HttpResponse:
    asked = FilterForm(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    page = Paginator(people.chosen(where, **chosen), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "organisation": where,
        "page": page,
        "filter": asked,
        "query": query.urlencode(),
        "form": form if policies.may_give_roles(person, where) else None,
        "is_one_of_several": len(organisations.looked_after(person)) > 1,
    }
    return render(request, "people/list.html", context, status=status)


def _one(
    request: HttpRequest,
    person: Person,
    where: Organisation,
    target: Person,
    form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    roles = [membership.role for membership in target.roles_here]  # type: ignore[attr-defined]
    shown = RolesForm(initial={"roles": roles})
    context = {
        "organisation": where,
        "target": target,
        "roles_form": form if isinstance(form, RolesForm) else shown,
        "merge_form": form if isinstance(form, MergeForm) else MergeForm(),
        "statuses": LicenceStatus.choices,
        "may_give_roles": policies.may_give_roles(person, where),
        "may_verify": policies.may_verify(person, where) and target.pk != person.pk,
        "may_close": policies.may_close_account(person, where, target),
    }
    return render(request, "people/person.html", context, status=status)
