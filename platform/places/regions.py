"""Countries and their provinces by ISO 3166, in the reader's language."""

import gettext
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import pycountry

# Our Portuguese is that of Brazil: Vietnã, not Vietname.
_SPOKEN = {"pt": ["pt_BR", "pt"]}


@cache
def countries(language: str) -> list[tuple[str, str]]:
    """(ISO 3166-1 alpha-2 code, name), in the order of the names."""
    translate = _translator("iso3166-1", language)
    pairs = [(c.alpha_2, translate(getattr(c, "common_name", c.name))) for c in pycountry.countries]
    return sorted(pairs, key=_by_name)


@lru_cache(maxsize=1024)  # the code comes from outside
def regions(country: str, language: str) -> list[tuple[str, str]]:
    """(ISO 3166-2 code, name) of the smallest units the standard knows there, in the order of the names.

    Empty for a country without provinces and for an unknown code.
    """
    found = pycountry.subdivisions.get(country_code=country) or []
    parents = {region.parent_code for region in found}
    translate = _translator("iso3166-2", language)
    pairs = [(region.code, translate(region.name)) for region in found if region.code not in parents]
    return sorted(pairs, key=_by_name)


def country_name(code: str, language: str) -> str:
    """The code itself when it is not in the standard."""
    return dict(countries(language)).get(code, code)


def region_name(code: str, language: str) -> str:
    """Of an ISO 3166-2 code such as `PE-LOR`; the code itself when it is not in the standard."""
    region = pycountry.subdivisions.get(code=code) if code else None
    return _translator("iso3166-2", language)(region.name) if region else code


def _translator(domain: str, language: str) -> Callable[[str], str]:
    return _catalogue(domain, language).gettext


@cache
def _catalogue(domain: str, language: str) -> gettext.NullTranslations:
    """The names come with pycountry; English is what they are translated from."""
    return gettext.translation(domain, pycountry.LOCALES_DIR, _SPOKEN.get(language, [language]), fallback=True)


def _by_name(pair: tuple[str, str]) -> str:
    """Accents do not count, Ávila comes before Burgos; but ñ is a letter after n."""
    apart = pair[1].casefold().replace("ñ", "n\uffff")
    return "".join(c for c in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(c))
