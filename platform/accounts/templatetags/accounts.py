"""What templates ask about people, and about the mail that reaches them."""

from django import template

from accounts import policies
from jobs import mail, signs

register = template.Library()


@register.simple_tag
def may_plan_somewhere(person: policies.Visitor | str) -> bool:
    """Whether the person plans; a page without a request has nobody to ask about, and says no."""
    return not isinstance(person, str) and policies.may_plan_somewhere(person)


@register.simple_tag
def may_see_people_somewhere(person: policies.Visitor | str) -> bool:
    """Whether there are people for this person to look after."""
    return not isinstance(person, str) and policies.may_see_people_somewhere(person)


@register.simple_tag
def mail_is_away() -> bool:
    """Whether the mail server failed when it was last tried: a page that promises a mail says so."""
    return signs.of(mail.PART).is_ill
