"""Countries and provinces, named in the reader's language."""

import pytest

from places import regions


def test_countries_are_translated_and_sorted_without_accents() -> None:
    spanish = dict(regions.countries("es"))
    assert spanish["PE"] == "Perú"
    assert spanish["BR"] == "Brasil"
    names = list(spanish.values())
    assert names.index("España") < names.index("Estonia")
    assert names.index("Perú") < names.index("Polonia")


def test_the_provinces_of_argentina_are_twenty_four() -> None:
    found = dict(regions.regions("AR", "es"))
    assert len(found) == 24
    assert found["AR-X"] == "Córdoba"


def test_only_the_smallest_units_are_offered() -> None:
    spain = dict(regions.regions("ES", "en"))
    assert "ES-SE" in spain  # Seville, a province
    assert "ES-AN" not in spain  # Andalusia, which holds it


@pytest.mark.parametrize("code", ["", "XX", "peru"])
def test_an_unknown_country_has_none(code: str) -> None:
    assert regions.regions(code, "en") == []


def test_names_of_codes() -> None:
    assert regions.region_name("PE-LOR", "en") == "Loreto"
    assert regions.region_name("PE-ZZZ", "en") == "PE-ZZZ"
    assert regions.region_name("", "en") == ""
    assert regions.country_name("AR", "pt") == "Argentina"
    assert regions.country_name("PL", "pt") == "Polônia"  # as in Brazil
    assert regions.country_name("ZZ", "pt") == "ZZ"
