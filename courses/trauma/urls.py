"""Addresses of the trauma registry."""

from django.urls import path

from courses.trauma.views import counts as trauma_counts
from courses.trauma.views import records as trauma

urlpatterns = [
    path("trauma/", trauma.listed, name="trauma-list"),
    path("trauma/new/", trauma.create, name="trauma-create"),
    path("trauma/charts/", trauma_counts.charts, name="trauma-charts"),
    path("trauma/completeness/", trauma_counts.complete, name="trauma-completeness"),
    path("trauma/records.csv", trauma_counts.export, name="trauma-export"),
    path("trauma/dictionary.csv", trauma_counts.dictionary, name="trauma-dictionary"),
    path("trauma/<str:record>/", trauma.change, name="trauma-change"),
    path("cases/<str:case>/trauma/", trauma.from_case, name="trauma-from-case"),
]
