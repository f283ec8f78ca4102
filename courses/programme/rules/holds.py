"""A seat needs a mailbox: how long it is held for an answer, for how many at once, and when their mails leave.

Plain values in, plain values out. The figures are wide enough for a whole auditorium behind one address of the network.
"""

from datetime import datetime, timedelta
from typing import Final

LONGEST: Final = timedelta(hours=24)
MEMORY: Final = timedelta(hours=1)  # who registered longer ago without an answer slows nobody down
SEATS_PER_CLIENT: Final = 20  # of one session, held unanswered for one address of the network
MAILS_AT_ONCE: Final = 40  # from one address; the others leave one after the other
AN_AUDITORIUM: Final = 300  # more than that unanswered from one address is no audience
SITE_AT_ONCE: Final = 1_000
MAIL_EVERY, MAIL_EVERY_BEYOND = timedelta(seconds=0.2), timedelta(seconds=10)


def hold_until(at: datetime, *, starts_at: datetime, shortest: timedelta) -> datetime:
    """Until when a seat waits for its mail to be answered: a quarter of the time to the start, at least `shortest` and
    at most a day.
    """
    return at + max(shortest, min((starts_at - at) / 4, LONGEST))


def may_hold(*, by_client: int, in_all: int, capacity: int) -> bool:
    """Whether one more seat of a channel may be held for somebody who has not answered yet: invented people never get
    them all. `by_client` and `in_all` count the seats of the channel so held, for this address and for everybody.
    """
    if in_all == 0:
        return True
    return by_client < min(SEATS_PER_CLIENT, capacity // 2) and in_all < capacity * 3 // 4


def mail_due(at: datetime, *, by_client: int, in_all: int) -> datetime:
    """When the mail of a registration leaves. `by_client` and `in_all` count those unanswered within `MEMORY`."""
    beyond = max(0, by_client - AN_AUDITORIUM)
    queued = max(0, by_client - beyond - MAILS_AT_ONCE)
    wait = max(queued * MAIL_EVERY + beyond * MAIL_EVERY_BEYOND, max(0, in_all - SITE_AT_ONCE) * MAIL_EVERY)
    return at + min(wait, LONGEST)
