"""Addresses of cases: the form, its check and release, the lists."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
