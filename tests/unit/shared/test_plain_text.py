"""One rule for every name, title, address and text: what cannot be seen is no part of it; and how names are sorted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import plain_text

INVISIBLE = ["\u200b", "\u2060", "\u00ad", "\u200e", "\u202e", "\u2066", "\ufeff", "\u034f", "\x00", "\x07", "\ue000"]
BLANK = ["\u2800", "\u3164", "\uffa0", "\u115f", "\u1160", "\u00a0", "\u3000", "\u2028", "\n", "\t", "\x0b"]


@pytest.mark.parametrize("letter", INVISIBLE)
def test_what_cannot_be_seen_is_taken_out(letter: str) -> None:
    assert plain_text.line(f"{letter}Ana{letter} Pé{letter}rez{letter}") == "Ana Pérez"
    assert plain_text.paragraphs(f"Ana{letter}\r\nPérez") == "Ana\nPérez"
    assert plain_text.address(f"Ana@Example.org{letter}") == "ana@example.org"
    assert not plain_text.is_visible(letter * 3)
    assert not plain_text.has_letter(letter * 3)


@pytest.mark.parametrize("letter", BLANK)
def test_what_looks_like_a_space_is_one(letter: str) -> None:
    assert plain_text.line(f"{letter}Ana{letter}{letter}Pérez{letter}") == "Ana Pérez"
    assert plain_text.address(f"ana@example.org{letter}") == "ana@example.org"
    assert not plain_text.is_visible(letter * 3)


def test_composed_and_piled_accents() -> None:
    assert plain_text.line("Jose\u0301 Mun\u0303oz") == "José Muñoz"
    assert plain_text.line("Z" + "\u0335" * 40) == "Z" + "\u0335" * 4
    assert plain_text.line("Z" + "\u0335" * 40 + "a") == "Z" + "\u0335" * 4 + "a"


def test_a_name_needs_a_letter_and_a_text_something_to_see() -> None:
    assert [plain_text.has_letter(text) for text in ("Ñ", "李", "7", "…", "👍", "\u0301")] == [True] * 3 + [False] * 3
    assert [plain_text.is_visible(text) for text in ("?", "👍", "\u0301", " ")] == [True, True, False, False]


def test_emoji_in_texts_keep_what_joins_them() -> None:
    family = "👩\u200d⚕\ufe0f"
    assert plain_text.paragraphs(f"{family} ok\u200d\nno") == f"{family} ok\nno"


def test_one_mailbox_is_one_text() -> None:
    written = [
        "ana@example.org",
        " ANA@Example.ORG ",
        "ana@ｅｘａｍｐｌｅ.org",
        "ana@exam\u00adple.org",
        "a\u200bna@example.org",
    ]
    assert {plain_text.address(text) for text in written} == {"ana@example.org"}
    assert plain_text.address("ana@münchen.example") == "ana@münchen.example"
    assert plain_text.address("no address") == "no address"


@given(st.text(max_size=60))
def test_cleaning_again_changes_nothing(text: str) -> None:
    kinds = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    for clean in (plain_text.line, plain_text.paragraphs):
        kept = clean(text)
        assert clean(kept) == kept == unicodedata.normalize("NFC", kept)
        assert not [c for c in kept if unicodedata.category(c) in kinds and c not in "\n\t\u200c\u200d"]
    assert plain_text.address(plain_text.address(text)) == plain_text.address(text)
    assert plain_text.folded(plain_text.folded(text)) == plain_text.folded(text)


def test_names_sort_as_spanish_and_portuguese_readers_expect() -> None:
    names = ["Álvarez Ana", "álvarez b", "D'Angelo", "Ibanez", "Ibáñez", "João", "Nora", "Núñez", "nz", "Ñuflo", "Oz"]
    shuffled = names[1::2] + names[::2]
    assert sorted(shuffled, key=plain_text.by_name) == names
    assert sorted(["Pérez", "PEREZ", "Perez"], key=plain_text.by_name) == ["PEREZ", "Perez", "Pérez"]


def test_only_names_that_run_backwards_are_isolated() -> None:
    assert plain_text.isolated("Ana Pérez") == "Ana Pérez"
    assert plain_text.isolated("نور") == "\u2068نور\u2069"


def test_search_needs_neither_accents_nor_capitals() -> None:
    assert plain_text.folded("José  MUÑOZ Ávila") == plain_text.folded("jose munoz avila") == "jose munoz avila"
