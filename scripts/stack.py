"""The scaled set-up from processes: `stack.py start [--port 8080]` until Ctrl-C or SIGTERM, `stack.py stop`.

nginx in front of two servers and a worker, on PostgreSQL, Redis and an S3 server: what docker-compose.yml describes,
with the same nginx configuration, on loopback, with everything it keeps below var/stack. Like compose it starts again
what dies. `var/stack/env` holds the settings (ANFITEATRO_ENV_FILE), `var/stack/pids.json` the process numbers.
"""

import argparse
import getpass
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import psycopg

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "stack"
ENV, PIDS = HOME / "env", HOME / "pids.json"
PYTHON = sys.executable
DATABASE = "anfiteatro_stack"
SILENT = 20  # looks in a row, one to three seconds each, in which a server does not answer


class Stack:
    """The processes by name, in the order they were started."""

    def __init__(self, port: int) -> None:
        self.port, self.server_ports = port, (port + 1, port + 2)
        self.redis_port, self.s3_port, self.postgres_port = port + 3, port + 4, port + 5
        self.commands: dict[str, list[str]] = {}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def start(self) -> None:
        """Start everything, each when what it leans on answers."""
        HOME.mkdir(parents=True, exist_ok=True)
        redis = f"{_tool('redis-server')} --bind 127.0.0.1 --port {self.redis_port} --appendonly no --dir {HOME} --save"
        self.spawn("redis", [*redis.split(), ""])
        self.spawn("s3", [str(Path(PYTHON).with_name("moto_server")), "-H", "127.0.0.1", "-p", str(self.s3_port)])
        write_env(self.settings(self.database_url()))
        self.wait("S3", lambda: _listens(self.s3_port))
        self.manage("prepare_storage")
        self.manage("migrate", "--noinput", "--verbosity", "0")
        self.manage("load_demo", "--port", str(self.port))
        for number, port in enumerate(self.server_ports, 1):
            self.spawn(f"server-{number}", [PYTHON, "-m", "config.server", "--port", str(port)])
        self.spawn("worker", [PYTHON, "manage.py", "work_queue"])
        for port in self.server_ports:
            self.wait(f"server on {port}", partial(_ready, port))
        self.spawn("nginx", [_tool("nginx"), "-p", str(HOME), "-c", str(self.nginx_conf()), "-g", "daemon off;"])
        self.wait("nginx", lambda: _ready(self.port))

    def settings(self, database_url: str) -> dict[str, str]:
        """What the servers are told; the names are those of .env.example."""
        site = f"http://127.0.0.1:{self.port}"
        return {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DEBUG": "0",
            "ANFITEATRO_DEMO": "1",
            "ANFITEATRO_REHEARSAL": "1",
            "ANFITEATRO_SITE_URL": site,
            "ANFITEATRO_ORIGINS": f"{site},http://localhost:{self.port}",
            "ANFITEATRO_BEHIND_PROXY": "1",
            "ANFITEATRO_TASK_RUNNER": "worker",
            "DATABASE_URL": database_url,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "ANFITEATRO_S3_BUCKET": "anfiteatro",
            "ANFITEATRO_S3_ENDPOINT": f"http://127.0.0.1:{self.s3_port}",
            "ANFITEATRO_S3_PUBLIC_ENDPOINT": site,
            "ANFITEATRO_S3_REGION": "us-east-1",
            "ANFITEATRO_S3_ACCESS_KEY": "stack",
            "ANFITEATRO_S3_SECRET_KEY": "stack-secret",
        }

    def database_url(self) -> str:
        """STACK_DATABASE_URL, or a database on this machine's server, or on a server of our own."""
        if given := os.environ.get("STACK_DATABASE_URL"):
            return given
        if not (url := create_database(5432)):
            self.own_postgres()
            self.wait("PostgreSQL", lambda: bool(create_database(self.postgres_port)))
            url = create_database(self.postgres_port)
        return url

    def own_postgres(self) -> None:
        data = HOME / "postgres"
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not found or os.geteuid() == 0:
            sys.exit("No PostgreSQL answers on 127.0.0.1:5432. Start it, or set STACK_DATABASE_URL.")
        if not data.exists():
            subprocess.run([found[-1] / "initdb", "-A", "trust", "-D", data], check=True, stdout=subprocess.DEVNULL)
        postgres = f"{found[-1]}/postgres -D {data} -k {data} -h 127.0.0.1 -p {self.postgres_port}"
        self.spawn("postgres", postgres.split())

    def nginx_conf(self) -> Path:
        """The configuration that compose uses too, filled in for processes."""
        values = {
            "NGINX_RUN": str(HOME),
            "NGINX_ACCESS_LOG": str(HOME / "access.log"),
            "NGINX_LISTEN": f"127.0.0.1:{self.port}",
            "NGINX_STATIC": str(ROOT / "var" / "static"),
            "NGINX_BUCKET": "anfiteatro",
            "NGINX_STORAGE": f"http://127.0.0.1:{self.s3_port}",
            "NGINX_SERVERS": " ".join(
                f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in self.server_ports
            ),
        }
        path = HOME / "nginx.conf"
        path.write_text(render((ROOT / "deploy" / "nginx.conf.template").read_text(), values))
        return path

    def spawn(self, name: str, command: list[str]) -> None:
        """Start a process in a session of its own, so that a Ctrl-C reaches it only through us."""
        self.commands[name] = command
        with (HOME / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=_environment(), stdout=log, stderr=log, start_new_session=True
            )
        PIDS.write_text(json.dumps({"stack": os.getpid()} | {n: p.pid for n, p in self.processes.items()}))

    def manage(self, *words: str) -> None:
        subprocess.run([PYTHON, "manage.py", *words], cwd=ROOT, env=_environment(), check=True)

    def wait(self, what: str, answers: Callable[[], bool], seconds: float = 60) -> None:
        """Ask until it answers; give up with its name."""
        deadline, fault = time.monotonic() + seconds, ""
        while time.monotonic() < deadline and not self.stopping:
            try:
                if answers():
                    return
            except Exception as error:  # whatever it is, the next try may succeed
                fault = repr(error)
            time.sleep(0.2)
        raise SystemExit(f"{what} does not answer. {fault} See {HOME}/*.log")

    def watch(self) -> None:
        """Start again what dies, and servers that hang, until told to stop."""
        silent = dict.fromkeys(self.server_ports, 0)
        while not self.stopping:
            for number, port in enumerate(self.server_ports, 1):
                silent[port] = 0 if _lives(port) else silent[port] + 1
                if silent[port] >= SILENT:
                    print(f"server-{number} does not answer and is ended", flush=True)
                    self.processes[f"server-{number}"].kill()
                    self.processes[f"server-{number}"].wait()
                    silent[port] = 0
            for name, process in list(self.processes.items()):
                if process.poll() is not None and not self.stopping:
                    print(f"{name} ended with {process.returncode}; starting it again", flush=True)
                    self.spawn(name, self.commands[name])
            time.sleep(1)

    def stop(self) -> None:
        """End exactly what was started, the last first; each has 20 s to finish what it has in hand."""
        self.stopping = True
        for name, process in reversed(self.processes.items()):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    print(f"{name} did not end in 20 s and was killed", flush=True)
                    process.kill()
                    process.wait()
        PIDS.unlink(missing_ok=True)


