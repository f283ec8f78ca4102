"""The live room: an ordered journal, who is in it, and what they ask, answer and decide."""
