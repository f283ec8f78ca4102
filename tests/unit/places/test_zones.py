"""Time zones by the city that people know."""

import pytest
from django.utils import translation

from places import zones


@pytest.mark.parametrize(
    ("language", "name", "city"),
    [
        ("es", "America/Argentina/Cordoba", "Córdoba"),
        ("en", "America/Argentina/Cordoba", "Córdoba"),
        ("en", "America/Bogota", "Bogotá"),
        ("pt", "America/Sao_Paulo", "São Paulo"),
        ("pt", "America/Asuncion", "Assunção"),
        ("es", "America/New_York", "Nueva York"),
        ("en", "America/New_York", "New York"),
        ("en", "Europe/Amsterdam", "Amsterdam"),
        ("es", "Europe/Amsterdam", "Ámsterdam"),
        ("en", "America/Sao_Paulo", "São Paulo"),
        ("en", "America/Argentina/Rio_Gallegos", "Río Gallegos"),
        ("es", "America/Lima", "Lima"),
        ("es", "UTC", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_city_in_the_readers_language(language: str, name: str, city: str) -> None:
    with translation.override(language):
        assert zones.city(name) == city


def test_every_zone_has_a_name_without_underlines() -> None:
    with translation.override("pt"):
        assert [name for name in zones.names() if "_" in zones.city(name) or not zones.city(name)] == []
