"""Template tags every page has (built in: no `load` needed)."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from places import zones
from shared import plain_text
from web.amphitheatre import Tier, gathered, people_per_seat, seats
from web.import_map import graph
from web.import_map import import_map as modules
from web.middleware import ZONE_COOKIE

register = template.Library()


@register.simple_tag
def import_map() -> SafeString:
    """The JSON that resolves `#lib/…` to the static files of this release."""
    return mark_safe(json.dumps({"imports": modules()}, separators=(",", ":")))  # noqa: S308 - our own file names


@register.simple_tag(takes_context=True)
def modules_of(context: Context, entry: str) -> SafeString:
    """The import map and the early fetching of a page whose script is `entry` (`room/main.js`), then the script."""
    needed = graph(entry)
    imports = json.dumps({"imports": needed}, separators=(",", ":"))
    early = format_html_join("", '<link rel="modulepreload" href="{}">', ((url,) for url in needed.values()))
    return format_html(
        '<script type="importmap" nonce="{}">{}</script>{}<script type="module" nonce="{}" src="{}"></script>',
        context.get("CSP_NONCE", ""),
        mark_safe(imports),  # noqa: S308 - our own file names
        early,
        context.get("CSP_NONCE", ""),
        static(f"js/{entry}"),
    )


@register.simple_tag
def early_modules(entry: str) -> SafeString:
    """The early fetching of what `entry` (`media/main.js`) imports at once, for a part of a page that has its map."""
    needed = graph(entry, at_once=True).values()
    return format_html_join("", '<link rel="modulepreload" href="{}">', ((url,) for url in needed))


@register.simple_tag
def field(bound: BoundField, **attrs: Any) -> SafeString:
    """A whole form field: label, hint, control with what was typed, errors tied to it for screen readers.

    Further keywords become attributes of the control, `_` for `-`: `{% field form.email autocomplete="email" %}`.
    """
    own = {name.replace("_", "-"): value for name, value in attrs.items()}
    described = [f"{bound.auto_id}_error"] if bound.errors else []
    described += [f"{bound.auto_id}_hint"] if bound.help_text else []
    grouped = bool(bound.field.widget.use_fieldset)
    if described and not grouped:
        own["aria-describedby"] = " ".join(described)
    context = {
        "field": bound,
        "control": bound.as_widget(attrs=own),
        "described": " ".join(described),
        "grouped": grouped,
        "tick": getattr(bound.field.widget, "input_type", "") == "checkbox" and not grouped,
    }
    return render_to_string("components/field.html", context)


@register.filter
def isolated(name: object) -> str:
    """A name inside a sentence; standing alone it is in a `<bdi>`."""
    return plain_text.isolated(str(name))


@register.simple_tag(takes_context=True)
def event_time(context: dict[str, Any], at: datetime, zone: str, ends_at: datetime | None = None) -> SafeString:
    """An instant in the event's zone and, where the viewer's own is known and another, in that too; both named."""
    request: HttpRequest | None = context.get("request")
    own = zones.find(request.COOKIES.get(ZONE_COOKIE, "")) if request else None
    return render_to_string("components/event_time.html", event_times(at, zone, own, ends_at))


def event_times(at: datetime, zone: str, own: ZoneInfo | None, ends_at: datetime | None = None) -> dict[str, Any]:
    """What `components/event_time.html` shows; `there` and `here` are (day, clock, end clock, city)."""

    def told(in_zone: ZoneInfo) -> dict[str, str]:
        start, end = at.astimezone(in_zone), ends_at.astimezone(in_zone) if ends_at else None
        clocks = f"{zones.clock(start)}–{zones.clock(end)}" if end else zones.clock(start)
        return {"day": zones.day(start), "clock": clocks, "city": zones.city(in_zone.key)}

    there = told(ZoneInfo(zone))
    here = told(own) if own and own.key != zone else None
    return {
        "instant": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "ends": ends_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if ends_at else "",
        "zone": zone,
        "there": there,
        "here": here,
        "other_day": bool(here and here["day"] != there["day"]),
    }


@register.inclusion_tag("components/amphitheatre.html")
def amphitheatre(tiers: Sequence[Tier], bare: bool = False) -> dict[str, Any]:
    """The people as seats around the table, and the same as a table; `bare` draws the seats alone."""
    people = {tier.key: tier.people for tier in gathered(tiers)}
    drawn = [(seat, people[seat.tier][seat.occupant] if seat.occupant is not None else None) for seat in seats(tiers)]
    counts = [tier.counts() for tier in tiers]
    registered, present = sum(row[0] for row in counts), sum(row[1] for row in counts)
    return {
        "seats": drawn,
        "rows": [{"label": tier.label, "counts": row} for tier, row in zip(tiers, counts, strict=True)],
        "per": people_per_seat(tiers),
        "named": any(occupant and occupant.href for _, occupant in drawn),
        "summary": ngettext(
            "An amphitheatre: %(present)s of %(registered)s person present",
            "An amphitheatre: %(present)s of %(registered)s people present",
            registered,
        )
        % {"present": present, "registered": registered},
        "bare": bare,
    }
