"""Names of people: after the words that announce them, and runs of names that are known."""

import re
from collections.abc import Iterator

from . import gazetteer
from .findings import Hit, Kind
from .tokens import PARTICLES, Tokens

IS = r"(?:\s(?:es|is|era|e|fue|was))?[\s:.,\-]{0,3}$"
# A form's field: what follows is a name however it is written.
FIELD = re.compile(
    r"(?<![a-z])(?:nombres?(?: y apellidos?)?(?: completos?| del? (?:la )?(?:paciente|madre|padre|nin[oa]))?"
    r"|apellidos?(?: y nombres?)?|nome(?: completo| d[ao] (?:paciente|mae|pai))?"
    r"|sobrenome|(?:full |first |last |patient )?name|surname|paciente|pcte|pte|pac|patient|madre|padre|mae|pai"
    r"|mother|father|guardian|responsable|responsavel|apoderad[oa]"
    r"|informante|medico(?: tratante)?|familiar(?: responsa(?:ble|vel))?|cirujano|cirurgiao|surgeon|firma"
    r"|assinatura|signature|contacto|contato|contact|tutor|tutora|cuidador|cuidadora) ?: ?$"
)
TITLE = re.compile(
    r"(?<![a-z])(?:(?:sr|sra|srta|dr|dra|drs|mr|mrs|ms(?=\.)|lic|ing|prof|obst|enf|tec|hno|hna)\.? ?(?:\(a\))? ?|(?:don"
    r"|dona|senor|senora|senorita|doctor|doctora|doutor|doutora|miss|nurse|seu"
    r"|profesor|profesora|professor|professora|hermana|padre|sister|pastor|cacique|apu|curandero) |(?:llamad[oa]"
    r"|se llama|de nombre|nombrad[oa]|apellidad[oa]|de apellidos?|apellidos?|chamad[oa]|se chama|de nome|named"
    r"|called|whose name is|name is|nombre es|nome e|atte\.?|atentamente|atenciosamente|cordialmente|sincerely"
    r"|regards|firmado por|assinado por|signed by|aka|alias|vulgo|conhecid[oa] como|conocid[oa] como|known as"
    r"|goes by|apodad[oa])" + IS + r")$"
)
PERSON = re.compile(
    r"(?<![a-z])(?:pacientes?|menor|pcte|pte|pac|patient|pt|nin[oa]|nene|nena|bebe|baby|menin[oa]|crianca|boy"
    r"|girl|child|infant|adolescente|jovem|joven|teenager|hij[oa]s?(?: de)?|filh[oa]s?(?: de)?|son(?: of)?"
    r"|daughter(?: of)?"
    r"|children of|madre|mama|mae|mother(?: of)?|mom|mum|padre|papa|pai|father(?: of)?|dad|parents|padres"
    r"|espos[oa]|marido|mujer|husband|wife|herman[oa]s?|irma|irmao|brother|sister|tia|tio|uncle|aunt|abuel[oa]"
    r"|av[oo]|grandmother|grandfather"
    r"|vecin[oa]|vizinh[oa]|neighbou?r|cuidadora?|guardian|apoderad[oa]|promotora?|agente|companheir[oa]"
    r"|conviviente|pareja|prim[oa]|cousin|nephew|niece|sobrin[oa]|sobrinh[oa]|yerno|nuera|suegr[oa]|madrastra"
    r"|padrastro|padrasto"
    r"|enfermer[oa]|enfermeir[oa]|obstetra|tecnico|contact|call|ask for|avisar a|llamar a|llamar al|ligar para"
    r"|comunicarse con|medic[oa]|cirujan[oa]|cirurgia|cirurgiao|surgeon|colega|anestesiolog[oa]|anestesista"
    r"|anesthetist|residente|resident|intern[oa]|maestr[oa]|teacher|amig[oa]|friend)"
    r"(?:,| -| –|:| es| is| e|\s?\()?\s{1,2}$"
)
BY = re.compile(
    r"(?<![a-z])(?:por|by|para|for|with|con|com|to|a|al|ao|y|e|and|de|of|with|contact|call|llamar a|avisar a"
    r"|ligar para|ask for|preguntar por)\s$"
)
EPONYM_BEFORE = re.compile(
    r"(?:\b(?:etnia|povo|lengua|idioma|signos?|sinal|sinais|sindrome|tecnica|operacion|operacao|procedimiento"
    r"|procedimento|escala|score|puntaje|criterios?|clasificacion|classificacao|enfermedad|doenca|mal|tumor"
    r"|diverticulo|test|teste|prueba"
    r"|maniobra|manobra|linea|linha|triangulo|punto|ponto|pinzas?|tijeras?|tesoura|sonda|cateter|dreno|drenaje"
    r"|tubo|aguja|clavos?|fios?|valvas?|separador|afastador|funduplicatura|fundoplicatura|piloromiotomia|fractura"
    r"|fratura|incision|incisao|anastomosis|anastomose"
    r"|espacio|espaco|fascia|conducto|ducto|glandula|ligamento|ley|formula|indice|regla|reaccion|tincion|posicion"
    r"|posicao|hernia|quiste|cisto|atresia|ulcera|esofago|bolsa|ferulas?|tala|arnes|syndrome|disease|sign"
    r"|classification|criteria|operation|procedure|repair|tubes?|drain|catheter|"
    r"retractor|forceps|stage|grade|type|modified|modificad[oa])\s(?:de |del |do |da |of |the )?)$"
)
EPONYM_AFTER = re.compile(
    r"(?:'s?|-)?\s?(?:signs?|syndrome|disease|procedure|operation|test|score|classification|criteria|repair"
    r"|tubes?|drain|catheter|technique|fundoplication|pyloromyotomy|fracture|retractor|forceps|clamp|scissors"
    r"|splint|position|palsy|lymphoma"
    r"|positiv[oa]|negativ[oa]|\+|\(\+\)|\(-\)|tipo|type|grado|grade|grau|class|clase|[ivx]{1,4}\b|[a-d]\b|\d)"
)
PAIRED_EPONYMS = re.compile(
    r"(?:pierre robin|treacher collins|denis browne|grey turner|prader willi|osgood schlatter|charcot marie"
    r"|allen brown|jackson pratt|henoch schonlein|ehlers danlos|moore burch|thomas test)"
)
INITIALS = re.compile(r"(?<![a-z])(?:iniciales|iniciais|initials)[ :]{1,3}(?:de |of )?((?:[a-z]\.? ?){2,5})(?![a-z])")
NEVER_ALONE = 3  # letters; shorter lone words are syllables, drugs and abbreviations


