"""Places below the province: towns, communities, addresses, schools, hospitals by name, coordinates."""

import re
from collections.abc import Iterator

from . import gazetteer
from .findings import Hit, Kind
from .tokens import PARTICLES, Tokens

OF = r"(?:\s(?:de|del|da|do|of|de la|de los|de las|el|la|los|las|o|a))?[\s:\"']{1,3}$"
# What follows is a place even in lower case.
SMALL = re.compile(
    r"(?<![a-z])(?:caserios?|centro poblado|ccpp|c\.p\.m?\.|cc\.? ?nn\.?|comunidad (?:nativa|campesina|indigena"
    r"|kichwa|awajun|shipiba|cocama|kukama|ticuna|guarani|wichi|qom)|comunidade (?:indigena|ribeirinha|quilombola)"
    r"|asentamiento humano|a\.?a\.?h\.?h\.?|aa\.hh\.?|pueblo joven|barrio|barriada|villa miseria|bairro|povoado"
    r"|aldeia|vilarejo|favela|quilombo|fazenda|seringal|distrito|ciudad|cidade|municipio|localidad|localidade"
    r"|paraje|estancia|anexo de|urbanizacion|urb\.?"
    r"|town|village|city|neighbou?rhood|hamlet|township)" + OF
)
# What follows is a place when it has a capital.
LARGE = re.compile(
    r"(?<![a-z])(?:comunidad|comunidade|community|pueblo|parroquia|paroquia|district|county|sector|setor|zona"
    r"|vila|villa|provincia|departamento|partido|comuna|ranchos?|sitio|isla|ilha|quebrada|igarape|rio|river|lago"
    r"|cocha|cuenca|orillas|bacia|riberas|margenes|boca"
    r"|parish|suburb|reserva|terra indigena|ti|cooperativa|campamento|mina|minera|fundo|hacienda|chacra|puerto"
    r"|porto|porto de|aeropuerto)(?:\s(?:de|del|da|do|of|de la|de los|de las|el|la|los|las|o|a|alto|bajo|medio"
    r"|named|called|llamad[oa])){0,3}[\s:\"']{1,3}$"
)
RIVER = re.compile(r"(?<![a-z])(rio|river|quebrada|igarape|cuenca|lago|lake)\s$")
INSTITUTION = re.compile(
    r"(?<![a-z])(?:hospital(?: (?:regional|nacional|general|municipal|estadual|provincial|infantil|universitario"
    r"|de apoyo|zonal|interzonal|pediatrico|materno infantil|de clinicas|das clinicas|docente|militar|distrital"
    r"|referencial|iii|ii|i|base))?|clinica|posta(?: medica| de salud| sanitaria)?"
    r"|centro de salud|centro de saude|centro medico|puesto de salud|posto de saude|c\.s\.|p\.s\.|policlinico"
    r"|maternidade?|sanatorio|dispensario|ubs|upa|usf|esf|caps|santa casa|casa de saude|pronto[- ]socorro"
    r"|instituto|hogar|albergue|orfanato|iglesia|igreja|parroquia"
    r"|colegio|escuela|i\.?e\.?(?:i\.?|p\.?)?|institucion educativa|jardin(?: de infantes| de ninos)?|liceo"
    r"|universidad|universidade|escola(?: municipal| estadual)?|creche|cmei|pronoei|nido|school|university"
    r"|college|daycare|kindergarten|red de salud|microred|micro red)"
    r"(?:\s(?:de|del|da|do|la|el|los|o|a|n°|no|nro\.?|of|at)){0,2}[\s:\"'°.]{1,3}$"
)
SCHOOL_NUMBER = re.compile(
    r"(?<![a-z])(?:i\.?e\.?(?:i\.?|p\.?)?|institucion educativa|colegio|escuela|escola|jardin|school)\s?(?:n°|no"
    r"|nro|num|#|n)?[. :°]{0,2}(\d{1,6}(?:-\d{1,4})?)(?!\w)"
)
ENGLISH_INSTITUTION = re.compile(
    r"(?<!\w)(?:St\.? |Saint )?(?:[A-Z][a-z']{1,20} (?:of |and |de )?){1,4}(?:Hospital|Clinic|Medical Center"
    r"|Health Center|Health Post|School|Elementary|High School|Middle School|College|University|Church|Orphanage"
    r"|Mission)\b"
)
COMES_FROM = re.compile(
    r"(?<![a-z])(?:(?:vive|viven|vivia|reside|residen|residente|nacid[oa]|nascid[oa]|mora|moram|domiciliad[oa]"
    r"|internad[oa]|operad[oa]|atendid[oa]) (?:en|em)|(?:natural|procedente|procedencia|oriund[oa]|derivad[oa]"
    r"|referid[oa]|trasladad[oa]|transferid[oa]|evacuad[oa]|encaminhad[oa]"
    r"|removid[oa]|proviene|proveniente|viene|vino|vem|veio|llega|llego|chegou|residente|vecin[oa]|morador[a]?"
    r"|habitante|agricultor[a]?|pescador[a]?|ganader[oa]|comuner[oa]|obrer[oa]|docente|estudiante|ama de casa"
    r"|ribeirinh[oa]) (?:de|desde|do|da)|(?:lives?|lived|living|resides|residing|born|raised|operated|seen"
    r"|hospitali[sz]ed) (?:in|at|near)|(?:comes?|came|transferred|referred|evacuated|flown|travell?ed|native"
    r"|resident|arrived) (?:from|of)|from)\s"
    r"(?:(?:la|el|los|the|o|a) )?$"
)
FIELD = re.compile(
    r"(?<![a-z])(?:direccion|domicilio|endereco|address|home address|street|residencia|lugar de nacimiento"
    r"|lugar de procedencia|procedencia|naturalidade|place of birth|birthplace|hometown|localidad|municipio"
    r"|distrito|barrio|bairro|comunidad|comunidade|ciudad|cidade|city|town) ?: ?([^\n;]{2,80})"
)
LOCATIVE = re.compile(
    r"(?<![a-z])(?:en|de|desde|a|hacia|hasta|para|em|no|na|do|da|ao|from|in|at|to|near|by|cerca a|cerca de"
    r"|perto de|entre|via|rio abajo de)\s$"
)
STREET = re.compile(
    r"(?<![\w.])(?:avenida|av\.|avda\.?|av(?= [A-Z])|jiron|jr\.?|calle|psje\.?|pasaje|pje\.?|malecon|prolongacion"
    r"|prol\.|rua|r\.|travessa|alameda|rodovia|estrada|praca|pca\.?|carretera|ruta|autopista|diagonal|bulevar"
    r"|boulevard|bv\.|blvd\.?|barrio|camino a|plaza) ?(?:(?:la|las|los|el|do|da|dos|das|de|del|de la|de los"
    r"|de las) )?$"
)
NUMBER = re.compile(r"(?:,? ?(?:n°|no|nro\.?|num\.?|#|numero|s/n)?\.? ?\d{1,5}(?:-?[a-z]\b)?|,? s/n)(?!\w|[.,/-]\d)")
FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\w)(?:mz|mza)\.? ?\"?[a-z\d]{1,3}\"?(?:[,;]? ?(?:lt|lote|l)\.? ?\"?\d{1,3}[a-z]?\"?)?(?!\w)"
        r"|(?<!\w)manzana \"?[a-z\d]{1,2}\"?,? ?(?:lt|lote)\.? ?\d{1,3}(?!\w)",
        r"(?<!\w)(?:carretera|ruta|rodovia|estrada|autopista)\b[ a-z-]{0,30}[ -](?:(?:nacional|provincial|federal"
        r"|pe|br|rn|rp)[ -]?)?(?:km\.? ?)?\d{1,4}(?:[.,]\d{1,2})?(?: km \d{1,4})?(?!\w)",
        r"(?<!\w)(?:br|pe|rn|rp)-\d{1,3}[a-z]?(?!\w)|(?<!\w)km\.? \d{1,4}(?:[.,]\d{1,2})?(?!\w)",
        r"(?<!\w)p\.? ?o\.? box \d{1,6}|(?<!\w)(?:casilla|apartado|caixa) postal (?:n[o°] ?)?\d{1,6}",
        r"(?<!\w)santa casa(?: de misericordia)?(?!\w)",
        r"(?<!\w)(?<!\d[.,/+-])\d{5}-\d{3}(?!\w|[.,/-]\d)",  # CEP
        r"(?<!\w)(?:cep|c\.p\.|cp|codigo postal|cod\. postal"
        r"|zip(?: code)?)[ :.]{1,3}[a-z]?\d{4,8}(?:-\d{3,4})?[a-z]{0,3}(?!\w)",
        r"(?<![\w.])(?:\d{1,3} ?° ?\d{1,2}(?:[.,]\d{1,9})? ?['′m](?: ?\d{1,2}(?:[.,]\d{1,9})? ?(?:\"|''|″"
        r"|s))? ?[nsewo](?:[,; ]{1,3}(?=\d)|(?!\w))){1,2}",
        r"(?<![\w.])-?\d{1,2}\.\d{3,8} ?[ns]?[,; ]{1,3}-?\d{1,3}\.\d{3,8}(?: ?[wo])?(?!\w|\.\d)",
        r"(?<!\w)(?:lat|latitud|latitude|lon|long|longitud|longitude|lng)\.?[ :=]{1,3}-?\d{1,3}[.,]\d{2,8}(?!\w)",
    )
)
ENGLISH_STREET = re.compile(
    r"(?<!\w)(?<!\d[.,/+-])\d{1,5}[A-Z]? (?:[NSEW]\.? )?"
    r"(?:[A-Z\d][a-z\d']{0,20} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane"
    r"|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Terrace|Circle|Highway|Hwy)\b\.?(?:,? (?:Apt|Unit|Suite"
    r"|#)\.? ?\w{1,5})?"
)
STATES = (
    r"A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]"
    r"|W[AIVY]"
)
ZIP = re.compile(rf"(?<!\w)(?:{STATES}),? \d{{5}}(?:-\d{{4}})?(?!\w)")

