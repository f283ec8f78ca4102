"""What courses does when Django has news."""

from typing import Any

from django.apps import apps as present

from courses.logbook.actions import catalogues


def load_catalogues(using: str, apps: Any = present, **kwargs: Any) -> None:
    """The tables were made, or emptied: bring instruments and procedures back. Nothing while there are no tables."""
    try:
        instrument, procedure = apps.get_model("logbook", "Instrument"), apps.get_model("logbook", "Procedure")
    except LookupError:
        return
    catalogues.load_instruments(instrument, using)
    catalogues.load_procedures(procedure, using)
