"""What templates ask of the policies about people."""

from django import template

from accounts import policies

register = template.Library()


@register.simple_tag
def may_plan(person: policies.Visitor | str) -> bool:
    """Whether the person plans; a page without a request has nobody to ask about, and says no."""
    return not isinstance(person, str) and policies.may_plan(person)
