"""Numbers that stand for a person or a thing of theirs: documents, records, accounts, serial numbers."""

import re
from collections.abc import Iterator

from .checks import is_cpf, is_cuil
from .findings import Hit, Kind
from .reading import Reading

# Between the word that announces a number and the number: "HC N° 123", "número da conta é 123". Bounded on purpose.
LINK = (
    r"(?:[\s:.,#°=\-/]{0,4}\b(?:del?|la|el|los|su|sua|seu|mi|meu|eletronic[oa]|electronic[oa]|hospitalar(?:i[oa])?"
    r"|clinic[oa]|da|do|of|the|es|is|era|paciente|patient|madre|mae|padre|nro|nr|no|n|num|numero"
    r"|number|numbers|id|code|codigo|cod|sus|ending in|in)\b){0,4}[\s:.,#°=()\-]{0,6}$"
)


def _announced(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{words}){LINK}")


# Kind, the words that announce it, and how many digits make us believe them.
TRIGGERS: tuple[tuple[Kind, re.Pattern[str], int], ...] = (
    (
        Kind.NATIONAL_ID,
        _announced(
            r"dni|d\.n\.i\.?|cuil|cuit|cpf|c\.p\.f\.?|ssn|social security|social|pass?aporte|passport|documento"
            r"|identidade?"
            r"|cedula|extranjeria|carn[ei]t?|cnh|curp|ruc|driver'?s licen[cs]e|state id|national id|identity card"
        ),
        4,
    ),
    (
        Kind.NATIONAL_ID,
        _announced(r"doc\.?|c\.?e\.?|c\.?i\.?|r\.?g\.?|l\.?[ce]\.?|rut|run|libreta civica|id"),
        6,
    ),
    (
        Kind.RECORD_NUMBER,
        _announced(
            r"historia clinica|hist\.? cl[a-z]{0,9}\.?|h\.? ?c\.? ?e\.?|h\.? ?cl?i?\.?|prontuario|pront\.?|expediente"
            r"|legajo"
            r"|folio|mrn|m\.r\.n\.?|medical record|chart|hospital number|unit number|accession|ficha|encounter|fileno"
            r"|registro clinico|registro hospitalario|registro civil"
        ),
        3,
    ),
    (
        Kind.RECORD_NUMBER,
        _announced(
            r"historia|registro|reg\.?|record|file|admission|admissao|admision|atendimento|internacao|internacion"
            r"|ingreso"
            r"|caso|case|orden|ordem|order|pedido|muestra|amostra|sample|specimen|biopsia|biopsy|lamina|informe"
            r"|laudo|exame"
            r"|examen|exam|visit|protocolo|carpeta|bo|b\.o\.|ocorrencia|denuncia|cuaderno|acta|certidao|partida"
            r"|constancia|boleta|guia|aih|episodio"
        ),
        4,
    ),
    (
        Kind.ACCOUNT,
        _announced(
            r"afiliad[oa]|afiliacion|autogenerado|obra social|osde|ioma|pami|apross|dosep|carteirinha|carteira|unimed"
            r"|insurance|policy|member|subscriber|beneficiary|beneficiari[oa]|account|acct\.?|medicare|medicaid"
            r"|cuenta|conta"
            r"|cbu|cci|iban|npi|dea|poliza|apolice|c\.?m\.?p\.?|r\.?n\.?e\.?|crm ?[-/]? ?[a-z]{2}|crm"
            r"|coren ?[-/]? ?[a-z]{2}"
            r"|coren|colegiatura|matricula|medical licen[cs]e|licen[cs]e|licencia|tarjeta|group"
        ),
        4,
    ),
    (Kind.RECORD_NUMBER, re.compile(r"(?:(?<![a-z])(?:n[°o]\.?|nro\.?|num(?:ero|ber)?\.?)|#)[ :]{0,3}$"), 4),
    (
        Kind.ACCOUNT,
        _announced(r"s\.?i\.?s\.?|essalud|seguro|convenio|plano|cartao(?: do| nacional)?|sus|cns|m\.?[pn]\.?"),
        5,
    ),
    (
        Kind.SERIAL,
        _announced(
            r"numero de serie|n[ro.°]{1,3} ?(?:de )?serie|serial|s/n|sn|vin|imei|chassi|chasis|placas?|patente|plate"
            r"|lote n|modelo y serie|dispositivo|device|udi"
        ),
        3,
    ),
    (Kind.SERIAL, _announced(r"serie|lote?|batch|marcapass?os?|pacemaker|implante?"), 5),
    (Kind.RECORD_NUMBER, re.compile(r"(?:(?<![a-z])(?:n[°o]\.?|nro\.?|num(?:ero|ber)?\.?)|#)[ :]{0,3}$"), 4),
)

