"""How often a password may be wrong, counted so that nobody is locked out by others.

What counts is the pair of account and network, so somebody who guesses at an account shuts their own door and nobody
else's. The caps for a whole network and for a whole account are much wider: an auditorium stands behind one address. A
browser that has signed this account in before is counted apart from all of them.
"""

from typing import Final

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.http import HttpRequest

from accounts.devices import known_device
from web.clients import client_of

_PAIR, _NETWORK, _ACCOUNT, _DEVICE = "10/5m/key", "300/5m/key", "100/h/key", "20/5m/key"
_APP: Final = "accounts"


def spend(request: HttpRequest, account: str) -> RateLimitUsage | None:
    """Count one try for this address at `account`; None when there were too many. A right one is given back."""
    account, client = account.strip().lower(), client_of(request)
    device = known_device(request, account)
    if device:
        return _spend(request, [("device", f"{device}:{account}", _DEVICE)])
    pair = ("pair", f"{client}:{account}", _PAIR)
    return _spend(request, [pair, ("network", client, _NETWORK), ("account", account, _ACCOUNT)])


def _spend(request: HttpRequest, counted: list[tuple[str, str, str]]) -> RateLimitUsage | None:
    spent = RateLimitUsage(usage=[])
    for name, key, rate in counted:
        action = f"password_{name}"
        one = ratelimit.consume(request, app=_APP, action=action, config={action: rate}, key=key)
        if one is None:
            spent.rollback()  # a refused try uses nothing up
            return None
        spent.usage += one.usage
    return spent
