"""The net under all input catches what nobody types, and nothing else: a mistake of ours stays one."""

import pytest
from django.db import DataError
from django.test import RequestFactory

from web import unreadable

ASK = RequestFactory()


@pytest.mark.parametrize(
    "text", ["a\x00b", "9" * 30, "1e999", "nan", "-Infinity", "0000-99-99", "9999-12-31T23:59", "\ud800"]
)
@pytest.mark.parametrize("error", [ValueError(), OverflowError(), RecursionError(), DataError()])
def test_what_nobody_types_is_the_requests_fault(text: str, error: Exception) -> None:
    if "\ud800" in text:  # urlencoded text has no halves of surrogates; JSON may
        request = ASK.post("/", b'{"a": "\\ud800"}', content_type="application/json")
    else:
        request = ASK.post("/", {"name": text})
    answer = unreadable.told(request, error)
    assert answer is not None
    assert answer.status_code == 400


@pytest.mark.parametrize("text", ["Fernando Infante", "2026-11-29T10:00", "+51 999 888 777", "nan kai", "", "1e9"])
def test_what_people_type_is_not(text: str) -> None:
    assert unreadable.told(ASK.post("/", {"name": text}), ValueError()) is None
    assert unreadable.told(ASK.get("/", {"name": text}), ValueError()) is None


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b"\xff", b'{"a": NaN}', b"9" * 5000, b'{"a":' * 70 + b"1" + b"}" * 70]
)
def test_json_of_nobodys(body: bytes) -> None:
    answer = unreadable.told(ASK.post("/", body, content_type="application/json"), ValueError())
    assert answer is not None
    assert answer.status_code == 400
    assert b'"code": "input.unreadable"' in answer.content


def test_other_errors_are_ours() -> None:
    assert unreadable.told(ASK.get("/", {"name": "a\x00b"}), KeyError()) is None
    assert unreadable.told(ASK.get("/", {"name": "a\x00b"}), None) is None
    assert unreadable.told(ASK.post("/", b'{"a": 1}', content_type="application/json"), ValueError()) is None
