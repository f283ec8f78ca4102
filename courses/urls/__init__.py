"""Addresses of the app, one module per group of nouns; those of cases last, for they take any name."""

from courses.urls import assessments, cases, media, outcomes, programme, reviews, search, trauma

app_name = "courses"
urlpatterns = [
    *programme.urlpatterns,
    *search.urlpatterns,
    *reviews.urlpatterns,
    *media.urlpatterns,
    *outcomes.urlpatterns,
    *assessments.urlpatterns,
    *trauma.urlpatterns,
    *cases.urlpatterns,
]