def find(tokens: Tokens) -> Iterator[Hit | None]:
    for match in INITIALS.finditer(tokens.reading.low):
        yield tokens.reading.hit(*match.span(1), Kind.NAME, 3)
    place = 0
    while place < len(tokens.list):
        end = _name_at(tokens, place)
        if end is None:
            place += 1
            continue
        yield tokens.reading.hit(tokens.list[place].start, tokens.list[end - 1].end, Kind.NAME, 2)
        place = end


def _name_at(tokens: Tokens, place: int) -> int | None:
    """Where the name that begins at `place` ends, if one does."""
    token = tokens.list[place]
    before = tokens.reading.low[max(0, token.start - 60) : token.start]
    if token.low in PARTICLES:
        return None
    is_stop = tokens.stops[place] and not token.is_initial
    known, sure = tokens.known[place], tokens.sure[place]
    if FIELD.search(before) and (not is_stop or known):
        return _run(tokens, place, is_free=True)
    if (
        TITLE.search(before)
        and (token.is_capital or token.is_initial or known)
        and token.low not in gazetteer.clinical()
    ):
        return _run(tokens, place, is_free=not token.is_capital)
    if is_stop or not (token.is_capital or known or token.is_initial):
        return None
    end = _run(tokens, place, is_free=False)
    text = tokens.reading.low[token.start : tokens.list[end - 1].end]
    words = [t.low for t in tokens.list[place:end] if t.low not in PARTICLES]
    if PAIRED_EPONYMS.match(text) or EPONYM_BEFORE.search(before) or all(w in gazetteer.regions() for w in words):
        return None
    if token.is_initial:
        return end if end > place + 1 and tokens.gap(place).startswith(".") and _is_signed(tokens, place, end) else None
    if PERSON.search(before) and _is_person(tokens, place, end):
        return end
    return end if _is_name(tokens, place, end, sure) or _is_guess(tokens, place, end) else None


