"""Addresses of the live session, under `live/`."""

from livesessions.attendance import urls as attendance
from livesessions.room import urls as room

app_name = "livesessions"
urlpatterns = [*room.urlpatterns, *attendance.urlpatterns]
