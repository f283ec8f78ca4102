"""Identifiers in free text: what holds for any text, and planted ones of every kind in every language."""

import re
from collections.abc import Callable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from courses.identifiers import Finding, Kind, contacts, dates, find, mask, names, numbers, places, tokens
from tests.unit.identifiers import scoring

CLEAN = [sentence.strip() for note in scoring.notes("clean") for sentence in note.split(". ") if len(sentence) > 8]
MARKED = [scoring.parse(note)[0] for note in scoring.notes("es", "pt", "en", "later", "unseen")]
IDS = frozenset(Kind) - {Kind.NAME, Kind.PLACE}

PIECES = st.sampled_from([piece for text in MARKED for piece in re.findall(r"\S+\s*", text)])
DEBRIS = st.text(st.sampled_from("0123456789 .,-/:()@#°'\n") | st.characters(codec="utf-8"), max_size=12)
TEXTS = st.lists(PIECES | DEBRIS, max_size=40).map("".join)


@given(TEXTS)
def test_findings_are_sorted_apart_and_within_the_text(text: str) -> None:
    findings = find(text)
    edges = [edge for finding in findings for edge in (finding.start, finding.end)]
    assert edges == sorted(edges)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)


@given(TEXTS)
def test_what_is_told_is_more_than_marks(text: str) -> None:
    assert all(any(c.isalnum() for c in text[f.start : f.end]) for f in find(text))


@given(TEXTS)
@example("DNI 45678912.Juan 1984567123.Rosa")
@example("ana@minsa.gob.pe.ana@minsa.gob.pe")
def test_a_masked_text_has_no_ids_left(text: str) -> None:
    hidden = mask(text, find(text))
    assert [hidden[f.start : f.end] for f in find(hidden) if f.kind in IDS] == []


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def dated(separator: str) -> st.SearchStrategy[str]:
    return st.dates().map(lambda day: f"{day.day:02}{separator}{day.month:02}{separator}{day.year:04}")


MONTHS = {
    "es": ["enero", "marzo", "abril", "mayo", "junio", "agosto", "setiembre", "septiembre", "octubre", "diciembre"],
    "pt": ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "setembro", "outubro", "dezembro"],
    "en": ["January", "March", "April", "May", "June", "July", "August", "September", "October", "December"],
}
DAYS = st.integers(1, 28)
PLANTED: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "es": {
        "DNI {}": digits(8),
        "CUIL {}": digits(11).map(lambda d: f"20-{d[:8]}-{d[8]}"),
        "carné de extranjería N° {}": digits(9),
        "HC {}": digits(6).filter(lambda d: d[:2] not in {"19", "20"}),
        "historia clínica n.° {}": digits(5),
        "celular {}": digits(8).map(lambda d: f"9{d[:2]} {d[2:5]} {d[5:]}"),
        "Correo: {}": st.emails(domains=st.sampled_from(["minsa.gob.pe", "hotmail.com"])).filter(
            lambda e: re.fullmatch(r"[\w.+-]+@[\w.]+", e) is not None
        ),
        "Operado el {}": st.tuples(DAYS, st.sampled_from(MONTHS["es"])).map(lambda d: f"{d[0]} de {d[1]}"),
        "Ingresó el {}": st.integers(1990, 2030).flatmap(lambda y: dated("/").map(lambda d: d[:6] + str(y))),
        "Tiene {}": st.integers(90, 119).map(lambda age: f"{age} años"),
        "SIS {}": digits(8).map(lambda d: f"090-2-{d}"),
    },
    "pt": {
        "CPF {}": digits(11).map(lambda d: f"{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}"),
        "RG {}": digits(9).map(lambda d: f"{d[:2]}.{d[2:5]}.{d[5:8]}-{d[8]}"),
        "Prontuário nº {}": digits(6),
        "Telefone {}": digits(9).map(lambda d: f"({d[0]}1) 9{d[1:5]}-{d[5:]}"),
        "Nascido em {}": st.tuples(DAYS, st.sampled_from(MONTHS["pt"])).map(lambda d: f"{d[0]} de {d[1]} de 2019"),
        "Admitida em {}": st.integers(1990, 2030).flatmap(lambda y: dated(".").map(lambda d: d[:6] + str(y))),
        "Idade: {}": st.integers(90, 119).map(lambda age: f"{age} anos"),
        "Cartão SUS {}": digits(15),
    },
    "en": {
        "SSN {}": digits(9).map(lambda d: f"{d[:3]}-{d[3:5]}-{d[5:]}"),
        "MRN: {}": digits(7),
        "Passport {}": digits(7).map(lambda d: f"G{d}"),
        "Call {}": digits(9).map(lambda d: f"({d[:3]}) 5{d[3:5]}-{d[5:]}"),
        "Seen on {}": st.tuples(DAYS, st.sampled_from(MONTHS["en"])).map(lambda d: f"{d[1]} {d[0]}, 2023"),
        "Admitted {}": st.integers(1990, 2030).flatmap(lambda y: dated("-").map(lambda d: f"{y}-{d[3:5]}-{d[:2]}")),
        "A {}": st.integers(90, 119).map(lambda age: f"{age}-year-old"),
        "Policy no. {}": digits(8).map(lambda d: f"BX-{d}"),
        "Serial number {}": digits(7).map(lambda d: f"MX{d}"),
        "From {}": st.tuples(*[st.integers(1, 254)] * 4).map(lambda ip: ".".join(map(str, ip))),
    },
}


