"""The parts most pages begin with, and the one they show instead of an empty list (built in: no `load` needed)."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def crumbs(content: SafeString) -> SafeString:
    """Where one is, from the outside in: a `{% crumb %}` for each step, the last one without an address."""
    return render_to_string("components/crumbs.html", {"steps": content})


@register.simple_tag
def crumb(label: str, to: str = "", *, query: str = "", **parts: Any) -> SafeString:
    """One step: `{% crumb _("Cases") "courses:case-list" %}`, `{% crumb case.code "courses:case-show" case=case.pk %}`.

    `to` is a URL name, `parts` its parts, `query` what follows it; or `to` is an address that begins with `/`. Without
    `to` it is the page one is on.
    """
    if not to:
        return format_html('<li aria-current="page">{}</li>', label)
    address = to if to.startswith("/") else reverse(to, kwargs=parts or None)
    return format_html('<li><a href="{}{}">{}</a></li>', address, query, label)


@register.simple_block_tag
def page_head(
    content: SafeString, title: str, *, eyebrow: str = "", lede: str = "", figures: bool = False
) -> SafeString:
    """The page's one `h1` with the line above it and the paragraph below; what stands inside comes last. `figures`: the
    title is a code, set in tabular figures.
    """
    context = {"title": title, "eyebrow": eyebrow, "lede": lede, "figures": figures, "more": content}
    return render_to_string("components/page_head.html", context)


@register.simple_block_tag
def empty(content: SafeString, text: str, *, drawing: str = "logo") -> SafeString:
    """What will be here, and inside the block the one next step. `drawing`: `logo`, `arcs` or nothing."""
    return render_to_string("components/empty.html", {"text": text, "next": content, "drawing": drawing})
