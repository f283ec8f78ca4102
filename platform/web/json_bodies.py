"""What scripts send: JSON of strangers, which may be anything."""

import json
from typing import Any

from django.http import HttpRequest
from django.http.request import UnreadablePostError


def loaded(request: HttpRequest) -> Any:
    """The body as JSON. Raises ValueError for what is none, is nested too deeply, or did not arrive whole."""
    try:
        return json.loads(request.body)
    except (RecursionError, UnreadablePostError) as error:
        raise ValueError("no JSON that can be read") from error
