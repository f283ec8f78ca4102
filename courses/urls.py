"""Addresses of the courses, under one namespace; those of cases last, for they take any name."""

from courses.cases.urls import cases, reviews
from courses.logbook import urls as logbook
from courses.media import urls as media
from courses.outcomes import urls as outcomes
from courses.programme import urls as programme
from courses.search import urls as search
from courses.trauma import urls as trauma

app_name = "courses"
urlpatterns = [
    *programme.urlpatterns,
    *search.urlpatterns,
    *reviews.urlpatterns,
    *media.urlpatterns,
    *outcomes.urlpatterns,
    *logbook.urlpatterns,
    *trauma.urlpatterns,
    *cases.urlpatterns,
]
