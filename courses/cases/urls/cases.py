"""Addresses of cases: the form, its check and release, the lists."""

from django.urls import path

from courses.cases.views import cases, consents, drafts, offline, releases

urlpatterns = [
    path("cases/", cases.index, name="case-list"),
    path("cases/new/", drafts.create, name="case-create"),
    path("cases/offline/<str:language>/", offline.shell, name="case-offline"),
    path("cases/worker.js", offline.worker, name="case-worker"),
    path("cases/drafts/<uuid:key>/", drafts.save, name="case-save"),
    path("cases/<str:case>/", cases.show, name="case-show"),
    path("cases/<str:case>/edit/", cases.edit, name="case-edit"),
    path("cases/<str:case>/check/", cases.check, name="case-check"),
    path("cases/<str:case>/consent/", consents.edit, name="consent-edit"),
    path("cases/<str:case>/consent/revoke/", consents.revoke, name="consent-revoke"),
    path("cases/<str:case>/release/", releases.release, name="case-release"),
    path("cases/<str:case>/send-back/", releases.send_back, name="case-send-back"),
    path("cases/<str:case>/withdraw/", cases.withdraw, name="case-withdraw"),
    path("cases/<str:case>/teach/", cases.teach, name="case-teach"),
]
