"""The sentences the scripts of cases say."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.script_texts import Texts, forms


def draft_texts() -> Texts:
    """Of the form and of the list, where drafts wait on the device."""
    return {
        "draft.saved": _("Saved %(time)s"),
        "draft.saving": _("Saving …"),
        "draft.waiting": forms(
            lambda n: ngettext(
                "Kept on this device: %(count)s answer waits for the network.",
                "Kept on this device: %(count)s answers wait for the network.",
                n,
            )
        ),
        "draft.unsaved": _("This device keeps nothing: stay on this page until the network is back."),
        "draft.signed_out": _("You were signed out. What you typed is kept on this device."),
        "draft.refused": _("The server did not take this: %(reason)s What you typed is kept on this device."),
        "draft.elsewhere": _("Changed on another device: this is the newer answer."),
        "draft.needs_network": _("The check needs the network. Your answers are kept and will be sent."),
        "draft.wrong": _("One answer needs another look before it can be kept."),
        "draft.untitled": _("A draft without a question yet"),
    }


def review_texts() -> Texts:
    """Of a review that is saved as it is typed."""
    return {
        "review.saving": _("Saving…"),
        "review.saved": _("Saved at %(time)s"),
        "review.late": _("Not saved yet: the server does not answer. It is tried again as you type."),
    }


def consent_texts() -> Texts:
    """Of the signed sheet, which stays on the device."""
    return {
        "consent.fingerprint": _("Fingerprint %(hash)s … is written down when you save."),
        "consent.unreadable": _("This file could not be read."),
    }
