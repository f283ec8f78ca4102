"""Addresses of the live room, under `live/`."""

from django.urls import path

from livesessions.room.views import desk, endings, rooms, safety, teaching_cases, tickets, wall

urlpatterns = [
    path("<str:room>/", rooms.show, name="room-show"),
    path("<str:room>/desk/", desk.show, name="desk-show"),
    path("<str:room>/wall/", wall.show, name="wall-show"),
    path("<str:room>/reopen/", endings.reopen, name="room-reopen"),
    path("<str:room>/end/", endings.end, name="room-end"),
    path("<str:room>/ticket/", tickets.create, name="ticket-create"),
    path("<str:room>/safety/", safety.show, name="safety-show"),
    path("<str:room>/safety/<int:event>/", safety.note, name="safety-note"),
    path("<str:room>/cases/", teaching_cases.begin, name="case-begin"),
]
