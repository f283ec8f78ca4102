"""People and licences in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Licence, Person
from accounts.models.licences import LicenceStatus
from shared.clock import now


class LicenceInline(admin.TabularInline[Licence, Person]):
    model = Licence
    fk_name = "person"
    extra = 0
    readonly_fields = ("verified_by", "verified_at")
    fields = ("country", "kind", "number", "jurisdiction", "status", *readonly_fields)


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """No password here: people sign in by code, or set one themselves."""

    list_display = ("full_name", "email", "profession", "institution", "region", "is_coordinator", "is_active")
    list_filter = ("is_coordinator", "is_staff", "is_active", "profession", "country")
    search_fields = ("full_name", "email", "institution")
    ordering = ("full_name", "email")
    exclude = ("password", "last_login")
    readonly_fields = ("public_id", "joined_at")
    filter_horizontal = ("groups", "user_permissions")
    inlines = (LicenceInline,)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Who verified a licence, and when, is written with its status."""
        for licence in formset.save(commit=False):
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
