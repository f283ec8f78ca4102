"""Address of the search."""

from django.urls import path

from courses.views import search

urlpatterns = [path("cases/search/", search.show, name="case-search")]
