"""The journal and the doorbell on the services of the scaled set-up."""

import asyncio
import threading

import pytest
from channels.layers import channel_layers
from django.conf import settings
from django.db import connection, transaction

from livesessions.room.actions import journal
from livesessions.room.models import JournalEntry, Room, Stream
from shared.clock import now
from tests import factories

WRITERS, EACH = 8, 10


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_holes_when_many_write_at_once() -> None:
    room = factories.room()
    start = threading.Barrier(WRITERS)

    def write() -> None:
        start.wait()
        for number in range(EACH):
            with transaction.atomic():
                journal.write(room=room, stream=Stream.ROOM, kind="test", by=None, d={"n": number}, at=now())
                if number % 3 == 0:
                    transaction.set_rollback(True)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = WRITERS * sum(1 for number in range(EACH) if number % 3)
    assert list(JournalEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, kept + 1))
    assert Room.objects.get(pk=room.pk).room_seq == kept


@pytest.mark.services
async def test_the_doorbell_rings_in_another_process() -> None:
    here, there = channel_layers.make_backend("default"), channel_layers.make_backend("default")
    assert settings.CHANNEL_LAYERS["default"]["BACKEND"].startswith("channels_redis")
    ear = await there.new_channel()
    await there.group_add("room.test", ear)
    await here.group_send("room.test", {"type": "doorbell", "seq": 7})
    heard = await asyncio.wait_for(there.receive(ear), 10)
    assert heard == {"type": "doorbell", "seq": 7}
    for layer in (here, there):
        await layer.flush()