# A number as people write one: "12345", "A-12345/24", "70.123.456", "123 456 789 01".
LETTERS = re.compile(r"[a-z]{1,5}(?=[-/ ]?\d)")
TOKEN = re.compile(
    r"(?<!\w)(?<!\d[.,/+-])(?:[a-z]{1,5}[-/ ]?)?"
    r"\d[\da-z]{0,30}(?:[./-][\da-z]{1,30}){0,8}(?: \d[\d./-]{1,20}){0,5}(?!\w)"
)
UNIT = re.compile(
    r"\s{0,2}(?:%|°|/ ?(?:mm|ul|l\b|dl|ml|campo|min|h\b|dia|day)|x ?(?:10|mm|\d|/)|(?:cm|mm|mts?|mg|mcg|ug|g|gr"
    r"|kg|ml|cc|l|lt|ui|u|iu"
    r"|meq|mmol|mmhg|cmh2o|lpm|bpm|rpm|hz|kcal|cal|ufc|cfu|copias|copies|celulas|cells|plaquetas|leucocitos"
    r"|platelets|unidades"
    r"|units|horas?|hours?|hs|h|dias?|days?|semanas?|weeks?|meses|months?|an?os|years?|pacientes|patients|casos"
    r"|cases|veces"
    r"|gotas|fr|gauge|amperes?|reais|soles|pesos|dolares|s/)\b)"
)
LAB = re.compile(
    r"(?:plaquetas|plaq|platelets|plt|leucocitos|leuco|globulos|wbc|gb|gr|hematies|recuento|carga viral"
    r"|viral load|hcg|afp"
    r"|penicilina|penicillin|bnp|ferritin\w?|ck|cpk|ldh|dhl|gama gt|amilase|amilasa|lipasa)[^\n.;\d]{0,20}$"
)
YEAR = re.compile(r"(?:\d{1,2}/)?(?:19|20)\d\d")

# Numbers whose form alone says what they are.
FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NATIONAL_ID, re.compile(r"(?<!\w)(?<!\d[.,/+-])(?:2[03-7]|3[034])[-. /]\d{8}[-. /]\d(?!\w)")),  # CUIL, CUIT
    (Kind.NATIONAL_ID, re.compile(r"(?<!\w)(?<!\d[.,/+-])\d{3}[. ]\d{3}[. ]\d{3}[-. /]\d{2}(?!\w)")),  # CPF
    (Kind.NATIONAL_ID, re.compile(r"(?<!\w)(?<!\d[.,/+-])\d{9}-\d{2}(?!\w)")),  # CPF
    (Kind.NATIONAL_ID, re.compile(r"(?<!\w)(?<!\d[.,/+-])\d{1,2}\.?\d{3}\.?\d{3}-[\dxk](?!\w)")),  # RG, RUT
    (Kind.NATIONAL_ID, re.compile(r"(?<!\w)(?<!\d[.,/+-])\d{3}-\d{2}-\d{4}(?!\w|[.,/-]\d)")),  # SSN
    (
        Kind.ACCOUNT,
        re.compile(r"(?<!\w)(?<!\d[.,/+-])\d{3}[ .]\d{4}[ .]\d{4}[ .]\d{4}(?!\w)"),
    ),  # Cartão Nacional de Saúde
    (Kind.ACCOUNT, re.compile(r"(?<!\w)(?<!\d[.,/+-])\d{2,3}-[1-9e]-\d{8}(?!\w)")),  # SIS
    (Kind.ACCOUNT, re.compile(r"(?<!\w)\d{7}[a-z]{5}\d{3}(?!\w)")),  # EsSalud autogenerado
    (Kind.SERIAL, re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,40}){5,30}(?![\d.])")),  # DICOM UID
    (Kind.SERIAL, re.compile(r"(?<![\w:-])[\da-f]{2}(?:[:-][\da-f]{2}){5}(?![\w:-])")),  # MAC address
    (Kind.SERIAL, re.compile(r"(?<!\w)[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?!\w)")),  # UUID
)
DOTTED = re.compile(r"(?<!\w)(?<!\d[.,/+-])\d{1,2}\.\d{3}\.\d{3}(?!\w|[.,/-]\d)")  # DNI, but also 1.500.000 units
BARE = re.compile(r"(?<!\w)(?<!\d[.,/+-])(?:[a-z]{1,4}-?)?\d{5,40}[a-z]{0,2}(?:-\d{1,6})?(?!\w|[.,/-]\d)")
PLATE = re.compile(
    r"(?:placas?|patente|plate"
    r"|dominio)(?: d[aeo]l? \w{2,12})?[^\w]{1,4}((?:[a-z]{2,3}[- ]?\d[a-z\d]{2}[- ]?[a-z]{0,2}\d{0,2}))(?!\w)"
)


