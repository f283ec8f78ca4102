"""Names that advertise: a name goes into mails and onto screens of people who never asked for it."""

import re
import unicodedata
from typing import Final

_MARKS: Final = re.compile(r"[@:/<>\\]|\bwww\b|\bhttps?\b")
# What follows the last dot of an address; a dot inside an abbreviated name ("Dra.Ana", "Ma.Teresa") is no address.
_ENDINGS: Final = (
    "com|net|org|info|biz|edu|gov|mil|int|io|me|ai|app|dev|xyz|top|site|online|shop|store|club|live|link|click|pro|vip|bet|"
    "casino|porn|sex|tech|cloud|space|website|work|life|world|today|news|blog|page|fun|icu|win|loan|men|date|stream|"
    "ar|br|cl|co|pe|bo|ec|uy|py|ve|mx|es|pt|us|uk|eu|de|fr|it|nl|ru|cn|in|jp|tk|ml|ga|cf|gq|ly|gg|gl|tv|cc|ws|to|su|rs"
)
_ADDRESS: Final = re.compile(rf"(?<![^\W_])(?:[^\W_][\w-]*[^\W_]|[tx])(?:\s?\.|\s\.\s)(?:{_ENDINGS})(?![^\W_])")
_SPELT: Final = re.compile(r"\b(?:dot|punto|ponto)\s+(?:com|net|org|info|io)\b|[(\[](?:dot|punto|ponto|at|arroba)[)\]]")
_DOTS: Final = dict.fromkeys(map(ord, "\u3002\uff0e\uff61\u2024\u00b7\u2219\u2022\u05c5"), ".")
_DIGITS: Final = 6  # nobody is called by so many; the shortest telephone number has them


def advertises(name: str) -> bool:
    """Whether a name carries a web or mail address, a handle or a telephone number, however it is written."""
    plain = unicodedata.normalize("NFKC", name.translate(_DOTS)).casefold()
    if sum(letter.isdigit() for letter in plain) >= _DIGITS:
        return True
    return any(pattern.search(plain) for pattern in (_MARKS, _ADDRESS, _SPELT))
