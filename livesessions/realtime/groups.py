"""Every name on the channel layer. One group per room; its members are processes, never connections."""


def bell(room: str) -> str:
    """The group that hears of a room's commits: one member per process that has sockets in the room."""
    return f"room.{room}"