def _run(tokens: Tokens, place: int, *, is_free: bool) -> int:
    """The end of the run of names from `place`. `is_free`: unknown words in lower case belong to it, up to four."""
    end, here, free, commas = place + 1, place, 0, 0
    while here + 1 < len(tokens.list):
        gap, after = tokens.gap(here), tokens.list[here + 1]
        is_comma = gap.strip(" ") == "," and commas == 0 and _is_turned(tokens, here)
        is_initial_dot = gap in {". ", "."} and tokens.list[here].is_initial
        is_nickname = gap in {' "', '" '} and after.is_capital
        if not (
            gap in {" ", "  "}
            or is_nickname
            or is_initial_dot
            or (is_comma and after.is_capital == tokens.list[place].is_capital)
        ):
            break
        commas += is_comma
        here += 1
        if after.low in PARTICLES:
            if here - end >= 2:
                break
            continue
        joined = here > end  # only particles between: "de la Cruz", but "y" and "e" join people as well
        is_stop = tokens.stops[here] and not after.is_initial and not (is_free and tokens.known[here])
        if is_stop or (joined and not (after.is_capital or tokens.known[here])):
            break
        if not (after.is_capital or after.is_initial or tokens.known[here]):
            if not is_free or free >= 4 or len(after.low) <= NEVER_ALONE:
                break
            free += 1
        end = here + 1
    return end


def _is_turned(tokens: Tokens, place: int) -> bool:
    """ "Quispe, Juan": a surname, a comma, a given name, or one that we do not know."""
    surname, given = tokens.list[place], tokens.list[place + 1]
    if gazetteer.is_place(surname.low) and gazetteer.is_place(given.low):
        return False
    is_given = given.low in gazetteer.given_names() or (given.is_capital and tokens.sure[place])
    return tokens.known[place] and is_given and not tokens.stops[place + 1] and not gazetteer.is_place(given.low)


def _is_signed(tokens: Tokens, place: int, end: int) -> bool:
    """ "M. Okonkwo": an initial with its dot, then a word that is no eponym and no abbreviation."""
    return (
        all(t.low not in gazetteer.eponyms() for t in tokens.list[place:end])
        and tokens.list[end - 1].is_capital
        and len(tokens.list[end - 1].low) > NEVER_ALONE
    )


def _is_guess(tokens: Tokens, place: int, end: int) -> bool:
    """Two unknown words with capitals in the middle of a sentence, or one of them known."""
    members = tokens.list[place:end]  # particles end a guess: "Colgajo de Limberg", "Prolene y Vicryl"
    token = tokens.list[place]
    is_place = gazetteer.is_place(tokens.reading.low[token.start : tokens.list[end - 1].end])
    is_plain = all(
        t.is_capital and t.low not in PARTICLES and len(t.low) > NEVER_ALONE and t.low not in gazetteer.eponyms()
        for t in members
    )
    return len(members) in {2, 3, 4} and is_plain and not token.begins and not is_place


def _is_person(tokens: Tokens, place: int, end: int) -> bool:
    """After "paciente", "hijo de", "mother": one name is enough, if it is not a word that goes on as a finding."""
    token = tokens.list[place]
    after = tokens.reading.low[tokens.list[end - 1].end : tokens.list[end - 1].end + 14]
    if end - place > 1:
        return True
    if token.low in gazetteer.eponyms() and EPONYM_AFTER.match(after):
        return False
    if token.is_capital:
        return tokens.known[place] or len(token.low) > NEVER_ALONE
    if tokens.sure[place]:
        return True
    is_alone = end >= len(tokens.list) or tokens.gap(place).strip() != "" or not tokens.stops[end]
    return token.low in gazetteer.given_names() and is_alone


def _is_name(tokens: Tokens, place: int, end: int, sure: bool) -> bool:
    """Nothing announces it: known names only, and alone only those that are nothing but names."""
    members = [p for p in range(place, end) if tokens.list[p].low not in PARTICLES]
    token = tokens.list[place]
    after = tokens.reading.low[tokens.list[end - 1].end : tokens.list[end - 1].end + 14]
    any_sure = any(tokens.sure[p] for p in members)
    known = sum(tokens.known[p] for p in members)
    has_given = any(tokens.list[p].low in gazetteer.given_names() for p in members)
    if not token.is_capital:
        return known >= 2 and any_sure
    if not (tokens.known[place] or (any_sure and len(members) > 1)):
        return False
    if any(tokens.list[p].low in gazetteer.eponyms() for p in members) and not any_sure:
        return len(members) > 1 and known > 1 and token.low in gazetteer.given_names() and not EPONYM_AFTER.match(after)
    if len(members) == 1:
        return sure and len(token.low) > NEVER_ALONE
    return any_sure or (known >= 2 and has_given)
