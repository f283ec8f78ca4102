"""Names and towns that are known, read once when first asked for. docs/identifiers.md says where the lists are from."""

from functools import cache
from pathlib import Path

LISTS = Path(__file__).parent / "lists"


@cache
def _list(path: str) -> frozenset[str]:
    """The lines of lists/`path`.txt, which are folded as a reading folds a text."""
    lines = (LISTS / f"{path}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def common() -> frozenset[str]:
    """Never a name or a town by themselves."""
    return (_list("made/common_words") - _list("kept/given_names") - _list("kept/surnames")) | _list(
        "kept/clinical_words"
    )


@cache
def clinical() -> frozenset[str]:
    return _list("kept/clinical_words") | _list("kept/no_names")


@cache
def eponyms() -> frozenset[str]:
    return _list("kept/eponyms")


@cache
def generic() -> frozenset[str]:
    return _list("kept/generic_words")


@cache
def given_names() -> frozenset[str]:
    return (_list("made/given_names") | _list("kept/given_names")) - _list("kept/no_names")


@cache
def names() -> frozenset[str]:
    """Given names and surnames."""
    return (given_names() | _list("made/surnames") | _list("kept/surnames")) - _list("kept/no_names")


@cache
def sure_names() -> frozenset[str]:
    """Names that are nothing else: one of them is enough where others need company."""
    return names() - common() - eponyms() - regions() - _list("kept/also_words")


@cache
def regions() -> frozenset[str]:
    """Countries and provinces, which may be said."""
    return (_list("made/regions") - _list("kept/towns")) | _list("kept/regions")


@cache
def towns() -> frozenset[str]:
    return (_list("made/towns") - regions() - clinical()) | _list("kept/towns")


@cache
def sure_towns() -> frozenset[str]:
    """Towns that are neither a word nor a person."""
    doubtful = names() | common() | eponyms() | _list("kept/also_words")
    words = doubtful | _list("kept/no_names") | {"de", "do", "da", "el", "la", "los", "las"}
    return frozenset(t for t in towns() if len(t) > 3 and t not in doubtful and not words.issuperset(t.split()))


def is_place(words: str) -> bool:
    return words in regions() or words in towns()


@cache
def first_words() -> dict[str, int]:
    """How many words the longest town has that begins with this one."""
    longest: dict[str, int] = {}
    for town in towns():
        parts = town.split()
        longest[parts[0]] = max(len(parts), longest.get(parts[0], 0))
    return longest
