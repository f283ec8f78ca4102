"""The site's addresses and two pages, both made by a thread below all the middleware, as every page of ours is.

Each tells the test's gate that it is being made. `/gated/` then waits for the gate, `/locked/` for the database.
"""

import os
import socket

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from accounts.models import Person
from config.urls import urlpatterns as own


@csrf_exempt
def gated(request: HttpRequest) -> HttpResponse:
    length = len(request.body)
    with _gate() as gate:
        gate.recv(1)
    return HttpResponse(f"read {length}")


@csrf_exempt
def locked(request: HttpRequest) -> HttpResponse:
    _gate().close()
    with transaction.atomic():
        Person.objects.filter(pk=0).update(is_active=True)
    return HttpResponse("written")


def _gate() -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(os.environ["GATE_PORT"])))


urlpatterns = [path("gated/", gated), path("locked/", locked), *own]
