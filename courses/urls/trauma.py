"""Addresses of the trauma registry."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
