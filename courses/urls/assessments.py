"""Addresses of assessments and logbooks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