@pytest.mark.parametrize(("language", "frame"), [(key, frame) for key, kinds in PLANTED.items() for frame in kinds])
@settings(max_examples=40)
@given(data=st.data(), around=st.lists(st.sampled_from(CLEAN), min_size=2, max_size=4), is_loud=st.booleans())
def test_planted_ids_are_found(
    language: str, frame: str, data: st.DataObject, around: list[str], is_loud: bool
) -> None:
    said = data.draw(PLANTED[language][frame])
    before = ". ".join(around[:-1]) + ". " + frame.replace("{}", "")
    text = f"{before}{said}. {around[-1]}"
    text = text.upper() if is_loud and len(text.upper()) == len(text) else text
    mark = Finding(len(before), len(before) + len(said), Kind.WEB)
    assert scoring.is_covered(mark, text, find(text)), text


GIVEN = st.sampled_from(
    ["Juan", "Lucía", "Nélida", "Percy", "Xiomara", "João", "Francisca", "Thiago", "Emily", "Kevin"]
)
SURNAME = st.sampled_from(["Quispe", "Mamani", "Huamán", "Tangoa", "Shuña", "Ahuanari", "Ferreyra", "Nogueira", "Tran"])
FRAMES = ["Paciente {}", "hijo de {}", "la señora {}", "Menina {}", "filho de {}", "the mother, {}", "Seen by {}", "{}"]


@given(
    name=st.tuples(GIVEN, SURNAME, SURNAME).map(" ".join),
    frame=st.sampled_from(FRAMES),
    spell=st.sampled_from([str.title, str.lower, str.upper]),
    around=st.tuples(st.sampled_from(CLEAN), st.sampled_from(CLEAN)),
)
def test_planted_names_that_are_known_are_found(
    name: str, frame: str, spell: Callable[[str], str], around: tuple[str, str]
) -> None:
    before = f"{around[0]}. " + frame.replace("{}", "")
    text = f"{before}{spell(name)}. {around[1]}"
    mark = Finding(len(before), len(before) + len(name), Kind.NAME)
    assert scoring.is_covered(mark, text, find(text)), text


def _repeats(tree: parser.SubPattern) -> Iterator[int]:
    """How often, at most, each part may come again."""
    for code, argument in tree:
        if code in {codes.MAX_REPEAT, codes.MIN_REPEAT}:
            yield argument[1]
        for part in argument if isinstance(argument, tuple | list) else [argument]:
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, parser.SubPattern):
                    yield from _repeats(inner)


def _patterns() -> Iterator[re.Pattern[str]]:
    for module in (contacts, dates, names, numbers, places, tokens):
        for value in vars(module).values():
            for item in value if isinstance(value, tuple) else (value,):
                for part in item if isinstance(item, tuple) else (item,):
                    if isinstance(part, re.Pattern):
                        yield part


def test_no_pattern_can_run_away() -> None:
    """Every repetition has an end, so the work for one place of a text is bounded whatever the text."""
    found = list(_patterns())
    assert len(found) > 60
    assert [
        p.pattern for p in found if any(most == codes.MAXREPEAT for most in _repeats(parser.parse(p.pattern)))
    ] == []
