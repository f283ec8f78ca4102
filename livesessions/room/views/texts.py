"""The sentences the scripts of the room's pages say, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shared.errors import DomainError
from web import refusals
from web.script_texts import Texts, forms

_ROOM = ("chat", "question", "answer", "reason", "poll", "person", "stage", "rate", "cid", "text", "message")
_ALONE = {"forbidden", "busy", "internal", "unavailable"}


def texts() -> Texts:
    """By name. A refused command's code is the name of what it means."""
    parts = (_connection(), _stages(), _writing(), _questions(), _own_questions(), _polls(), _desk())
    return {**_errors(), **{name: text for part in parts for name, text in part.items()}}


def _errors() -> Texts:
    known = (code for code in refusals.codes() if code.split(".")[0] in _ROOM or code in _ALONE)
    return {code: refusals.sentence(DomainError(code)) for code in sorted(known)}


def _connection() -> Texts:
    return {
        "strip.delay": _("%(ms)s ms"),
        "status.connecting": _("Connecting to the room …"),
        "status.back": _("Coming back to the room …"),
        "status.open": _("You are in the room."),
        "status.polling": _("You are in the room, by the slow way: this network blocks the fast one."),
        "status.lost": _("No connection. It comes back by itself; nothing is lost."),
        "status.closed": _("This page is no longer connected."),
        "status.waiting": forms(
            lambda n: ngettext(
                "%(count)s entry is waiting for the network.", "%(count)s entries are waiting for the network.", n
            )
        ),
        "status.sending": forms(lambda n: ngettext("Sending %(count)s entry …", "Sending %(count)s entries …", n)),
        "status.failed": forms(
            lambda n: ngettext(
                "%(count)s entry could not be sent. It is kept here.",
                "%(count)s entries could not be sent. They are kept here.",
                n,
            )
        ),
        "status.muted": _("A moderator has taken your right to write here. You can still read and vote."),
        "mark.sent": _("Sent"),
        "mark.waiting": _("Waiting for the server"),
        "mark.failed": _("Not sent"),
        "outbox.parked": _("Could not be sent: the connection broke twice on it."),
        "connection.lost": _("The connection broke."),
        "close.4501": _("You are no longer signed in. Open your personal link again."),
        "close.4503": _("Your place in this room was taken back. Nothing more is shown here."),
        "close.4504": _("This room is open in too many windows. Close some and load this page again."),
        "close.4505": _("This page is older than the server. Load it again."),
        "close.4506": _("The session is over."),
        "close.4508": _("You opened the room on another device. Your place is there now."),
        "close.other": _("Something is wrong with this page. Load it again."),
        "check.good": _("A good connection: everything will work."),
        "check.fair": _("A slow connection: questions and chat will work well, with a short wait."),
        "check.poor": _("A weak connection: what you write may take a while, but it will arrive."),
        "check.figures": _("%(ms)s ms there and back, %(late)s of %(count)s late or lost"),
        "check.running": _("Checking …"),
        "check.offline": _("No connection yet. Try again in a moment."),
    }


def _stages() -> Texts:
    return {
        "stage.scheduled": _("Not open yet"),
        "stage.open": _("Lobby open"),
        "stage.live": _("Live"),
        "stage.hold": _("On hold"),
        "stage.ended": _("Over"),
        "stage.stopped": pgettext("the broadcast", "Stopped"),
        "channel.or": _("Operating room"),
        "channel.auditorium": _("Auditorium"),
        "channel.remote": _("Remote"),
        "lobby.in": _("Starts in %(time)s"),
        "lobby.soon": _("It starts any moment now."),
        "lobby.moved": _("The start has moved: %(time)s"),
        "people.here": forms(lambda n: ngettext("%(count)s person here", "%(count)s people here", n)),
        "people.hands": forms(lambda n: ngettext("%(count)s hand raised", "%(count)s hands raised", n)),
        "hand.raise": _("Raise your hand"),
        "hand.up": _("Your hand is up; press to lower it"),
    }


def _writing() -> Texts:
    return {
        "composer.question": _("Your question"),
        "composer.chat": _("Write to everybody"),
        "composer.muted": _("You may not write here now"),
        "composer.send_question": _("Ask"),
        "composer.send_chat": _("Send"),
        "composer.left": forms(lambda n: ngettext("%(count)s character left", "%(count)s characters left", n)),
        "chat.new": forms(lambda n: ngettext("%(count)s new message", "%(count)s new messages", n)),
        "chat.hidden": _("A moderator has hidden this message."),
    }


def _questions() -> Texts:
    return {
        "question.new": forms(lambda n: ngettext("%(count)s new question", "%(count)s new questions", n)),
        "question.votes": forms(lambda n: ngettext("%(count)s vote. Vote for it.", "%(count)s votes. Vote for it.", n)),
        "question.voted": forms(
            lambda n: ngettext(
                "%(count)s vote, yours among them. Take it back.", "%(count)s votes, yours among them. Take it back.", n
            )
        ),
        "question.taken_now": _("Being answered now"),
        "question.pinned": _("Pinned by the moderator"),
        "question.gone": _("Joined with another, or taken back"),
        "question.by": _("%(name)s, %(place)s"),
        "asked": forms(lambda n: ngettext("%(count)s min ago", "%(count)s min ago", n)),
        "asked_now": _("just now"),
        "answered.aloud": _("Answered aloud by %(name)s"),
        "answered.text": _("Answered in writing by %(name)s"),
    }


def _own_questions() -> Texts:
    return {
        "own.asked": forms(
            lambda n: ngettext("You asked %(count)s minute ago.", "You asked %(count)s minutes ago.", n)
        ),
        "own.asked_now": _("You asked just now."),
        "own.waiting": _("On its way to the moderator."),
        "own.pending": _("The moderator is reading it."),
        "own.next": _("Yours is the next one."),
        "own.before": forms(
            lambda n: ngettext("%(count)s question is before yours.", "%(count)s questions are before yours.", n)
        ),
        "own.taken": _("It is being answered now."),
        "own.answered_aloud": _("It was answered aloud."),
        "own.answered_text": _("It was answered in writing:"),
        "own.answered": _("It was answered."),
        "own.dismissed": _("It was not taken this time."),
        "own.merged": _("It was joined with another question that asks the same."),
        "own.withdrawn": "",
    }


def _polls() -> Texts:
    return {
        "poll.votes": forms(lambda n: ngettext("%(count)s vote", "%(count)s votes", n)),
        "poll.over": forms(lambda n: ngettext("Closed with %(count)s vote", "Closed with %(count)s votes", n)),
        "poll.share": _("%(count)s (%(share)s%%)"),
    }


def _desk() -> Texts:
    return {
        "desk.waits": forms(lambda n: ngettext("waiting %(count)s min", "waiting %(count)s min", n)),
        "desk.waits_now": _("just asked"),
        "desk.selected": forms(lambda n: ngettext("%(count)s question selected", "%(count)s questions selected", n)),
        "desk.merge_into": _("Join with: %(text)s"),
        "desk.assigned": _("For %(name)s"),
        "desk.done": _("Done."),
        "desk.votes": forms(lambda n: ngettext("%(count)s vote", "%(count)s votes", n)),
        "desk.muted": _("muted"),
        "desk.banned": _("banned"),
        "wall.left": forms(lambda n: ngettext("%(count)s more question waits", "%(count)s more questions wait", n)),
        "wall.asked_by": _("%(name)s, %(place)s"),
        "wall.connected": _("Connected"),
        "wall.lost": _("No connection. It comes back by itself."),
    }
