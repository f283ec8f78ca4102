"""The project's own settings, but for a channel layer that loses and reorders."""

from config.settings import *  # noqa: F403
from config.settings import CHANNEL_LAYERS

CHANNEL_LAYERS["default"]["BACKEND"] = "tests.faults.lossy.LossyLayer"
