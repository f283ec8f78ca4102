"""Dates that have a day, and ages over 89."""

import re
from collections.abc import Iterator

from .findings import Hit, Kind
from .numbers import UNIT
from .reading import Reading

MONTHS = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|setiembre|septiembre|octubre|noviembre|diciembre"
    r"|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro"
    r"|january|february|march|april|june|july|august|september|october|november|december)"
)
SHORT = r"(?:ene|feb|fev|mar|abr|apr|may|mai|jun|jul|ago|aug|sept?|set|oct|out|nov|dic|dez|dec|jan)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
SPELLED = (
    r"(?:primero|primeiro|uno|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince"
    r"|dieciseis"
    r"|diecisiete|dieciocho|diecinueve|veinte|veinti(?:uno|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
    r"|treinta(?: y uno)?"
    r"|dois|quatro|sete|oito|nove|dez|onze|doze|treze|quatorze|quinze|dezesseis|dezessete|dezoito|dezenove|vinte"
    r"(?: e (?:um|dois|tres|quatro|cinco|seis|sete|oito|nove))?|trinta(?: e um)?"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth)"
    r"|thirtieth|thirty[- ]first)"
)
ORDINAL = r"(?:st|nd|rd|th|ro|er|o|°|a)?"
YEAR = r"(?:(?:\s{0,2},?\s{1,2}|\s?[-/.]\s?)(?:del? (?:ano )?|of )?(?:'?\d{2}\b(?![/:.,]\d)|(?:19|20)\d{2})\b)?"
PART = r"(?:\s{1,2}|\s?[-/.]\s?)"

NUMERIC = re.compile(r"(?<!\w)(?<!\d[.,/+-])(\d{1,2})( ?[/.-] ?)(\d{1,2})\2((?:19|20)\d{2}|\d{2})(?!\w|[.,/-]\d)")
# The last day of "del 3 al 12/03/2024" and the first of "12-14/03/2024" go with it.
BACKWARDS = re.compile(r"(?<!\w)(?<!\d[.,/+-])(?:19|20)\d{2}([/.-])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)")
COMPACT = re.compile(r"(?<!\w)(?<!\d[.,/+-])(?:(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\w|[.,/-]\d)")
RANGE = re.compile(
    rf"(?<!\w)(?<!\d[.,/+-]){DAY} ?(?:-|al?|y|e|ao|to|and) ?{DAY}[/.](?:0?[1-9]|1[0-2])(?:[/.](?:19|20)?\d{{2}})?(?!\w)"
)
SPOKEN = re.compile(r"(?<!\w)(?<!\d[.,/+-])\d{1,2} del? \d{1,2} del? (?:19|20)?\d{2}(?!\w)")
WORDY = tuple(
    re.compile(pattern)
    for pattern in (
        # 12 de marzo de 2024, 3 março, 12th of March, del 3 al 5 de mayo
        rf"(?<!\w)(?<!\d[.,/+-])(?:{DAY} ?(?:-|al?|y|e|ao|to|and|,) ?)?"
        rf"{DAY}{ORDINAL}{PART}(?:dias )?(?:del? mes )?(?:del? "
        rf"|of |the )?{MONTHS}\b{YEAR}",
        # March 12th, 2024; marzo 12
        rf"(?<!\w){MONTHS}\s{{1,2}}(?:the )?{DAY}(?:st|nd|rd|th)?\b(?![/:.,]\d| ?%){YEAR}",
        # 12-mar-2024, 12 mar 24, 12/mar, 3 de set
        rf"(?<!\w)(?<!\d[.,/+-]){DAY}{ORDINAL}(?:[-/.]| de ){SHORT}\b\.?{YEAR}",
        rf"(?<!\w)(?<!\d[.,/+-]){DAY}{ORDINAL} {SHORT}\.?,? ?(?:19|20)\d{{2}}\b",
        rf"(?<!\w)(?<!\d[.,/+-]){DAY}(?:st|nd|rd|th) (?:of )?{SHORT}\b\.?{YEAR}",
        rf"(?<!\w){SHORT}\.? {DAY}(?:st|nd|rd|th)\b{YEAR}",
        rf"(?<!\w){SHORT}\.? {DAY},? (?:19|20)\d{{2}}\b",
        rf"(?<!\w){SHORT}[-/]{DAY}[-/](?:19|20)?\d{{2}}\b",
        rf"(?<!\w){SPELLED} (?:del? |dias del? mes de |of )?{MONTHS}\b(?: del? (?:19|20)\d{{2}})?",
        rf"(?<!\w){MONTHS} (?:the )?{SPELLED}\b(?:,? (?:19|20)\d{{2}})?",
    )
)
# English short months and "may" are words as well: they need their capital.
CAPITAL = re.compile(
    r"(?<!\w)(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV"
    r"|DEC)\.? (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?![/:.,]\d| ?(?:%|mg|ml|cm|mm|kg|years?|days?"
    r"|weeks?))(?:,? (?:19|20)\d{2})?"
)
DAY_CAPITAL = re.compile(
    r"(?<!\w)(?<!\d[.,/+-])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?: of)?"
    r" (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|Ene|Abr|Ago|Set|Dic|Fev|Mai|Dez|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC|ENE|ABR|AGO|DIC"
    r"|FEV|DEZ)\b\.?(?:,? (?:19|20)?\d{2}\b)?"
)
# Day and month without a year look like ratios: they need a zero in front, or a word that says when.
NO_YEAR = re.compile(r"(?<!\w)(?<!\d[.,/+-])(\d{1,2})([/-])(\d{1,2})(?!\w|[.,/-]\d)")
WHEN = re.compile(
    r"(?:\b(?:el|dia|dias|fecha|data|date|desde|desde el|hasta|hasta el|ate|on|since|until|em|no dia|fum|fur|dum"
    r"|lmp|due|nac|nacid[oa]|nascid[oa]"
    r"|born|dob|control|cita|retorno|alta|ingreso|cirugia|internad[oa]|admitted|discharged|opera\w{1,5}|lunes"
    r"|martes|miercoles|jueves"
    r"|viernes|sabado|domingo|segunda|terca|quarta|quinta|sexta|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday)"
    r"|fpp|fpp:)[\s:,.]{1,3}(?:el |em |on |dia |del? )?$"
)
SCORE = re.compile(
    r"(?:apgar|eva|eav|dolor|dor|pain|score|puntaje|escala|glasgow|ecg|gcs|silverman|fuerza|forca|strength|av"
    r"|agudeza|visual|vision|\bmm?\b)[^.;\n]{0,18}$"
)
AGE = re.compile(
    r"(?<!\w)(?<!\d[.,/+-])(?:9\d|1[0-2]\d)[ -]?(?:(?:anos|anios|ano|years?|yrs?)(?:[ -]old)?|y/?o"
    r"|a(?=[.,;)\n]))(?!\w)(?!\s{0,3}(?:del? evolucion|of evolution|/))"
    r"|(?<!\w)(?:edad|idade|aged?|age of)[ :=]{1,3}(?:de |of )?((?:9\d|1[0-2]\d)"
    r"(?:\s?(?:anos|anios|years?))?)(?!\w|[.,/]\d|%)"
    r"|(?<!\w)(?:noventa|ninety)(?:(?: y | e |[- ])(?:un|uno|una|um|uma|dos|dois|duas|tres|cuatro|quatro|cinco"
    r"|seis|siete|sete|ocho|oito|nueve|nove"
    r"|one|two|three|four|five|six|seven|eight|nine))?[- ](?:anos|anios|years?)\b"
    r"|(?<!\w)(?:centenari[oa]|centenarian|nonagenari[oa]|nonagenarian)\b"
)


