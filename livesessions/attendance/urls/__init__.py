"""Addresses of attendance: at the door, under `live/`, and on paper, beside the programme."""

from livesessions.attendance.urls.door import urlpatterns

__all__ = ["urlpatterns"]
