"""Everybody registers at once, and others only come by: nobody sees an error, and every answer is true."""

import asyncio
from collections import Counter
from typing import Final

import httpx
import pytest

from tests.faults import visitors
from tests.faults.conftest import Length
from tests.faults.room import house
from tests.load.servers import Servers, spawned
from tests.web.programme.test_register import FORM

_COUNT: Final = (
    "from courses.programme.models import Enrolment as E; print(E.objects.filter(session__public_id='{}').count())"
)


@pytest.mark.services
async def test_a_storm_of_registrations_on_postgresql(length: Length) -> None:
    with house(1) as home:
        await _storm(home.servers, length.of(short=120, full=400))


async def test_a_storm_of_registrations_on_sqlite(length: Length) -> None:
    with spawned(1) as servers:
        await _storm(servers, length.of(short=40, full=200))


async def _storm(servers: Servers, people: int) -> None:
    name = visitors.session(servers)
    path = f"/sessions/{name}/register/"
    answers: Counter[int] = Counter()
    bystanders: Counter[int] = Counter()
    is_over = asyncio.Event()

    async def register(number: int) -> None:
        async with httpx.AsyncClient(base_url=servers.urls[0], timeout=120) as client:
            page = (await client.get(path)).text
            sent = FORM | {"email": f"person{number}@example.org", "csrfmiddlewaretoken": visitors.token(page)}
            for _ in range(20):  # what the page for "busy" does by itself
                answer = await client.post(path, data=sent, headers={"Origin": servers.urls[0]})
                answers[answer.status_code] += 1
                if answer.status_code != 503:
                    return
                assert "data-again" in answer.text
                await asyncio.sleep(float(answer.headers["Retry-After"]))

    async def come_by() -> None:
        async with httpx.AsyncClient(base_url=servers.urls[0], timeout=120) as client:
            while not is_over.is_set():
                for address in ("/", "/accounts/login/", "/health/ready"):
                    bystanders[(await client.get(address)).status_code] += 1

    others = [asyncio.create_task(come_by()) for _ in range(5)]
    await asyncio.gather(*(register(number) for number in range(people)))
    is_over.set()
    await asyncio.gather(*others)
    print(f"storm of {people}: {dict(answers)}, who came by: {dict(bystanders)}")
    assert set(bystanders) == {200}
    assert answers[302] == people
    assert set(answers) <= {302, 503}
    assert int(servers.manage("shell", "-v", "0", "-c", _COUNT.format(name)).split()[-1]) == people
