"""The settings a browser's server runs under: the site's own, with files kept in folders of the test."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["BROWSER_STATIC"])
MEDIA_ROOT = Path(os.environ["BROWSER_FILES"]) / "media"
EMAIL_FILE_PATH = Path(os.environ["BROWSER_FILES"]) / "mail"
