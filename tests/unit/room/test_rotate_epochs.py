"""After a restore every room's journal goes by another name."""

import pytest
from django.core.management import call_command

from livesessions.room.models import Room
from tests import factories


@pytest.mark.django_db
def test_every_room_gets_its_own_new_epoch(capsys: pytest.CaptureFixture[str]) -> None:
    rooms = [factories.room() for _ in range(3)]
    before = {room.epoch for room in rooms}
    call_command("rotate_epochs")
    after = set(Room.objects.values_list("epoch", flat=True))
    assert len(after) == 3
    assert not after & before
    assert "3 rooms" in capsys.readouterr().out


@pytest.mark.django_db
def test_numbers_go_on_from_where_they_were() -> None:
    room = factories.room()
    Room.objects.update(room_seq=7)
    call_command("rotate_epochs")
    room.refresh_from_db()
    assert room.room_seq == 7
