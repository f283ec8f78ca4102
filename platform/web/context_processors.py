"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext


def site(request: HttpRequest) -> dict[str, Any]:
    """`demo`, `site_url`, and `site_texts`: the sentences the site's own script says."""
    return {
        "demo": settings.DEMO,
        "site_url": settings.SITE_URL,
        "site_texts": {
            "typed.again": gettext("What you had typed is here again."),
            "typed.anew": gettext("Begin anew"),
            "time.here": gettext("%(clock)s for you (%(city)s)"),
            "time.here_on": gettext("%(clock)s on %(day)s for you (%(city)s)"),
        },
    }
