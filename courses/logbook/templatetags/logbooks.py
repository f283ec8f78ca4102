"""Titles that are kept by language."""

from collections.abc import Mapping

from django import template

from courses.logbook.queries import logbooks

register = template.Library()


@register.filter
def told(titles: Mapping[str, str]) -> str:
    """`{{ procedure.titles|told }}`: in the reader's language."""
    return logbooks.told(titles)
