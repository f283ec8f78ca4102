"""Every address of the site, one include per app."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# The back office has no door of its own: one sign-in, with its limits on attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler500 = "web.views.errors.broken"
urlpatterns = [
    path("", include("web.urls")),
    path("", include("courses.urls")),
    path("", include("accounts.urls")),
    path("", include("demo.urls")),
    path("", include("livesessions.attendance.urls.sheets")),
    path("live/", include("livesessions.urls")),
    path("accounts/", include("accounts.entrance")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
