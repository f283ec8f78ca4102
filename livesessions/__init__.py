"""The live session: the room, attendance, and the transport that carries them."""
