"""`services.py COMMAND…` runs COMMAND with the addresses of this machine's PostgreSQL and Redis in its environment.

TEST_DATABASE_URL and TEST_REDIS_URL, or what answers on loopback. Where one of them does not answer, a line says so and
nothing is run; with ANFITEATRO_REQUIRE_ALL=1 that is an error.
"""

import getpass
import os
import subprocess
import sys

import psycopg
import redis


def postgresql() -> str:
    """The URL of a server that lets us in, or nothing."""
    url = os.environ.get("TEST_DATABASE_URL") or f"postgresql://{getpass.getuser()}@127.0.0.1:5432/postgres"
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return ""
    return url


def redis_server() -> str:
    """The URL of a Redis that answers, or nothing. The last of its numbered databases is ours."""
    url = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/15"
    try:
        with redis.Redis.from_url(url, socket_timeout=3) as client:
            client.ping()
    except redis.RedisError:
        return ""
    return url


def main() -> int:
    found = {"TEST_DATABASE_URL": postgresql(), "TEST_REDIS_URL": redis_server()}
    if missing := [name for name, url in found.items() if not url]:
        print(f"LEFT OUT: the tests on PostgreSQL and Redis, because nothing answers for {' and '.join(missing)}.")
        return int(os.environ.get("ANFITEATRO_REQUIRE_ALL") == "1")
    return subprocess.run(sys.argv[1:], env=os.environ | found, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
