"""What the demonstration's strip needs."""

from django import template
from django.conf import settings

from demo import accounts

register = template.Library()


@register.simple_tag
def demo_links() -> list[tuple[accounts.Account, str]]:
    """Every demo account with its one-click link; none on a site that is no demonstration."""
    if not settings.DEMO:
        return []
    return [(account, accounts.sign_in_path(account.role)) for account in accounts.ACCOUNTS.values()]
