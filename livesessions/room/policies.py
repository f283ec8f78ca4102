"""Who may do what in a live room. Everybody else asks here; docs/permissions.md shows the table."""

from accounts.models import Person
from courses.programme.models import Session
from courses.programme.policies import may_plan_session
from livesessions.room.rules.members import STAFF, Member

ATTENDEE, TRAINEE, MENTOR, MODERATOR, ADVOCATE, SURGEON, COORDINATOR = ROLES = (
    "attendee",
    "trainee",
    "mentor",
    "moderator",
    "advocate",
    "surgeon",
    "coordinator",
)
EVERYBODY = frozenset(ROLES)
_MODERATION = frozenset({MODERATOR, COORDINATOR})
_ANSWERING = STAFF - {ADVOCATE}
_DIRECTION = frozenset({MODERATOR, COORDINATOR, SURGEON})
_SAFETY = frozenset({ADVOCATE, SURGEON, COORDINATOR})

ROLE_COMMANDS: dict[str, frozenset[str]] = {
    "hello": EVERYBODY,
    "beat": EVERYBODY,
    "history": EVERYBODY,
    "chat.post": EVERYBODY,
    "chat.hide": _MODERATION,
    "question.ask": EVERYBODY,
    "question.withdraw": EVERYBODY,
    "question.vote": EVERYBODY,
    "question.unvote": EVERYBODY,
    "question.approve": _MODERATION,
    "question.dismiss": _MODERATION,
    "question.merge": _MODERATION,
    "question.assign": _MODERATION,
    "question.pin": _MODERATION,
    "question.take": _ANSWERING,
    "question.answer": _ANSWERING,
    "hand.raise": EVERYBODY,
    "hand.lower": EVERYBODY,
    "poll.open": _MODERATION,
    "poll.vote": EVERYBODY,
    "poll.close": _MODERATION,
    "person.mute": _MODERATION,
    "person.ban": _MODERATION,
    "stage.open": _DIRECTION,
    "stage.go_live": _DIRECTION,
    "stage.hold": _DIRECTION | {ADVOCATE},
    "stage.resume": _DIRECTION | {ADVOCATE},
    "stage.end": _DIRECTION,
    "safety.stop": _SAFETY,
    "safety.clear": _SAFETY,
}
SILENCED_BY_MUTE = frozenset({"chat.post", "question.ask"})


def refusal(member: Member, do: str) -> str | None:
    """The error code with which this command is refused to the member, None when they may give it."""
    if member.is_banned or member.role not in ROLE_COMMANDS.get(do, frozenset()):
        return "forbidden"
    if member.is_muted and do in SILENCED_BY_MUTE:
        return "person.muted"
    return None


def may(member: Member, do: str) -> bool:
    """Whether the member may give this command at all; the state of its target is the action's business."""
    return refusal(member, do) is None


def can(member: Member) -> list[str]:
    """The commands the member may give, in the order of the table; the `can` of hello."""
    return [do for do in ROLE_COMMANDS if may(member, do)]


def may_enter(member: Member) -> bool:
    """Be in the room."""
    return not member.is_banned


def may_hear_desk(member: Member) -> bool:
    """See the desk stream, the desk page and the wall."""
    return member.is_staff and not member.is_banned


def may_withdraw(member: Member, asker_pk: int) -> bool:
    """Take back a question: its asker only."""
    return member.pk == asker_pk


def may_lower(member: Member, person: str) -> bool:
    """Lower the hand of the person with this public id: one's own, or as staff anybody's."""
    return member.id == person or member.is_staff


def may_restrict(member: Member, target: Member) -> bool:
    """Mute or ban. Nobody does it to themselves, nor to those who can stop the broadcast: they must always be heard."""
    return member.pk != target.pk and target.role not in ROLE_COMMANDS["safety.stop"]


def may_be_assigned(target: Member) -> bool:
    """Be given a question to answer."""
    return may(target, "question.answer")


def may_keep_door(member: Member) -> bool:
    """Show the code at the door of the auditorium."""
    return member.role in _MODERATION and not member.is_banned


def may_call_roll(member: Member) -> bool:
    """Write down who is in the operating room."""
    return member.role in _DIRECTION | {ADVOCATE} and not member.is_banned


def may_be_called(target: Member) -> bool:
    """Be on the roll of the operating room: those registered for it, and the team."""
    return target.channel == "or" or target.is_staff


def may_reopen(member: Member) -> bool:
    """Take back an end that came by mistake."""
    return member.role in _MODERATION and not member.is_banned


def may_read_safety(member: Member) -> bool:
    """Read who stopped or held the session and why, and add a note: those who may stop or hold it. As
    `courses.programme.policies.may_read_safety`, which the session's page asks.
    """
    return member.role in ROLE_COMMANDS["stage.hold"] and not member.is_banned


def may_make_case(member: Member) -> bool:
    """Make a teaching case of a question that was answered here: those who answer, and coordinators."""
    return member.role in {SURGEON, MENTOR, COORDINATOR} and not member.is_banned


def may_adjust_attendance(person: Person, session: Session) -> bool:
    """Add or take minutes by hand: coordinators of the session's organisation."""
    return may_plan_session(person, session)


def commands_table() -> str:
    """The Markdown table of commands and roles in docs/permissions.md."""
    lines = [f"| command | {' | '.join(ROLES)} |", f"|---|{'---|' * len(ROLES)}"]
    for do, roles in ROLE_COMMANDS.items():
        cells = " | ".join("yes" if role in roles else "–" for role in ROLES)
        lines.append(f"| {do} | {cells} |")
    return "\n".join(lines)
