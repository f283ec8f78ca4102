"""The stage of a room: scheduled → open → live ⇄ hold → ended, and what may happen on it."""

from datetime import datetime, timedelta

# Change → the stages it starts from, and the one it leads to.
_CHANGES: dict[str, tuple[frozenset[str], str]] = {
    "open": (frozenset({"scheduled"}), "open"),
    "go_live": (frozenset({"open"}), "live"),
    "hold": (frozenset({"live"}), "hold"),
    "resume": (frozenset({"hold"}), "live"),
    "end": (frozenset({"open", "live", "hold"}), "ended"),
}
# What goes out to the audience again is refused while the broadcast is stopped.
_NOT_WHILE_STOPPED = frozenset({"go_live", "resume"})
# A session is not shown without these in its team.
NEEDED_TO_GO_LIVE = ("advocate", "moderator")


def leads_to(change: str) -> str:
    """The stage after this change."""
    return _CHANGES[change][1]


def refusal(change: str, stage: str, *, is_stopped: bool) -> str | None:
    """The error code why the stage cannot be changed so, None when it can.

    The caller has already seen that the room is not there yet: asking for the present stage changes nothing.
    """
    if is_stopped and change in _NOT_WHILE_STOPPED:
        return "stage.stopped"
    return None if stage in _CHANGES[change][0] else _wrong(stage)


def reopening_refusal(
    stage: str, *, is_past: bool, closed_at: datetime | None, at: datetime, within: timedelta
) -> str | None:
    """The error code why an ended room cannot be reopened at `at`, None when it can. `is_past`: its session is over by
    its times alone, or cancelled, so the room would close again at once.
    """
    if stage != "ended":
        return "stage.wrong"
    if is_past or closed_at is None or at - closed_at > within:
        return "stage.too_late"
    return None


def speaking_refusal(stage: str, *, is_stopped: bool) -> str | None:
    """The error code why nobody may write, ask, vote or raise a hand now, None when they may."""
    if stage not in {"open", "live", "hold"}:
        return _wrong(stage)
    return "stage.stopped" if is_stopped else None


def taking_refusal(stage: str) -> str | None:
    """The error code why no question may be taken now: a hold parks them."""
    if stage in {"open", "live"}:
        return None
    return "stage.hold" if stage == "hold" else _wrong(stage)


def _wrong(stage: str) -> str:
    return {"scheduled": "stage.not_open", "ended": "stage.ended"}.get(stage, "stage.wrong")


def is_reminder_due(stage: str, at: datetime, *, planned_end_at: datetime, reminded_at: datetime | None) -> bool:
    """Whether the staff of a live session are told now that its planned end has come: once for each planned end."""
    is_told = reminded_at is not None and reminded_at >= planned_end_at
    return stage in {"live", "hold"} and at >= planned_end_at and not is_told
