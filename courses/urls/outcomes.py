"""Addresses of outcomes: follow-up and mission lists."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
