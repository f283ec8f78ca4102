"""Where settings are read from: the environment, and the file `.env` for what it does not say.

What is malformed is not told one by one: `env` remembers it and goes on with the default, and `finish` ends the start
with all of it, each with its name and what is expected. A new setting is one line: `env.int("ANFITEATRO_…", 5, 1, 60)`.
"""

import difflib
import math
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from dotenv.main import DotEnv
from dotenv.parser import parse_stream
from environs import Env, EnvError

from config import expected

BASE_DIR: Final = Path(__file__).resolve().parent.parent.parent
PREFIX: Final = "ANFITEATRO_"
# Names with our prefix that others read: compose, the tests.
OTHERS: Final = {"ANFITEATRO_HTTP_PORT", "ANFITEATRO_REQUIRE_ALL", "POSTGRES_PASSWORD"}
_SECRET: Final = ("KEY", "PASSWORD", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")  # never shown
T = TypeVar("T")
# The methods below have these types' names.
Text: TypeAlias = str
Whole: TypeAlias = int
Truth: TypeAlias = bool
Real: TypeAlias = float


class Malformed(SystemExit):
    """Ends the start: a line for each setting that is not as it must be, no traceback, exit code 1."""


class Settings:
    """Reads variables and keeps what was wrong with them."""

    def __init__(self) -> None:
        self._env = Env()
        self._names: set[Text] = set()
        self._in_file: set[Text] = set()
        self.faults: dict[Text, Text] = {}

    def read_file(self) -> None:
        """Take in the file named by ANFITEATRO_ENV_FILE, or `.env`; the environment wins."""
        named = self.str("ANFITEATRO_ENV_FILE", "")
        path = Path(named or BASE_DIR / ".env")
        if not path.exists():
            if named:
                self.faults["ANFITEATRO_ENV_FILE"] = f"expected a file that exists; {path} does not"
            return
        try:
            with path.open(encoding="utf-8-sig") as file:
                for line in parse_stream(file):
                    if line.error or (line.key and line.value is None):
                        self.faults[f"{path.name}, line {line.original.line}"] = "expected NAME=value"
            given = DotEnv(path, interpolate=True, override=False, encoding="utf-8-sig").dict()
        except (OSError, UnicodeDecodeError) as error:
            self.faults["ANFITEATRO_ENV_FILE"] = f"expected a text file in UTF-8 that can be read: {error}"
            return
        self._in_file = set(given)
        for name, value in given.items():
            os.environ.setdefault(name, value or "")

    def str(self, name: Text, default: Text | None = None, check: expected.Check = expected.anything) -> Text:
        """A text; without a default it must be given, and not be empty."""
        self._names.add(name)
        value = os.environ.get(name, default)
        if not value and default is None:
            self.faults[name] = "is required"
            return ""
        try:
            return Text(check(value or ""))
        except ValueError as error:
            self._refuse(name, Text(error))
            return default or ""

    def parsed(self, name: Text, default: Text, check: Callable[[Text], dict[Text, Any]]) -> dict[Text, Any]:
        """What `check` makes of a text."""
        self._names.add(name)
        try:
            return check(os.environ.get(name, default))
        except ValueError as error:
            self._refuse(name, Text(error))
            return check(default)

    def bool(self, name: Text, default: Truth) -> Truth:
        """0 or 1, also in words."""
        return self._read(name, default, self._env.bool, "0 or 1")

    def int(self, name: Text, default: Whole, low: Whole = 0, high: Whole = 10**13) -> Whole:
        """A whole number from `low` to `high`."""
        value = self._read(name, default, self._env.int, f"a whole number from {low} to {high}")
        number: Whole = self._between(name, value, default, low, high, "a whole number")
        return number

    def float(self, name: Text, default: Real, low: Real = 0, high: Real = 10**9) -> Real:
        """A number from `low` to `high`."""
        value = self._read(name, default, self._env.float, f"a number from {low} to {high}")
        number: Real = self._between(name, value, default, low, high, "a number")
        return number

    def list(self, name: Text, default: Sequence[Text], check: expected.Check = expected.anything) -> Sequence[Text]:
        """Texts with commas between them, at least one."""
        self._names.add(name)
        if name not in os.environ:
            return [*default]
        words = [word.strip() for word in os.environ[name].split(",")]
        try:
            if not all(words):
                raise ValueError("values with commas between them, none empty")
            return [Text(check(word)) for word in words]
        except ValueError as error:
            self._refuse(name, Text(error))
            return [*default]

    def require(self, holds: Truth, name: Text, what: Text) -> None:
        """A setting that must fit another one."""
        if not holds and name not in self.faults:
            self._refuse(name, what)

    def finish(self) -> None:
        """Raises Malformed where anything was wrong, or a name is nobody's."""
        known = self._names | OTHERS
        for name in sorted(_suspicious(known, self._in_file)):
            like = difflib.get_close_matches(name.upper(), known, 1, 0.6)
            self.faults[name] = "no such setting" + (f"; did you mean {like[0]}?" if like else "")
        if self.faults:
            lines = "".join(f"\n  {name}: {fault}" for name, fault in sorted(self.faults.items()))
            count = f"{len(self.faults)} settings are" if len(self.faults) > 1 else "one setting is"
            raise Malformed(f"Anfiteatro does not start: {count} not as must be (docs/operations.md has all).{lines}")

    def _read(self, name: Text, default: T, read: Callable[..., Any], wanted: Text) -> T:
        self._names.add(name)
        try:
            value: T = read(name, default)
        except EnvError:
            self._refuse(name, wanted)
            return default
        return value

    def _between(self, name: Text, value: Any, default: Any, low: Any, high: Any, kind: Text) -> Any:
        if math.isfinite(value) and low <= value <= high:
            return value
        self._refuse(
            name,
            f"{kind} from {low:g} to {high}" if isinstance(low, Real) else f"{kind} from {low} to {high}",
        )
        return default

    def _refuse(self, name: Text, wanted: Text) -> None:
        given = os.environ.get(name, "")
        is_secret = any(word in name for word in _SECRET)
        said = "" if is_secret or not given else f", not “{given[:60]}”"
        self.faults[name] = f"expected {wanted}{said}" if given else f"is empty; expected {wanted}"


def _suspicious(known: set[Text], in_file: set[Text]) -> set[Text]:
    """Names meant for us: with our prefix, or nearly, and those in our own file that are nearly one of ours."""
    ours = {
        name for name in os.environ if difflib.SequenceMatcher(None, name.upper()[: len(PREFIX)], PREFIX).ratio() > 0.85
    }
    near = {name for name in in_file if difflib.get_close_matches(name.upper(), known, 1, 0.8)}
    return (ours | near) - known


os.umask(0o077)  # what a server, a worker or a command writes is for its own user alone
env: Final = Settings()
env.read_file()
