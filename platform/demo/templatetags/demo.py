"""What the demonstration's strip needs."""

from django import template
from django.conf import settings

from demo import accounts as demo

register = template.Library()


@register.simple_tag
def demo_links() -> list[tuple[demo.Account, str]]:
    """Every demo account with its one-click link; none on a site that is no demonstration."""
    if not settings.DEMO:
        return []
    return [(account, demo.sign_in_path(account.role)) for account in demo.ACCOUNTS.values()]