def render(template: str, values: dict[str, str]) -> str:
    """Replace every ${NAME} of upper-case letters; nginx's own $variables stay. Raises KeyError for a missing value."""
    return re.sub(r"\$\{([A-Z_]+)\}", lambda match: values[match[1]], template)


def write_env(settings: dict[str, str]) -> None:
    ENV.touch(mode=0o600)
    ENV.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))


def create_database(port: int) -> str:
    """The URL of our database on the server at `port`, made if missing; empty if we are not let in there."""
    base = f"postgresql://{getpass.getuser()}@127.0.0.1:{port}"
    try:
        with psycopg.connect(f"{base}/postgres", autocommit=True, connect_timeout=3) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError:
        return ""
    return f"{base}/{DATABASE}"


def stop_running() -> None:
    """Tell the stack that runs from this folder to stop, and wait for it."""
    pid = _running()
    if not pid:
        sys.exit("No stack is running here.")
    os.kill(pid, signal.SIGTERM)
    while _running():
        time.sleep(0.2)


def _running() -> int:
    try:
        pid: int = json.loads(PIDS.read_text())["stack"]
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pid


def _environment() -> dict[str, str]:
    """Ours, but for what the stack itself decides; a limit of the room may be set from outside."""
    decided = {line.partition("=")[0] for line in ENV.read_text().splitlines()} if ENV.exists() else set()
    words = {name: value for name, value in os.environ.items() if name not in decided}
    return words | {"ANFITEATRO_ENV_FILE": str(ENV), "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}"}


def _ready(port: int) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2) as answer:
        return bool(answer.status == 200)


def _lives(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2):
            return True
    except OSError:
        return False


def _listens(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def _tool(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    return found or sys.exit(f"{name} is missing (Debian: apt install nginx redis-server postgresql).")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["start", "stop"])
    parser.add_argument("--port", type=int, default=8080, help="nginx's; the next five are used too")
    words = parser.parse_args()
    if words.do == "stop":
        return stop_running()
    if _running():
        sys.exit("A stack is running here already; `make stack-stop` ends it.")
    stack = Stack(words.port)

    def on_signal(number: int, frame: FrameType | None) -> None:
        stack.stopping = True

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    try:
        stack.start()
        print(f"The stack answers at http://127.0.0.1:{stack.port}/ (logs in {HOME}); Ctrl-C ends it.", flush=True)
        stack.watch()
    finally:
        stack.stop()
    return None


if __name__ == "__main__":
    main()
