"""How a page keeps a draft, and where a case's pages are."""

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from courses.cases.models import Case


def send(client: Client, key: object, fields: dict[str, Any], base: int = 0, **more: Any) -> Any:
    """The answer to these answers of the form, as its script sends them."""
    address = reverse("courses:case-save", kwargs={"key": key})
    body = {"fields": fields, "base": base} | more
    return client.post(
        address, json.dumps(body), content_type="application/json", headers={"Accept": "application/json"}
    )


def page(case: Case, name: str) -> str:
    """The address of this page of the case."""
    return reverse(f"courses:{name}", kwargs={"case": case.public_id})
