"""Totals count attendees, each once, and every minute of theirs."""

from datetime import UTC, datetime, timedelta

from livesessions.attendance.rules import sheets, sparklines, totals
from livesessions.attendance.rules.minutes import Interval
from livesessions.attendance.rules.sheets import Correction, Line, Stay, Subject, Terms
from livesessions.attendance.rules.sparklines import Bar

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
HOUR = Interval(START, START + timedelta(minutes=60))
TERMS = Terms(at=HOUR.end, windows=(HOUR,), gap_seconds=0, threshold_percent=50)


def line(
    name: str,
    *,
    role: str = "attendee",
    registered: str = "remote",
    used: str = "",
    minutes: int = 0,
    adjusted: int = 0,
) -> Line:
    subject = Subject(name, name, role, registered, "nurse" if minutes else "surgeon", "PE-LOR")
    end = START + timedelta(minutes=minutes)
    stays = [Stay(used, "socket", START, end, end, Interval(START, end))] if used else []
    corrections = [Correction(adjusted, "Power cut", "Carla", START)] if adjusted else []
    return sheets.line(subject, stays, corrections, TERMS)


LINES = [
    line("moved", registered="remote", used="auditorium", minutes=40),
    line("absent"),
    line("adjusted", adjusted=30),
    line("unregistered", registered="", used="remote", minutes=10),
    line("moderator", role="moderator", registered="", used="remote", minutes=60),
]


def figures(total: totals.Total) -> tuple[str, int, int, int, int]:
    return total.key, total.registered, total.present, total.reached, total.seconds // 60


def test_overall_leaves_the_team_out() -> None:
    assert figures(totals.overall(LINES)) == ("", 3, 2, 2, 80)


def test_channels_count_registrations_where_asked_and_presence_where_used() -> None:
    assert [figures(total) for total in totals.by_channel(LINES)] == [
        ("auditorium", 0, 1, 1, 40),
        ("remote", 3, 1, 1, 40),
    ]


def test_groups_come_largest_first_and_lose_no_minute() -> None:
    assert [figures(total) for total in totals.by_profession(LINES)] == [
        ("surgeon", 2, 0, 1, 30),
        ("nurse", 1, 2, 1, 50),
    ]
    assert [figures(total) for total in totals.by_region(LINES)] == [("PE-LOR", 3, 2, 2, 80)]


def test_bars_lie_on_the_scale_and_the_shortest_can_be_seen() -> None:
    parts = [Interval(START, START + timedelta(minutes=30)), Interval(HOUR.end, HOUR.end)]
    assert sparklines.bars(parts, sparklines.scale_of([HOUR])) == [Bar(0, 500), Bar(1000, 1)]
    assert sparklines.bars(parts, sparklines.scale_of([])) == []
