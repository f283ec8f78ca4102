"""Address of the search."""

from django.urls import path

from courses.search import views

urlpatterns = [path("cases/search/", views.show, name="case-search")]
