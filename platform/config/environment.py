"""Where settings are read from: the environment, and the file `.env` for what it does not say."""

from pathlib import Path
from typing import Final

from environs import Env

BASE_DIR: Final = Path(__file__).resolve().parent.parent.parent
env: Final = Env()
env.read_env(env.str("ANFITEATRO_ENV_FILE", str(BASE_DIR / ".env")), recurse=False)
