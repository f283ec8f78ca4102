"""Which network a request comes from: what limits count, and a digest of it that may be kept."""

from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest

_IPV6_PREFIX: Final = 64  # what one household or ward is given; its devices change the rest as they like


def address_of(request: HttpRequest) -> str:
    """The visitor's address, an IPv6 one without the part a device chooses. Behind our proxy it is what the proxy saw;
    what a visitor writes into the header themself counts for nothing.
    """
    told = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or told
    try:
        address = ip_address(told)
    except ValueError:
        return told
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network(f"{address}/{_IPV6_PREFIX}", strict=False))


def client_of(request: HttpRequest) -> str:
    """A digest of that address, to be counted and kept for a while without keeping the address."""
    return blake2b(address_of(request).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
