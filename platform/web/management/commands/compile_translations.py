"""`manage.py compile_translations`: every message catalogue to the form gettext reads, without system packages."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile each LC_MESSAGES/*.po below LOCALE_PATHS to a .mo beside it; refuse one with broken placeholders."

    def handle(self, *args: Any, **options: Any) -> None:
        for root in settings.LOCALE_PATHS:
            for catalogue in sorted(Path(root).glob("*/LC_MESSAGES/*.po")):
                texts = compile_catalogue(catalogue)
                self.stdout.write(f"{catalogue.parent.parent.name}: {texts} texts")


def compile_catalogue(path: Path) -> int:
    """Write the `.mo` beside a `.po`; the number of translated texts. Raises CommandError naming each faulty line."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parent.parent.name, abort_invalid=True)
    faults = [
        f"{path}:{message.lineno}: {error}"
        for message, errors in catalogue.check()
        if not message.fuzzy
        for error in errors
    ]
    if faults:
        raise CommandError("\n".join(faults))
    for message in list(catalogue):
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
        if message.id and not all(forms):
            catalogue.delete(message.id, message.context)  # gettext would show the empty plural
    with path.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)
    path.with_suffix(".mo").chmod(0o644)  # an image is built by another user than runs in it
    return sum(1 for message in catalogue if message.id and not message.fuzzy)
