"""Names that advertise are refused, and names of people are not."""

import pytest

from shared.advertising import advertises


@pytest.mark.parametrize(
    "name",
    [
        "Win at www.example.com",
        "https://example.test",
        "WWW example",
        "casino.bet",
        "Rosa example.com.ar",
        "t.me/offers",
        "t.me",
        "Escríbeme a @ofertas",
        "rosa@example.org",
        "Compra en tienda . com",
        "ｅｘａｍｐｌｅ．ｃｏｍ",
        "example。com",
        "example\u00b7com",
        "oferta punto com",
        "oferta(dot)com",
        "Llame al +54 351 555-1234",
        "WhatsApp 3515551234",
        "٠٩٨٧٦٥٤",
        "<b>Rosa</b>",
        "\\\\server\\share",
    ],
)
def test_an_advertisement_is_none(name: str) -> None:
    assert advertises(name)


@pytest.mark.parametrize(
    "name",
    [
        "Rosa Huamán",
        "Dra. Ana C. de Souza",
        "Dra.Ana Quispe",
        "Ma.Teresa Núñez",
        "José Ma. Pérez-Llorca",
        "J.R.R. Tolkien",
        "Séamus O’Connor",
        "Núria Puig i Cadafalch",
        "Gal·la Vidal",
        "D'Angelo Jr.",
        "Juan Pérez 2",
        "Luis Enrique III",
        "M. Shopova",
        "Infante de Armas",
        "María Orgaz",
        "孫 逸仙",
        "محمد علي",
        "Åse Ünal",
        "Dr. Co Nguyen",
        "R. M. Ar",
    ],
)
def test_a_name_is_a_name(name: str) -> None:
    assert not advertises(name)
