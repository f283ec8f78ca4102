"""The writer: commands of one process, committed in groups, each once and only once."""

import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from django.db import InterfaceError, OperationalError, transaction

from livesessions.realtime.commands import Command
from livesessions.room.actions import batches, journal, rooms
from livesessions.room.actions.turns import Turn
from livesessions.room.models import Room
from livesessions.room.queries.members import Member
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

    @property
    def key(self) -> tuple[int, UUID]:
        """What makes it the same command when it comes again, in this room."""
        return self.member.pk, self.cid


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
        for (place, _), answer in zip(batch, _commit_room(room, [job for _, job in batch]), strict=True):
            answers[place] = answer
    return answers


def _commit_room(room_pk: int, jobs: list[Job]) -> list[Answer | Exception]:
    try:
        with transaction.atomic():
            return _do_all(room_pk, jobs)
    except (OperationalError, InterfaceError) as error:
        return [error] * len(jobs)
    except Exception as error:
        if len(jobs) == 1:
            logger.exception("%s failed", jobs[0].command.do)
            return [error]
    # One of them spoils the transaction of all: each alone, then.
    return [_commit_room(room_pk, [job])[0] for job in jobs]


def _do_all(room_pk: int, jobs: list[Job]) -> list[Answer | Exception]:
    answers: list[Answer | Exception] = []
    room = rooms.locked(room_pk)
    with batches.opened(room) as batch:
        receipts = journal.receipts(room=room, keys=[job.key for job in jobs])
        for job in jobs:
            if not job.command.is_light:
                batch.flush()  # it may read what others of this transaction wrote
            before = batch.mark()
            try:
                if receipt := receipts.get(job.key):
                    answers.append(journal.first_answer(receipt, job.payload))
                    continue
                answer = _do(room, job)
                receipts[job.key] = journal.keep(
                    room=room, person=job.member.pk, cid=job.cid, payload=job.payload, answer=answer
                )
                answers.append(answer)
            except (OperationalError, InterfaceError):
                raise
            except DomainError as error:
                answers.append(error)
                batch.back_to(before)
                if job.command.is_light:
                    transaction.set_rollback(False)  # nothing of it reached the database; the others go on
                else:
                    room = rooms.locked(room_pk)  # what was changed in memory was rolled back in the database
            except Exception as error:
                if job.command.is_light:
                    raise  # it had no savepoint of its own
                logger.exception("%s failed", job.command.do)
                answers.append(error)
                batch.back_to(before)
                room = rooms.locked(room_pk)
    return answers


def _do(room: Room, job: Job) -> Answer:
    turn = Turn(room=room, member=job.member, at=job.at, cid=job.cid)
    if job.command.is_light:
        return job.command.handler(turn, job.fields).as_ok()
    with transaction.atomic():
        return job.command.handler(turn, job.fields).as_ok()
