"""Addresses of the live room, under `live/`."""

from django.urls import path

from livesessions.views import cases, check_in, desk, door, roll_call, rooms, tickets, wall

app_name = "livesessions"

urlpatterns = [
    path("<str:room>/", rooms.show, name="room-show"),
    path("<str:room>/desk/", desk.show, name="desk-show"),
    path("<str:room>/wall/", wall.show, name="wall-show"),
    path("<str:room>/ticket/", tickets.create, name="ticket-create"),
    path("<str:room>/door/", door.show, name="door-show"),
    path("<str:room>/door/code/", door.code, name="door-code"),
    path("<str:room>/check-in/", check_in.show, name="check-in-show"),
    path("<str:room>/check-in/leave/", check_in.leave, name="check-in-leave"),
    path("<str:room>/cases/", cases.begin, name="case-begin"),
    path("<str:room>/roll-call/", roll_call.show, name="roll-call-show"),
    path("<str:room>/roll-call/mark/", roll_call.mark, name="roll-call-mark"),
]
