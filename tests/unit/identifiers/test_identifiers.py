"""Identifiers in free text: single rules, and what may be said."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.identifiers import Finding, Kind, find, kinds_in, mask
from courses.identifiers.checks import is_cpf, is_cuil


def found(text: str) -> list[tuple[Kind, str]]:
    return [(finding.kind, text[finding.start : finding.end]) for finding in find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("dni 45678912", Kind.NATIONAL_ID, "45678912"),
        ("tiene DNI nro. 34.567.890.", Kind.NATIONAL_ID, "34.567.890"),
        ("CUIL 20-12345678-6", Kind.NATIONAL_ID, "20-12345678-6"),
        ("carné de extranjería: 001234567", Kind.NATIONAL_ID, "001234567"),
        ("CPF 123.456.789-09", Kind.NATIONAL_ID, "123.456.789-09"),
        ("SSN 123-45-6789", Kind.NATIONAL_ID, "123-45-6789"),
        ("passport no. G0456712", Kind.NATIONAL_ID, "G0456712"),
        ("N° de historia clínica: 00-45821", Kind.RECORD_NUMBER, "00-45821"),
        ("HC12345", Kind.RECORD_NUMBER, "HC12345"),
        ("prontuário eletrônico nº 778812", Kind.RECORD_NUMBER, "778812"),
        ("MRN: 0034-22", Kind.RECORD_NUMBER, "0034-22"),
        ("afiliado OSDE 2 10 4567890", Kind.ACCOUNT, "OSDE 2 10 4567890"),
        ("cel. 965 123 456", Kind.PHONE, "965 123 456"),
        ("llamar a la madre al 065-234567", Kind.PHONE, "065-234567"),
        ("(11) 91234-5678", Kind.PHONE, "(11) 91234-5678"),
        ("ana.q@minsa.gob.pe", Kind.EMAIL, "ana.q@minsa.gob.pe"),
        ("ana.q arroba gmail punto com", Kind.EMAIL, "ana.q arroba gmail punto com"),
        ("el 12/03", Kind.FULL_DATE, "12/03"),
        ("2024-03-12", Kind.FULL_DATE, "2024-03-12"),
        ("12 de marzo de 2024", Kind.FULL_DATE, "12 de marzo de 2024"),
        ("doce de marzo", Kind.FULL_DATE, "doce de marzo"),
        ("del 3 al 5 de mayo", Kind.FULL_DATE, "3 al 5 de mayo"),
        ("1º de maio", Kind.FULL_DATE, "1º de maio"),
        ("March 12th", Kind.FULL_DATE, "March 12th"),
        ("the 12th of March 2024", Kind.FULL_DATE, "12th of March 2024"),
        ("ciudad de Lima", Kind.PLACE, "Lima"),
        ("caserío nuevo progreso", Kind.PLACE, "nuevo progreso"),
        ("vive en São Gabriel da Cachoeira", Kind.PLACE, "São Gabriel da Cachoeira"),
        ("procedente de iquitos", Kind.PLACE, "iquitos"),
        ("Av. Grau 1250", Kind.PLACE, "Av. Grau 1250"),
        ("I.E. 60024", Kind.PLACE, "I.E. 60024"),
        ("-3.7491, -73.2538", Kind.PLACE, "-3.7491, -73.2538"),
        ("93 años", Kind.AGE_OVER_89, "93 años"),
        ("ninety-two years", Kind.AGE_OVER_89, "ninety-two years"),
        ("placa ABC-123", Kind.SERIAL, "ABC-123"),
        ("niña rosa", Kind.NAME, "rosa"),
        ("hijo de María Shuña", Kind.NAME, "María Shuña"),
        ("JUAN DE LA CRUZ HUAMAN", Kind.NAME, "JUAN DE LA CRUZ HUAMAN"),
        ("se llama xiomara", Kind.NAME, "xiomara"),
        ("Quispe Mamani, Lucía", Kind.NAME, "Quispe Mamani, Lucía"),
    ],
)
def test_each_kind_is_found_and_nothing_around_it(text: str, kind: Kind, said: str) -> None:
    assert found(text) == [(kind, said)]


@pytest.mark.parametrize(
    "text",
    [
        "89 años",
        "marzo de 2024",
        "POD 3, TA 120/80, EVA 8/10, Glasgow 15/15",
        "de Loreto, Cusco y Córdoba, Argentina",
        "dolores abdominales",
        "escala de Alvarado 8",
        "plaquetas 350000/mm3, penicilina 1.200.000 UI",
        "sutura 4/0, lesión de 2-3 cm en L4/L5",
        "K35.8, T2N0M0, Gleason 3+4, BRCA1, pieza 2.1",
        "hace 12 meses, cada 8 h por 10 días",
        "HC 35 cm, peso 2850 g",
        "injerto en la mesa, código en la puerta, en pausa",
        "Colgajo de Limberg, quimioterapia con Vincristina y Doxorrubicina",
        "Hemocultivo con Klebsiella Pneumoniae",
    ],
)
def test_what_may_be_said(text: str) -> None:
    assert found(text) == []


def test_places_are_those_of_the_original_text() -> None:
    """Accents in two characters, invisible ones and ligatures move what is read, never what is told."""
    text = "Sen\u0303or Jua\u0301n Pe\u0301rez, DN\u200bI\u00a045678912, oﬁcina; tel № 965\u2009123\u2009456"
    assert [said for _, said in found(text)] == ["Jua\u0301n Pe\u0301rez", "45678912", "965\u2009123\u2009456"]


def test_what_overlaps_is_told_once() -> None:
    assert found("juan.perez@gmail.com") == [(Kind.EMAIL, "juan.perez@gmail.com")]


def test_a_mask_hides_the_length_too() -> None:
    long, short = "DNI 45678912 y punto", "HC 1234 y punto"
    assert (mask(long, find(long)), mask(short, find(short))) == ("DNI ███ y punto", "HC ███ y punto")
    assert mask("nada", ()) == "nada"


def test_kinds_in() -> None:
    assert kinds_in("Sr. Pérez, DNI 45678912") == {Kind.NAME, Kind.NATIONAL_ID}
    assert kinds_in("sin datos") == frozenset()


def test_a_wrong_check_digit_hides_nothing() -> None:
    assert not is_cuil("20123456780")
    assert found("CUIL 20-12345678-0") == [(Kind.NATIONAL_ID, "20-12345678-0")]


@given(st.integers(0, 99_999_999))
def test_one_check_digit_of_a_cuil_is_right(number: int) -> None:
    body = f"20{number:08}"
    total = sum(int(d) * w for d, w in zip(body, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], strict=True))
    right = [digit for digit in range(10) if is_cuil(f"{body}{digit}")]
    assert right == ([] if total % 11 == 1 else [-total % 11])  # a body that asks for 10 is given to nobody


@given(st.integers(0, 999_999_999))
@example(0)
def test_one_pair_of_check_digits_of_a_cpf_is_right(number: int) -> None:
    body = f"{number:09}"
    right = [pair for pair in range(100) if is_cpf(f"{body}{pair:02}")]
    assert len(right) == (0 if len(set(body)) == 1 else 1)


def test_check_digits_of_documents_that_are_known() -> None:
    """CUIT of a state bank, and the specimen of Receita Federal's own manuals."""
    assert is_cuil("30500010912")
    assert is_cpf("11144477735")
    assert not is_cpf("1114447773")
    assert not is_cuil("3050001091")


def test_findings_can_be_sorted() -> None:
    assert sorted([Finding(5, 6, Kind.WEB), Finding(1, 2, Kind.NAME)])[0].start == 1
