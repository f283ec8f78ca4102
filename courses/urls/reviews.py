"""Addresses of reviews: the queue, recommendations, discussion, notices."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
