"""What is logged, and how: `config.settings` takes it in."""

from config import expected
from config.environment import env

_LEVEL = env.str("ANFITEATRO_LOG_LEVEL", "INFO", expected.one_of("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.log_secrets.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": _LEVEL},
}
