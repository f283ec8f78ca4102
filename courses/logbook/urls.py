"""Addresses of logbooks and assessments."""

from django.urls import path

from courses.logbook.views import assessments, logbook_files, logbooks

urlpatterns = [
    path("logbook/", logbooks.show, name="logbook-show"),
    path("logbook/new/", logbooks.add, name="logbook-add"),
    path("logbook/remove/", logbooks.erase, name="logbook-erase"),
    path("logbook/logbook.csv", logbook_files.as_csv, name="logbook-csv"),
    path("logbook/logbook.pdf", logbook_files.as_pdf, name="logbook-pdf"),
    path("logbook/logbook.json", logbook_files.as_json, name="logbook-json"),
    path("logbook/curves/<slug:procedure>/", logbooks.curve, name="logbook-curve"),
    path("logbook/entries/<str:entry>/", logbooks.entry, name="logbook-entry"),
    path("logbook/entries/<str:entry>/change/", logbooks.change, name="logbook-change"),
    path("logbook/entries/<str:entry>/remove/", logbooks.remove, name="logbook-remove"),
    path("logbook/entries/<str:entry>/ask/", assessments.ask, name="rating-ask"),
    path("logbook/entries/<str:entry>/rate/<slug:instrument>/", assessments.give_self, name="rating-self"),
    path("logbook/entries/<str:entry>/waive/<slug:instrument>/", assessments.waive_self, name="rating-waive"),
    path("ratings/", assessments.asked, name="rating-list"),
    path("ratings/<str:rating>/", assessments.give, name="rating-give"),
    path("ratings/<str:rating>/withdraw/", assessments.withdraw, name="rating-withdraw"),
]
