"""Changes to the room, one file per noun."""
