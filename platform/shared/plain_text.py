"""What people type as a name, a title, an address or a text: kept as it is seen, compared and sorted as it is read.

Whatever cannot be seen is no part of it: control letters, zero-width and filling letters, and those that turn the
direction of what follows.
"""

import re
import unicodedata
from contextlib import suppress
from typing import Final

# Blanks that are no space to Unicode, but are one to the eye: Braille without dots, the fillers of Hangul.
_BLANKS: Final = dict.fromkeys(map(ord, "\u2800\u3164\uffa0\u115f\u1160"), " ")
_UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_UNSEEN_MARKS: Final = re.compile(
    "[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\ufff0-\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Emoji and some scripts need them, between two letters.
_JOINERS: Final = re.compile("((?<=[^\\s\u200c\u200d])[\u200c\u200d](?=[^\\s\u200c\u200d])|[\ufe0e\ufe0f])")
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PILE: Final = re.compile("([\u0300-\u036f]{4})[\u0300-\u036f]+")  # more accents on a letter than any language has


def line(text: str) -> str:
    """One line in NFC: every run of white space one space, nothing invisible, none at its ends. Stable."""
    seen = "".join(" " if letter.isspace() else letter for letter in _nfc(text).translate(_BLANKS))
    return _nfc(" ".join(_without_unseen(seen).split()))


def paragraphs(text: str) -> str:
    """Several lines in NFC, ends of lines as `\\n`, without what is invisible; joiners that draw emoji stay. Stable."""
    pieces = _JOINERS.split(_LINE_ENDS.sub("\n", _nfc(text)))  # every second one is a joiner
    return _nfc("".join(piece if at % 2 else _without_unseen(piece) for at, piece in enumerate(pieces)))


def address(text: str) -> str:
    """An e-mail address: a line in small letters, its domain as the name system reads it. One mailbox, one text."""
    local, at, domain = line(text.lower()).rpartition("@")
    with suppress(UnicodeError):  # no domain at all; whoever validates says so
        domain = domain.encode("idna").decode("idna") if at else domain
    return line(f"{local}{at}{domain}")


def is_visible(text: str) -> bool:
    """Whether there is anything to see."""
    return any(unicodedata.category(letter)[0] in "LNPS" for letter in line(text))


def has_letter(text: str) -> bool:
    """Whether a letter or digit can be seen: what every name and title needs."""
    return any(unicodedata.category(letter)[0] in "LN" for letter in line(text))


def folded(text: str) -> str:
    """For search: without accents and capitals. What is folded is found by what is folded."""
    plain = unicodedata.normalize("NFKD", line(unicodedata.normalize("NFKD", text.casefold())).casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def sort_key(text: str) -> str:
    """Sorts as Spanish and Portuguese readers expect: accents, capitals and punctuation do not count unless all else is
    equal, and ñ comes after n. Hexadecimal, so that every database sorts it alike.
    """
    whole = line(text)
    letters: list[int] = []
    for letter in unicodedata.normalize("NFKD", whole.casefold()):
        if letter == "\u0303" and letters[-1:] == [ord("n")]:
            letters.append(0xFFFF)  # after every letter that may follow a plain n
        elif letter.isalnum():
            letters.append(min(ord(letter), 0xFFFE))
        elif not unicodedata.combining(letter) and letters and letters[-1] != ord(" "):
            letters.append(ord(" "))
    return "".join(f"{letter:04x}" for letter in letters)


def by_name(text: str) -> tuple[str, str]:
    """A key for `sorted`: the order of `sort_key`, and one order of what it holds to be equal."""
    return sort_key(text), line(text)


def isolated(text: str) -> str:
    """For the middle of a sentence: letters that run from right to left do not turn the words around them."""
    runs_back = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
    return f"\u2068{text}\u2069" if runs_back else text


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _without_unseen(text: str) -> str:
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _UNSEEN)
    return _PILE.sub(r"\1", _UNSEEN_MARKS.sub("", kept))