BEGINNINGS = frozenset(
    {
        "nuevo",
        "nueva",
        "novo",
        "nova",
        "alto",
        "alta",
        "bajo",
        "baja",
        "buen",
        "buena",
        "boa",
        "bom",
        "gran",
        "tres",
        "dos",
    }
)


def find(tokens: Tokens) -> Iterator[Hit | None]:
    reading = tokens.reading
    for form in FORMS:
        for match in form.finditer(reading.low):
            yield reading.hit(*match.span(), Kind.PLACE, 3)
    for form in (ENGLISH_INSTITUTION, ENGLISH_STREET, ZIP):
        for match in form.finditer(reading.plain):
            yield reading.hit(*match.span(), Kind.PLACE, 3)
    for match in SCHOOL_NUMBER.finditer(reading.low):
        yield reading.hit(*match.span(), Kind.PLACE, 3)
    for match in FIELD.finditer(reading.low):
        if match[1].strip(" .").split(",")[0] not in gazetteer.regions() and not match[1].startswith(("no ", "si ")):
            yield reading.hit(*match.span(1), Kind.PLACE, 3)
    for place in range(len(tokens.list)):
        yield _announced(tokens, place) or _town(tokens, place)


def _announced(tokens: Tokens, place: int) -> Hit | None:
    token, reading = tokens.list[place], tokens.reading
    opens = max(0, token.start - 60)
    before = reading.low[opens : token.start]
    if not before or before[-1] not in " :\"'°.\n" or token.low in PARTICLES - {"san", "santa", "sao"}:
        return None
    is_word = tokens.stops[place] and not tokens.known[place] and token.low not in BEGINNINGS
    street = STREET.search(before) if token.is_capital or not is_word else None
    if street:
        return _street(tokens, place, opens + street.start())
    if token.low in gazetteer.generic() or (is_word and not token.is_capital):
        return None
    is_small = bool(SMALL.search(before))
    house = INSTITUTION.search(before) if token.is_capital or token.shouts else None
    is_large = token.is_capital and (LARGE.search(before) or (not is_word and COMES_FROM.search(before)))
    is_told = is_small or house or is_large
    end = _run(tokens, place, is_free=is_small or token.shouts) if is_told else place
    words = reading.low[token.start : tokens.list[end - 1].end]
    river = RIVER.search(before)
    is_region = words in gazetteer.regions() and (not river or f"{river[1]} {words}" in gazetteer.regions())
    if house and reading.plain[opens + house.start()].isupper():
        return reading.hit(opens + house.start(), tokens.list[end - 1].end, Kind.PLACE, 3)
    if not is_told or (is_region and not is_small) or (is_word and end == place + 1):
        return None
    return reading.hit(token.start, tokens.list[end - 1].end, Kind.PLACE, 3)