def find(reading: Reading) -> Iterator[Hit | None]:
    low = reading.low
    for kind, form in FORMS:
        for match in form.finditer(low):
            yield reading.hit(*match.span(), kind)
    for match in PLATE.finditer(low):
        if sum(c.isdigit() for c in match[1]) >= 2:
            yield reading.hit(*match.span(1), Kind.SERIAL, 3)
    for match in DOTTED.finditer(low):
        if not _is_measure(low, *match.span()):
            yield reading.hit(*match.span(), Kind.NATIONAL_ID)
    for match in BARE.finditer(low):
        yield _bare(reading, match)
    for match in TOKEN.finditer(low):
        yield _announced_by(reading, match)


def _announced_by(reading: Reading, match: re.Match[str]) -> Hit | None:
    """A number after a word that says what it is; of several such words, the one that says most."""
    start, end = match.span()
    low, token = reading.low, match[0]
    if _is_measure(low, start, end):
        return None
    before = low[max(0, start - 60) : start]
    letters = LETTERS.match(token)
    best: tuple[int, Hit | None] = (0, None)
    for skipped in (0, letters.end()) if letters else (0,):  # "HC 1234": the letters may be the announcing word
        number = token[skipped:].lstrip("-/ ")
        begins = end - len(number)
        digits = sum(c.isdigit() for c in number)
        is_year = bool(YEAR.fullmatch(number))
        for kind, trigger, least in TRIGGERS:
            found = trigger.search(before + token[:skipped]) if digits >= least and not is_year else None
            if found and len(found[0]) > best[0]:
                best = len(found[0]), reading.hit(begins, end, kind, 3)
    return best[1]


def _bare(reading: Reading, match: re.Match[str]) -> Hit | None:
    """A long number that nothing explains. Nobody measures seven digits without saying of what."""
    low, (start, end) = reading.low, match.span()
    digits = "".join(c for c in match[0] if c.isdigit())
    has_letters = match[0][0].isalpha()
    if _is_measure(low, start, end) or match[0].startswith("rs") or len(digits) < (5 if has_letters else 7):
        return None
    if len(digits) == 11 and (is_cuil(digits) or is_cpf(digits)):
        return reading.hit(start, end, Kind.NATIONAL_ID, 3)
    if not has_letters and len(digits) == 8 and match[0].isdigit():
        return reading.hit(start, end, Kind.NATIONAL_ID, 1)
    return reading.hit(start, end, Kind.RECORD_NUMBER, 1)


def _is_measure(low: str, start: int, end: int) -> bool:
    return bool(UNIT.match(low, end) or LAB.search(low[max(0, start - 40) : start]))
