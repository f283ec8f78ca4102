"""Addresses of the app, one module per group of nouns."""

from courses.urls import assessments, cases, media, outcomes, programme, reviews, trauma

app_name = "courses"
urlpatterns = [
    *programme.urlpatterns,
    *cases.urlpatterns,
    *media.urlpatterns,
    *reviews.urlpatterns,
    *outcomes.urlpatterns,
    *assessments.urlpatterns,
    *trauma.urlpatterns,
]
