"""The server.

`python -m config.server --port 8000` listens, works the task queue when it is asked to, and leaves well: on SIGTERM
readiness fails, the port closes, everybody in a room hears `bye`, what is being committed is committed, and the
requests in hand are answered, and the process is gone within 15 seconds; told twice, at once. It is Daphne;
`--server uvicorn` is the other one, for very large rooms. A port that is taken ends it before anything is done.
"""

import argparse
import os
import resource
import sys

from config.server import port, shutdown

_BACKLOG = 4096  # connections of a join storm that wait to be accepted
# Two threads beside the loop work on the database. An answer must not wait the usual 5 ms for its turn.
_SWITCH_SECONDS = 0.0005


def main() -> None:
    """Parse the command line and serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--server", choices=["daphne", "uvicorn"], default="daphne")
    parser.add_argument("--prepare", action="store_true", help="first bring tables, texts and static files up to date")
    options = parser.parse_args()
    shutdown.before_serving()
    if fault := port.fault(options.host, options.port):
        sys.exit(f"Cannot listen on port {options.port} of {options.host}: {fault}. PORT=9000 chooses another one.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.setswitchinterval(_SWITCH_SECONDS)
    _allow_connections()

    from django.conf import settings

    from shared import in_use

    try:
        in_use.hold(str(settings.DATABASES["default"]["NAME"]))
    except in_use.InUse:
        sys.exit(in_use.RESTORING)
    if options.prepare:
        _prepare(options.port)

    from config.asgi import application
    from config.server import garbage_collection
    from config.server.requests import Requests
    from jobs import worker

    if options.server == "uvicorn":
        from config.server.uvicorn import run
    else:
        from config.server.daphne import run
    garbage_collection.take_over()
    stop_worker = worker.start_in_thread()
    try:
        run(Requests(application), host=options.host, port=options.port, backlog=_BACKLOG, stop_worker=stop_worker)
    finally:
        stop_worker()


def _prepare(number: int) -> None:
    import django

    django.setup()
    from config.server.preparation import prepare

    prepare(f"http://127.0.0.1:{number}")
    sys.stdout.flush()


def _allow_connections() -> None:
    """As many open files as the system lets us have: each person in a room is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
    shutdown.leave(0)
