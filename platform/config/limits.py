"""Settings that are limits: how much, how often, how long; `config.settings` takes them all in."""

from config.environment import env

# Pages: how many are made at once, how many wait for their turn, for how many seconds
PAGES_AT_ONCE = env.int("ANFITEATRO_PAGES_AT_ONCE", 16, 1, 1000)
PAGES_WAITING = env.int("ANFITEATRO_PAGES_WAITING", 1_000, 0, 1_000_000)
PAGES_PATIENCE = env.float("ANFITEATRO_PAGES_PATIENCE", 20.0, 0.1, 600)

# What one person may have: drafts of cases, files of cases and their bytes together
PERSON_DRAFTS = env.int("ANFITEATRO_PERSON_DRAFTS", 200, 1, 1_000_000)
PERSON_FILES = env.int("ANFITEATRO_PERSON_FILES", 2_000, 1, 1_000_000)
PERSON_MEDIA_MAX_BYTES = env.int("ANFITEATRO_PERSON_MEDIA_MAX_BYTES", 20 * 1024**3, 1024**2, 1024**5)

# The live room: the limits of docs/protocol.md
ROOM_PING_SECONDS = env.float("ANFITEATRO_ROOM_PING_SECONDS", 20.0, 0.5, 3600)
ROOM_BEAT_SECONDS = env.float("ANFITEATRO_ROOM_BEAT_SECONDS", 25.0, 0.5, 3600)  # answer due after a ping
ROOM_SILENCE_SECONDS = env.float("ANFITEATRO_ROOM_SILENCE_SECONDS", 45.0, 1, 7200)  # without any frame, in all
ROOM_HELLO_SECONDS = env.float("ANFITEATRO_ROOM_HELLO_SECONDS", 10.0, 0.5, 600)
ROOM_TICKET_SECONDS = env.int("ANFITEATRO_ROOM_TICKET_SECONDS", 900, 10, 86_400)
ROOM_RECHECK_SECONDS = env.float("ANFITEATRO_ROOM_RECHECK_SECONDS", 1.0, 0.1, 60)  # rights and logins, read again
ROOM_SYNC_SECONDS = env.float("ANFITEATRO_ROOM_SYNC_SECONDS", 2.0, 0.1, 600)  # comparing our top with the room's
ROOM_MAX_FRAME_BYTES = env.int("ANFITEATRO_ROOM_MAX_FRAME_BYTES", 16_384, 1024, 1_048_576)
ROOM_MAX_TEXT = env.int("ANFITEATRO_ROOM_MAX_TEXT", 4_000, 1, 100_000)
ROOM_MAX_DEPTH = env.int("ANFITEATRO_ROOM_MAX_DEPTH", 8, 3, 100)
ROOM_MAX_SOCKETS = env.int("ANFITEATRO_ROOM_MAX_SOCKETS", 5, 1, 1000)  # per person and process
ROOM_MAX_POLLS = env.int("ANFITEATRO_ROOM_MAX_POLLS", 5, 1, 1000)  # that wait, per person, room and process
ROOM_BEATS_PER_SECOND = env.float("ANFITEATRO_ROOM_BEATS_PER_SECOND", 5.0, 0.1, 1000)  # per person; forty times at once
ROOM_HELLOS_PER_SECOND = env.int("ANFITEATRO_ROOM_HELLOS_PER_SECOND", 2_000, 1, 1_000_000)
ROOM_REPLAY_ENTRIES = env.int("ANFITEATRO_ROOM_REPLAY_ENTRIES", 1_000, 0, 1_000_000)
ROOM_SNAPSHOT_CHAT = env.int("ANFITEATRO_ROOM_SNAPSHOT_CHAT", 200, 0, 100_000)
ROOM_BUDGET_BYTES = env.int("ANFITEATRO_ROOM_BUDGET_BYTES", 262_144, 1024, 1_073_741_824)  # sent and not yet confirmed
ROOM_STALL_SECONDS = env.float("ANFITEATRO_ROOM_STALL_SECONDS", 60.0, 1, 3600)
ROOM_EPHEMERAL_PER_SECOND = env.float("ANFITEATRO_ROOM_EPHEMERAL_PER_SECOND", 4.0, 0.1, 100)
ROOM_TICK_SECONDS = env.float("ANFITEATRO_ROOM_TICK_SECONDS", 0.25, 0, 10)  # the longest a busy room gathers; 0: never
ROOM_RATE_FACTOR = env.float("ANFITEATRO_ROOM_RATE_FACTOR", 1.0, 0.01, 1_000_000)  # times what a person may do a second
ROOM_DRAIN_SECONDS = env.float("ANFITEATRO_ROOM_DRAIN_SECONDS", 10.0, 0, 12)
SESSION_OVERRUN_HOURS = env.int(
    "ANFITEATRO_SESSION_OVERRUN_HOURS", 4, 1, 168
)  # due or live past its planned end, at most
SESSION_QUIET_MINUTES = env.int(
    "ANFITEATRO_SESSION_QUIET_MINUTES", 15, 1, 1440
)  # without its team: it closes by itself
SESSION_REOPEN_MINUTES = env.int("ANFITEATRO_SESSION_REOPEN_MINUTES", 15, 0, 1440)  # what was ended by mistake
# Registration and mail
SEAT_HOLD_MINUTES = env.int(
    "ANFITEATRO_SEAT_HOLD_MINUTES", 60, 1, 100_000
)  # at least so long a seat waits for its mail's answer
UNASKED_MAILS_PER_DAY = env.int("ANFITEATRO_UNASKED_MAILS_PER_DAY", 5, 1, 10_000)  # to one mailbox, caused by strangers
# Attendance
ATTENDANCE_TICK_SECONDS = env.float(
    "ANFITEATRO_ATTENDANCE_TICK_SECONDS", 2.0, 0.1, 600
)  # spans are written once a tick
ATTENDANCE_GAP_SECONDS = env.int("ANFITEATRO_ATTENDANCE_GAP_SECONDS", 120, 0, 86_400)  # a shorter absence is bridged
ATTENDANCE_THRESHOLD_PERCENT = env.int("ANFITEATRO_ATTENDANCE_THRESHOLD_PERCENT", 85, 0, 100)

env.require(
    ROOM_SILENCE_SECONDS > ROOM_PING_SECONDS,
    "ANFITEATRO_ROOM_SILENCE_SECONDS",
    "more than ANFITEATRO_ROOM_PING_SECONDS",
)
