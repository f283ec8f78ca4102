"""The words of a reading: where they are, and whether a capital means anything there."""

import re
from dataclasses import dataclass
from functools import cached_property

from . import gazetteer
from .reading import Reading

WORD = re.compile(r"[^\W\d_]{1,60}(?:['-][^\W\d_]{1,60}){0,3}")
PARTICLES = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "da",
        "do",
        "dos",
        "das",
        "e",
        "y",
        "van",
        "von",
        "der",
        "den",
        "di",
        "du",
        "san",
        "santa",
        "sao",
        "st",
    ]
)
# Endings of the clinic's words in three languages: no name that we do not know ends so.
ENDING = re.compile(
    r"(?:cion|ciones|sion|siones|cao|coes|sao|soes|tion|tions|sions?|dad|dades|dade|itis|ites?|osis|oses?|ose"
    r"|emia|uria|algia|ectomia|otomia|ostomia"
    r"|ectomy|otomy|ostomy|grafia|graphy|scopia|scopy|plastia|plasty|patia|pathy|cele|rragia|rrhea|rrea|mente"
    r"|ments?|miento|mientos|mento|mentos"
    r"|ando|endo|iendo|ing|ology|logia|logic[oa]?s?|ic[oa]s?|ical|ous|ios[oa]s?|ivos?|ivas?|ives?|ables?|ibles?"
    r"|aveis|avel|ivel|ular(?:es)?|ares|ados?|adas?"
    r"|idos?|idas?|azol|cilina|cillin|micina|mycin|xacino|oxacin|ness|ity|ling|ated|ized|ing|isis|esis|oide|oides"
    r"|oid|aje|agem|anca|encia|ancia|ence|ance)$"
)
MOSTLY_CAPITALS = 0.6
CAPITALS_BEGIN = 12  # letters a line needs before its capitals are called a habit


@dataclass(frozen=True, slots=True)
class Token:
    """`is_capital`: written as a name is, in a line that is not written in capitals throughout."""

    start: int
    end: int
    low: str
    is_capital: bool
    is_initial: bool
    shouts: bool  # the line is in capitals
    begins: bool  # the first word of a sentence or line: its capital says nothing


class Tokens:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.list = list(self._read())
        self.at = {token.start: place for place, token in enumerate(self.list)}

    def _read(self) -> list[Token]:
        plain, low = self.reading.plain, self.reading.low
        found: list[Token] = []
        offset = 0
        for line in plain.split("\n"):
            letters = sum(c.isalpha() for c in line)
            shouts = letters >= CAPITALS_BEGIN and sum(c.isupper() for c in line) > MOSTLY_CAPITALS * letters
            begins = True
            last = 0
            for match in WORD.finditer(line):
                word, start = match[0], offset + match.start()
                begins = begins or any(c in ".!?:;•·" for c in line[last : match.start()])
                is_title = word[0].isupper() and (word[1:2].islower() or word[1:2] in {"'", "-"} or len(word) > 4)
                found.append(
                    Token(
                        start,
                        offset + match.end(),
                        low[start : offset + match.end()],
                        is_title and not shouts,
                        len(word) == 1 and word.isupper() and not shouts,
                        shouts,
                        begins,
                    )
                )
                begins, last = False, match.end()
            offset += len(line) + 1
        return found

    def gap(self, place: int) -> str:
        """What stands between this token and the one after it."""
        if place + 1 >= len(self.list):
            return "\n"
        return self.reading.low[self.list[place].end : self.list[place + 1].start]

    def after(self, position: int) -> int:
        """The place of the first token that begins at `position` or later."""
        lower, upper = 0, len(self.list)
        while lower < upper:
            middle = (lower + upper) // 2
            if self.list[middle].start < position:
                lower = middle + 1
            else:
                upper = middle
        return lower

    @cached_property
    def known(self) -> list[bool]:
        """Which tokens are, whole or in a part, names that we know."""
        names = gazetteer.names()
        return [t.low in names or ("-" in t.low and any(p in names for p in t.low.split("-"))) for t in self.list]

    @cached_property
    def sure(self) -> list[bool]:
        names = gazetteer.sure_names()
        return [t.low in names or ("-" in t.low and any(p in names for p in t.low.split("-"))) for t in self.list]

    @cached_property
    def stops(self) -> list[bool]:
        """Which tokens end a name or the name of a place."""
        common = gazetteer.common()
        return [
            (t.low in common or (not known and bool(ENDING.search(t.low))))
            for t, known in zip(self.list, self.known, strict=True)
        ]
