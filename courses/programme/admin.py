"""The back office: a look at the tables; planning itself has its own pages."""

from django.contrib import admin

from courses.programme.models import Course, Enrolment, Mission, Session, TeamMember


@admin.register(Mission)
class MissionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "location", "starts_on", "is_published")
    search_fields = ("title", "location")


@admin.register(Course)
class CourseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "mission", "is_published")
    list_select_related = ("mission",)
    search_fields = ("title",)


class TeamInline(admin.TabularInline):  # type: ignore[type-arg]
    model = TeamMember
    raw_id_fields = ("person",)
    extra = 0


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "course", "starts_at", "time_zone", "is_registration_open", "cancelled_at")
    list_select_related = ("course",)
    readonly_fields = ("public_id", "sequence", "live_at", "ended_at", "cancelled_at")
    search_fields = ("title",)


@admin.register(Enrolment)
class EnrolmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("full_name", "session", "channel", "status", "region")
    list_filter = ("status", "channel")
    list_select_related = ("session",)
    raw_id_fields = ("session", "person")
    search_fields = ("full_name",)
