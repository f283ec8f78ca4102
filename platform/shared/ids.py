"""Public ids: short, URL-safe, not guessable, never a database key."""

import secrets

# Crockford's base 32 in lower case: no i, l, o, u to misread over the telephone.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def public_id() -> str:
    """Twelve letters and digits, 60 bits."""
    return "".join(_ALPHABET[byte % 32] for byte in secrets.token_bytes(12))


def spoken_code() -> str:
    """Six letters and digits in capitals, 30 bits: short enough to say aloud, and of no meaning."""
    return "".join(_ALPHABET[byte % 32] for byte in secrets.token_bytes(6)).upper()
