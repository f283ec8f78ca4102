"""Reading the room, one file per noun."""
