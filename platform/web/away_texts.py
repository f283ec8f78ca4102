"""What people read while a part of the site is away."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

BUSY, DATABASE, DISK, STORAGE, TABLES = "busy", "database", "disk", "storage", "tables"

TITLE: Final[dict[str, Text]] = {
    BUSY: _("Many people at once"),
    DATABASE: _("A part of the site is away"),
    DISK: _("There is no room for more"),
    STORAGE: _("The file store is away"),
    TABLES: _("The site is being set up"),
}
WHAT: Final[dict[str, Text]] = {
    BUSY: _("More people ask at this moment than can be served at once. Everybody is served, one after the other."),
    DATABASE: _("The database does not answer at this moment. What was saved before is safe."),
    DISK: _("The disk is full: nothing new can be saved until there is room. What was saved before is safe."),
    STORAGE: _("The place where files are kept does not answer at this moment. What was saved before is safe."),
    TABLES: _("Its database is not ready yet for this version of the site. Nothing was lost."),
}
