"""The sentences the scripts of pictures say: where they are sent, edited and looked at."""

from django.utils.translation import gettext as _

from web.script_texts import Texts


def presets() -> list[tuple[str, str]]:
    """Windows of a scan, by the names `courses.media.sanitising.windows` gives them."""
    return [
        ("default", _("As recorded")),
        ("soft_tissue", _("Soft tissue")),
        ("lung", _("Lung")),
        ("bone", _("Bone")),
        ("brain", _("Brain")),
    ]


def viewer_texts() -> Texts:
    """Of the page of one medium, and of the marks on it."""
    return {
        "viewer.used": _("Loaded for this picture: %(bytes)s"),
        "viewer.loading": _("Loading …"),
        "viewer.not_loaded": _("It could not be loaded. Try again."),
        "viewer.frame": _("%(number)s of %(all)s"),
        "viewer.window": _("Centre %(centre)s, width %(width)s"),
        "marks.arrow": _("Arrow"),
        "marks.ellipse": _("Circle"),
        "marks.polygon": _("Outline"),
        "marks.text": _("Words"),
        "marks.own": _("You"),
        "marks.unsaved": _("Not saved yet"),
        "marks.saving": _("Saving …"),
        "marks.saved": _("Saved %(time)s"),
        "marks.no_network": _("No connection. Your marks are kept on this device: save them when it is back."),
        "marks.refused": _("Not saved: %(reason)s"),
        "marks.at": _("%(x)s from the left, %(y)s from the top"),
        "marks.point_set": _("Point %(count)s set, %(at)s"),
        "marks.added": _("%(kind)s drawn"),
        "marks.chosen": _("%(kind)s %(number)s of %(all)s chosen"),
        "marks.gone": _("The mark is gone."),
        "marks.undone": _("The last change is undone."),
        "marks.given_up": _("Given up."),
        "marks.hint_arrow": _("Drag from where the arrow begins to what it points at."),
        "marks.hint_ellipse": _("Drag across what the circle goes around."),
        "marks.hint_polygon": _("Press at each corner; press the first one again to close the outline."),
        "marks.hint_text": _("Press where the words begin."),
        "marks.hint_choose": _("Press a mark to choose it, drag it to move it."),
    }


def upload_texts() -> Texts:
    """Of files on their way, and of the editor a photo goes through."""
    return {
        "upload.waiting": _("Waits for the file before it"),
        "upload.sending": _("On its way"),
        "upload.paused": _("Paused"),
        "upload.lost": _("No connection. It is kept on this device and goes on by itself."),
        "upload.sign_in": _("You were signed out. It is kept on this device."),
        "upload.refused": _("Not taken"),
        "upload.cleaning": _("Arrived. It is being cleaned …"),
        "upload.ready": _("Cleaned and added"),
        "upload.bytes": _("%(sent)s of %(all)s"),
        "upload.pause": _("Pause"),
        "upload.go_on": _("Go on"),
        "upload.nth": _("%(n)s of %(all)s"),
        "upload.unreadable": _(
            "This browser cannot open the photo. Choose “most compatible” in the camera's settings, or another file."
        ),
        "upload.device_full": _(
            "This device is full: nothing could be kept. Free some space and choose the file again."
        ),
        "editor.frame": _("Frame"),
        "editor.box": _("Black box %(number)s"),
        "editor.box_removed": _("The box is gone."),
        "editor.undone": _("The last change is undone."),
        "editor.where": _("%(x)s from the left, %(y)s from the top, %(w)s wide, %(h)s high"),
        "editor.weight_before": _("Before: %(before)s"),
        "editor.weight": _("Before: %(before)s · What is sent: %(after)s, %(width)s × %(height)s pixels"),
    }
