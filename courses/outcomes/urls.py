"""Addresses of outcomes: follow-up and mission lists."""

from django.urls import path

from courses.outcomes.views import expected_patients, outcomes

urlpatterns = [
    path("outcomes/", outcomes.due, name="outcomes-due"),
    path("cases/<str:case>/outcomes/", outcomes.facts, name="outcome-facts"),
    path("cases/<str:case>/outcomes/<str:milestone>/", outcomes.record, name="outcome-record"),
    path("cases/<str:case>/close/", outcomes.close, name="case-close"),
    path("cases/<str:case>/reopen/", outcomes.reopen, name="case-reopen"),
    path("missions/<slug:slug>/list/", expected_patients.show, name="mission-list"),
    path("missions/<slug:slug>/list.csv", expected_patients.as_csv, name="mission-list-csv"),
]
