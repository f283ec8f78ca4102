"""The sentences the viewer's scripts say."""

from django.utils.translation import gettext as _


def presets() -> list[tuple[str, str]]:
    """Windows of a scan, by the names `courses.media.sanitising.windows` gives them."""
    return [
        ("default", _("As recorded")),
        ("soft_tissue", _("Soft tissue")),
        ("lung", _("Lung")),
        ("bone", _("Bone")),
        ("brain", _("Brain")),
    ]


def strings() -> dict[str, str]:
    """By the names static/js/media uses; `{name}` places are filled there."""
    return {
        "used": _("Loaded for this picture: {bytes}"),
        "loading": _("Loading …"),
        "not_loaded": _("It could not be loaded. Try again."),
        "frame_of": _("{number} of {all}"),
        "window": _("Centre {centre}, width {width}"),
        # Marks
        "arrow": _("Arrow"),
        "ellipse": _("Circle"),
        "polygon": _("Outline"),
        "text": _("Words"),
        "choose": _("Choose"),
        "own": _("You"),
        "unsaved": _("Not saved yet"),
        "saving": _("Saving …"),
        "saved": _("Saved {time}"),
        "no_network": _("No connection. Your marks are kept on this device: save them when it is back."),
        "refused": _("Not saved: {reason}"),
        "mine": _("Keep what is drawn here"),
        "theirs": _("Take what was saved in the other window"),
        "at": _("{x} from the left, {y} from the top"),
        "point_set": _("Point {count} set, {at}"),
        "mark_added": _("{kind} drawn"),
        "mark_chosen": _("{kind} {number} of {all} chosen"),
        "mark_gone": _("The mark is gone."),
        "undone": _("The last change is undone."),
        "given_up": _("Given up."),
        "hint_arrow": _("Drag from where the arrow begins to what it points at."),
        "hint_ellipse": _("Drag across what the circle goes around."),
        "hint_polygon": _("Press at each corner; press the first one again to close the outline."),
        "hint_text": _("Press where the words begin."),
        "hint_choose": _("Press a mark to choose it, drag it to move it."),
    }
