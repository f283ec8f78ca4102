"""Pure rules of the room, one file per noun."""
