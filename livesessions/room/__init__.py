"""The live room: its journal, chat, questions, polls, hands, stage, moderation and safety."""
