"""The project's own settings, with pages besides that take as long as a test wants: tests/faults/gated_urls.py."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.faults.gated_urls"
