"""What a remark may be: how long, of which kind, under which other one."""

from typing import Final

TEXT_LIMIT: Final = 4_000  # characters


def problem(text: str) -> str:
    """The error code of a text that cannot be a remark; empty for one that can. It is judged without outer space."""
    if not text.strip():
        return "remark.empty"
    return "remark.too_long" if len(text.strip()) > TEXT_LIMIT else ""


def kind_of_reply(parent_kind: str, *, is_case_author: bool) -> str:
    """A reply of the case's author to a clarifying question answers it; every other reply is a comment."""
    return "answer" if parent_kind == "clarifying" and is_case_author else "comment"
