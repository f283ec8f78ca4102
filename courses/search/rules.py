"""Words as the search compares them: without accents and case, and by their stems."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

import snowballstemmer

LANGUAGES: Final = {"es": "spanish", "en": "english", "pt": "portuguese"}
MOST_WORDS: Final = 12  # of a question; the rest is ignored
_WORD = re.compile(r"[^\W_]+(?:[.][0-9]+)?")  # Q79.3 is one word


def fold(text: str) -> str:
    """Lower case, accents and tildes taken off: `Operação` and `operacao` are the same."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in split if not unicodedata.combining(sign)).lower()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def stems(text: str, language: str) -> list[str]:
    """The stems of a text's words in one language, in order."""
    return [stem(word, language) for word in words(text)]


def asked(question: str) -> list[tuple[str, ...]]:
    """For each word of a question, its possible forms: the reader's language need not be the writer's."""
    return [
        tuple(dict.fromkeys([word, *(stem(word, language) for language in LANGUAGES)]))
        for word in words(question)[:MOST_WORDS]
    ]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Of one folded word; a word with a figure in it is its own stem.

    The Portuguese stemmer knows the plural of `-ão` by its tildes, which are folded away: it is undone here.
    """
    if any(sign.isdigit() for sign in word):
        return word
    if language == "pt" and word.endswith("oes"):
        word = f"{word[:-3]}ao"
    return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=len(LANGUAGES))
def _stemmer(language: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(LANGUAGES[language])
