"""The writer: commands of one process, committed in groups, each once and only once."""

import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from django.db import InterfaceError, OperationalError, transaction

from livesessions.actions import journal
from livesessions.models import Room
from livesessions.queries import rooms
from livesessions.queries.members import Member
from livesessions.realtime.commands import Command, Context
from shared.errors import DomainError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One command on its way to the journal. `payload` is its canonical form, `room` the room's database key."""

    room: int
    member: Member
    command: Command
    fields: msgspec.Struct
    cid: UUID
    payload: bytes
    at: datetime


Answer = dict[str, Any]


def commit(jobs: list[Job]) -> list[Answer | Exception]:
    """Do the jobs, one transaction per room, and answer them in order.

    A refused job leaves nothing behind and does not disturb its neighbours; when a transaction itself fails, all its
    jobs get the database's error: whether they were committed is then unknown, and their cid tells when they return.
    """
    answers: list[Answer | Exception] = [RuntimeError("not done")] * len(jobs)
    numbered = sorted(enumerate(jobs), key=lambda item: item[1].room)  # stable: arrival order within a room
    for room, group in groupby(numbered, key=lambda item: item[1].room):
        batch = list(group)
        try:
            done = _commit_room(room, [job for _, job in batch])
        except Exception as error:
            done = [error] * len(batch)
        for (place, _), answer in zip(batch, done, strict=True):
            answers[place] = answer
    return answers


def _commit_room(room_pk: int, jobs: list[Job]) -> list[Answer | Exception]:
    answers: list[Answer | Exception] = []
    with transaction.atomic():
        room: Room | None = None
        for job in jobs:
            try:
                with transaction.atomic():
                    room = room or rooms.locked(room_pk)
                    answers.append(_do_once(room, job))
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:
                if not isinstance(error, DomainError):
                    logger.exception("%s failed", job.command.do)
                answers.append(error)
                room = None  # what the refused job changed in memory was rolled back in the database
    return answers


def _do_once(room: Room, job: Job) -> Answer:
    first = journal.once(room=room, person=job.member.pk, cid=job.cid, payload=job.payload)
    if first is not None:
        return first
    context = Context(room=room, member=job.member, at=job.at, cid=job.cid)
    answer = job.command.handler(context, job.fields).as_ok()
    journal.keep(room=room, person=job.member.pk, cid=job.cid, payload=job.payload, answer=answer)
    return answer
