"""Prints the `.env` of a first `make run`: a key of its own, the demo and the rehearsal switched on."""

import secrets

print(
    f"""# Written by the first `make run`, for this machine alone. docs/operations.md explains every line.
SECRET_KEY={secrets.token_urlsafe(50)}
DEBUG=0
ANFITEATRO_DEMO=1
ANFITEATRO_REHEARSAL=1"""
)