def _run(tokens: Tokens, place: int, *, is_free: bool) -> int:
    """The end of the run of capitals from `place`; `is_free`: two words of lower case, no common ones, may follow."""
    end, here, free = place + 1, place, 0
    while here + 1 < len(tokens.list) and tokens.gap(here) in {" ", ' "', "-", ". "}:
        if tokens.gap(here) == ". " and len(tokens.list[here].low) > 2:
            break
        here += 1
        after = tokens.list[here]
        if after.low in PARTICLES:
            if here - end >= 2:
                break
            continue
        if not after.is_capital:
            if not is_free or tokens.stops[here] or here > end or free >= 2:
                break
            free += 1
        end = here + 1
    return end


def _street(tokens: Tokens, place: int, start: int) -> Hit | None:
    """A street needs a capital or a house number: "en la calle" is none."""
    token, low = tokens.list[place], tokens.reading.low
    end = _run(tokens, place, is_free=True)
    stop = tokens.list[end - 1].end
    number = NUMBER.match(low, stop)
    if not (token.is_capital or number):
        return None
    return tokens.reading.hit(start, number.end() if number else stop, Kind.PLACE, 3)


def _town(tokens: Tokens, place: int) -> Hit | None:
    """The longest known town from this word on, unless a region is longer."""
    token = tokens.list[place]
    most = gazetteer.first_words().get(token.low.split("-")[0], 0)
    low = tokens.reading.low
    for end in range(min(place + most, len(tokens.list)), place, -1):
        if any(tokens.gap(p) not in {" ", "-"} for p in range(place, end - 1)):
            continue
        phrase = low[token.start : tokens.list[end - 1].end].replace("-", " ")
        if phrase in gazetteer.regions():
            return None
        if phrase in gazetteer.towns():
            return _told(tokens, place, end, phrase)
    return None


def _told(tokens: Tokens, place: int, end: int, phrase: str) -> Hit | None:
    token, low = tokens.list[place], tokens.reading.low
    before = low[max(0, token.start - 30) : token.start]
    is_placed = bool(LOCATIVE.search(before))
    is_sure = phrase in gazetteer.sure_towns()
    is_whole = (
        end >= len(tokens.list) or tokens.gap(end - 1) != " " or not (tokens.list[end].is_capital and tokens.known[end])
    )
    is_listed = before.endswith(", ") and phrase not in gazetteer.names() and tokens.gap(end - 1)[:1] in set(",.;)\n")
    is_proper = end > place + 1 or not (tokens.stops[place] or token.low in gazetteer.eponyms())
    is_clear = is_placed and is_whole and is_proper
    is_told = is_sure or is_listed or is_clear if token.is_capital else is_placed and is_sure and len(phrase) > 4
    certainty = 3 if is_placed and end > place + 1 else 1 + is_sure  # "en San Juan Bautista" is nobody
    return tokens.reading.hit(token.start, tokens.list[end - 1].end, Kind.PLACE, certainty) if is_told else None
