"""What a poll is made of."""

from livesessions.room.rules.texts import OPTION_LIMIT, fault

FEWEST, MOST = 2, 8


def are_good(options: list[str]) -> bool:
    """Two to eight cleaned options, each readable, no two the same."""
    return (
        FEWEST <= len(options) <= MOST
        and len(set(options)) == len(options)
        and all(fault(option, limit=OPTION_LIMIT) is None for option in options)
    )
