"""Addresses of the trauma registry."""

from django.urls import path

from courses.trauma.views import counts, records

urlpatterns = [
    path("trauma/", records.listed, name="trauma-list"),
    path("trauma/new/", records.create, name="trauma-create"),
    path("trauma/charts/", counts.charts, name="trauma-charts"),
    path("trauma/completeness/", counts.complete, name="trauma-completeness"),
    path("trauma/records.csv", counts.export, name="trauma-export"),
    path("trauma/dictionary.csv", counts.dictionary, name="trauma-dictionary"),
    path("trauma/<str:record>/", records.change, name="trauma-change"),
    path("cases/<str:case>/trauma/", records.from_case, name="trauma-from-case"),
]
