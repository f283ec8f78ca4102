"""News of the site itself, for apps above to hear."""

from django.dispatch import Signal

# Sent with `request` and `language` (a code of settings.LANGUAGES) when somebody picks a language.
language_chosen = Signal()
