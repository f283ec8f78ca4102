"""People and licences in the administration."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import policies
from accounts.models import Licence, Membership, Organisation, Person
from accounts.models.licences import LicenceStatus
from shared.clock import now

RANK = ("is_staff", "is_superuser", "groups", "user_permissions")


def _is_below(request: HttpRequest, person: Person) -> bool:
    return policies.may_change_rank(request.user) or not person.is_superuser


class OnlyAdministrators:
    """Site administrators alone see and change these rows, whatever permissions somebody was given."""

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return policies.may_change_rank(request.user)

    has_change_permission = has_delete_permission = has_add_permission = has_view_permission


class LicenceInline(admin.TabularInline[Licence, Person]):
    model = Licence
    fk_name = "person"
    extra = 0
    readonly_fields = ("verified_by", "verified_at")
    fields = ("country", "kind", "number", "jurisdiction", "status", *readonly_fields)


class MembershipInline(OnlyAdministrators, admin.TabularInline[Membership, Person]):
    model = Membership
    fk_name = "person"
    extra = 0
    readonly_fields = ("given_by", "given_at")


@admin.register(Organisation)
class OrganisationAdmin(OnlyAdministrators, admin.ModelAdmin[Organisation]):
    list_display = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ("name",)}


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """No password here: people sign in by code, or set one themselves."""

    list_display = ("full_name", "email", "profession", "institution", "region", "is_active")
    list_filter = ("memberships__role", "is_staff", "is_active", "profession", "country")
    search_fields = ("full_name", "email", "institution")
    ordering = ("sort_key", "email")
    exclude = ("password", "last_login")
    readonly_fields = ("public_id", "joined_at")
    filter_horizontal = ("groups", "user_permissions")
    inlines = (LicenceInline, MembershipInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> tuple[str, ...]:
        """Rank is changed only by those who hold the highest; whoever else works here sees it."""
        mine = ("public_id", "joined_at")
        return mine if policies.may_change_rank(request.user) else (*mine, *RANK)

    def has_change_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """Nobody changes somebody who ranks higher: another address would be another's account."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or _is_below(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or _is_below(request, obj))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """Bulk actions reach only whom one may change."""
        people = super().get_queryset(request)
        return people if policies.may_change_rank(request.user) else people.filter(is_superuser=False)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Who verified a licence, and when, is written with its status."""
        for licence in formset.save(commit=False):
            if isinstance(licence, Membership):
                licence.given_by_id = licence.given_by_id or request.user.pk
                licence.save()
                continue
            decided = licence.status != LicenceStatus.DECLARED
            licence.verified_by = request.user if decided else None
            licence.verified_at = now() if decided else None
            licence.save()
        for gone in formset.deleted_objects:
            gone.delete()


@admin.register(Licence)
class LicenceAdmin(admin.ModelAdmin[Licence]):
    """A list of what waits to be verified."""

    list_display = ("person", "country", "kind", "number", "jurisdiction", "status", "verified_at")
    list_filter = ("status", "country", "kind")
    search_fields = ("number", "person__full_name", "person__email")
    list_select_related = ("person",)
    autocomplete_fields = ("person",)
    readonly_fields = ("verified_by", "verified_at")
    actions = ("verify",)

    @admin.action(description=_("Mark as verified"))
    def verify(self, request: HttpRequest, chosen: QuerySet[Licence]) -> None:
        chosen.update(status=LicenceStatus.VERIFIED, verified_by=request.user, verified_at=now())
