"""Phones, e-mail addresses, addresses on the web."""

import re
from collections.abc import Iterator

from .findings import Hit, Kind
from .numbers import LINK, UNIT
from .reading import Reading

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
SPELLED_EMAIL = re.compile(
    r"(?<![\w.])[\w.-]{2,40} ?(?:\(at\)|\[at\]|\(arroba\)|\barroba\b|\bat\b) ?[\w-]{2,40}"
    r" ?(?:\.|\(dot\)|\[dot\]|\bpunto\b|\bponto\b|\bdot\b) ?(?:com|org|net|edu|pe|ar|br|es|gob|gov)\b"
    r"(?: ?(?:\.|\bpunto\b|\bponto\b|\bdot\b) ?(?:pe|ar|br|bo|co|mx|cl))?"
)
URL = re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>\"')]{3,300}")
DOMAIN = re.compile(
    r"(?<![\w.@/-])[a-z\d][a-z\d-]{1,40}(?:\.[a-z\d-]{2,40}){0,2}\.(?:com|org|net|edu|gob|gov|info|io|app|pe|ar"
    r"|br)(?:\.[a-z]{2})?"
    r"(?!\w|[.,/-]\d)(?:/[^\s<>\"')]{0,200})?"
)
HANDLE = re.compile(r"(?<![\w.@])@[a-z_][\w.]{2,30}")
PROFILE = re.compile(
    r"(?<!\w)(?:facebook|instagram|insta|tiktok|twitter|skype|telegram|fb|messenger|linkedin)"
    r"(?: ?(?:de la|del|da|do|of the) (?:madre|padre|mae|pai|mother|father))? ?[:/=] ?([\w.@-]{3,40})"
)
IP = re.compile(r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|[.,/-]\d)")
IPV6 = re.compile(r"(?<![\w:])(?:[\da-f]{1,4}:){3,7}:?[\da-f]{1,4}(?![\w:])")

PHONE_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\w)\+ ?\d{1,3}(?:[ ().-]{1,2}\d{1,5}){1,6}(?!\w)",  # +51 965 123 456, +54 9 351 …
        r"(?<!\w)\+\d{8,15}(?!\w)",
        r"(?<!\w)(?<!\d[.,/+-])00\d{2}[ -]?\d{7,12}(?!\w)",
        r"(?<!\w)(?<!\d[.,/+-])9\d{2}[ .-]?\d{3}[ .-]?\d{3}(?!\w|[.,/-]\d)",  # Peru, mobile
        r"(?<!\w)(?<!\d[.,/+-])\(?0\d{1,4}\)?[ -]{0,2}(?:15[ -]?)?\d{2,4}[ -]?\d{2,4}(?:[ -]?\d{2,4})?(?![\w-]"
        r"|[.,/]\d)",  # an area code
        r"(?<!\w)(?<!\d[.,/+-])\(\d{2,4}\) ?(?:15[ -]?)?\d{3,5}[ .-]?\d{3,4}(?![\w-]"
        r"|[.,/]\d)",  # (11) 91234-5678, (555) 123-4567
        r"(?<!\w)(?<!\d[.,/+-])(?:1-)?\d{3}[-. ]\d{3}[-. ]\d{4}(?!\w|[.,/-]\d)",  # 555-123-4567
        r"(?<!\w)(?<!\d[.,/+-])\d{2} 9?\d{4}[- ]\d{4}(?!\w|[.,/-]\d)",  # 11 91234-5678
        r"(?<!\w)(?<!\d[.,/+-])\d{2}-9?\d{4}-\d{4}(?!\w|[.,/-]\d)",
        r"(?<!\w)(?<!\d[.,/+-])9?\d{4}-\d{4}(?!\w|[.,/-]\d)",  # 91234-5678
        r"(?<!\w)(?<!\d[.,/+-])\d{3,4} (?:15[ -])?\d{3}-?\d{4}(?!\w|[.,/-]\d)",  # 351 456-7890
        r"(?<!\w)(?<!\d[.,/+-])\d{3,4} \d{2,4}-\d{4}(?!\w|[.,/-]\d)",
        r"(?<!\w)(?<!\d[.,/+-])15[ -]\d{3,4}[ -]?\d{4}(?!\w|[.,/-]\d)",  # Argentina, mobile without its area
    )
)
PHONE_TOKEN = re.compile(r"(?<!\w)(?<!\d[.,/+-])\+?\(?\d[\d ().\-/]{4,22}\d(?!\w)")
EXTENSION = re.compile(r"(?<!\w)(?:anexo|ramal|interno|int\.|ext\.?|extension)[ :.#°no]{1,5}(\d{2,5})(?!\w)")
PHONE_WORD = re.compile(
    r"(?<![a-z])(?:telf?\.?|telefonos?|telefones?|fonos?|fones?|cel\.?|celus?|celular(?:es)?|moviles?|movil"
    r"|whats?app|whats|wsp|wpp|wapp|zap"
    r"|phones?|mobile|cell|call|fax|beeper|pager|contactos?|contatos?|llamar|llamen|llama|ligar|comunicarse"
    r"|emergencia|tel[ef]{0,3})"
    r"(?:[\s:]{1,2}(?:al?|ao|to|at|on|con|com|com a|con la|con el|para|us|me|her|him|de|da|do|del|her|his|the|la"
    r"|el|o|a|madre|padre|mae|pai|mother"
    r"|father|tia|tio|abuela|avo|hermana|hermano|mom|dad|numero|number|is|es|e|fijo|fixo|casa|home|work"
    r"|trabajo)){0,4}"
    rf"{LINK}"
)
DATE_LIKE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")


def find(reading: Reading) -> Iterator[Hit | None]:
    low = reading.low
    if "@" in low:
        for match in EMAIL.finditer(low):
            yield reading.hit(*match.span(), Kind.EMAIL, 3)
        for match in HANDLE.finditer(low):
            yield reading.hit(*match.span(), Kind.WEB)
    for match in SPELLED_EMAIL.finditer(low):
        yield reading.hit(*match.span(), Kind.EMAIL)
    for pattern in (URL, DOMAIN, IP, IPV6):
        for match in pattern.finditer(low):
            yield reading.hit(*match.span(), Kind.WEB)
    for match in PROFILE.finditer(low):
        yield reading.hit(*match.span(1), Kind.WEB, 3)
    yield from _phones(reading)


def _phones(reading: Reading) -> Iterator[Hit | None]:
    low = reading.low
    for form in PHONE_FORMS:
        for match in form.finditer(low):
            is_free = not UNIT.match(low, match.end()) and not DATE_LIKE.fullmatch(match[0])
            if is_free and sum(c.isdigit() for c in match[0]) >= 7:
                yield reading.hit(*match.span(), Kind.PHONE)
    for match in EXTENSION.finditer(low):
        yield reading.hit(*match.span(1), Kind.PHONE, 3)
    for match in PHONE_TOKEN.finditer(low):
        is_long = sum(c.isdigit() for c in match[0]) >= 6
        if (
            is_long
            and not DATE_LIKE.search(match[0])
            and PHONE_WORD.search(low[max(0, match.start() - 60) : match.start()])
        ):
            yield reading.hit(*match.span(), Kind.PHONE, 3)