def find(reading: Reading) -> Iterator[Hit | None]:
    low = reading.low
    for match in NUMERIC.finditer(low):
        if _is_day(int(match[1]), int(match[3])) and not UNIT.match(low, match.end()) and _is_plausible(match):
            yield reading.hit(*match.span(), Kind.FULL_DATE, 3)
    for pattern in (BACKWARDS, COMPACT, RANGE, SPOKEN, *WORDY):
        for match in pattern.finditer(low):
            yield reading.hit(*match.span(), Kind.FULL_DATE, 3)
    for pattern in (CAPITAL, DAY_CAPITAL):
        for match in pattern.finditer(reading.plain):
            yield reading.hit(*match.span(), Kind.FULL_DATE, 3)
    for match in NO_YEAR.finditer(low):
        if _is_day_and_month(low, match):
            yield reading.hit(*match.span(), Kind.FULL_DATE, 2)
    for match in AGE.finditer(low):
        yield reading.hit(*match.span(1 if match[1] else 0), Kind.AGE_OVER_89, 3)


def _is_day(first: int, second: int) -> bool:
    """Either order: day and month, or month and day."""
    return (1 <= first <= 31 and 1 <= second <= 12) or (1 <= first <= 12 and 1 <= second <= 31)


def _is_plausible(match: re.Match[str]) -> bool:
    """Dots and hyphens join versions, sizes and spans too: then both parts have two figures, or the year has four."""
    return "/" in match[2] or len(match[4]) == 4 or len(match[1]) == len(match[3]) == 2


def _is_day_and_month(low: str, match: re.Match[str]) -> bool:
    first, second = int(match[1]), int(match[3])
    before = low[max(0, match.start() - 30) : match.start()]
    if not _is_day(first, second) or UNIT.match(low, match.end()) or SCORE.search(before):
        return False
    if WHEN.search(before):
        return True
    has_zero = match[1].startswith("0") or match[3].startswith("0")
    return match[2] == "/" and has_zero and len(match[1]) == len(match[3]) == 2
