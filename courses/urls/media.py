"""Addresses of case media: uploads, pictures, marks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
