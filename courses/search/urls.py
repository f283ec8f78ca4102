"""Address of the search."""

from django.urls import path

from courses.search import views as search

urlpatterns = [path("cases/search/", search.show, name="case-search")]
