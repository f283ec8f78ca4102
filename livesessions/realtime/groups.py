"""Every name on the channel layer: a group per room, one of the house; members are processes, never connections."""

HOUSE = ""  # stands for all rooms: news of a person or a browser, whatever room they are in


def bell(room: str) -> str:
    """The group that hears of a room's commits: one member per process that has sockets in the room."""
    return f"room.{room}" if room != HOUSE else "house"
