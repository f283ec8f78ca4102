"""Addresses that belong to no one app."""

from django.urls import path

from web.views import health, language, styleguide

app_name = "web"
urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("language/", language.choose, name="language-set"),
    path("styleguide/", styleguide.show, name="styleguide"),
]
