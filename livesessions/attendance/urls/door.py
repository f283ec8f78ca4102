"""Addresses of the door and the roll call, under `live/`."""

from django.urls import path

from livesessions.attendance.views import check_in, door_screen, roll_call

urlpatterns = [
    path("<str:room>/door/", door_screen.show, name="door-show"),
    path("<str:room>/door/code/", door_screen.code, name="door-code"),
    path("<str:room>/check-in/", check_in.show, name="check-in-show"),
    path("<str:room>/check-in/leave/", check_in.leave, name="check-in-leave"),
    path("<str:room>/roll-call/", roll_call.show, name="roll-call-show"),
    path("<str:room>/roll-call/mark/", roll_call.mark, name="roll-call-mark"),
]
