"""What the error codes of the live room mean, in words people read."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

SENTENCES: "dict[str, _StrOrPromise]" = {
    "forbidden": _("You may not do this here."),
    "chat.empty": _("Write something first."),
    "chat.too_long": _("The message is too long: at most %(limit)s characters."),
    "text.invalid": _("The text has characters that cannot be kept."),
    "message.unknown": _("This message is not in this room."),
    "question.empty": _("Write your question first."),
    "question.too_long": _("The question is too long: at most %(limit)s characters."),
    "question.unknown": _("This question is not in this room."),
    "question.own": _("You cannot vote for your own question."),
    "question.same": _("A question cannot be joined with itself."),
    "question.pending": _("The moderator has not let this question in yet."),
    "question.approved": _("This question is already in the queue."),
    "question.taken": _("This question is being answered now."),
    "question.closed": _("This question is closed."),
    "answer.mode": _("Answer aloud or in writing."),
    "answer.empty": _("Write the answer first."),
    "answer.too_long": _("The answer is too long: at most %(limit)s characters."),
    "reason.empty": _("Give a reason."),
    "reason.too_long": _("The reason is too long: at most %(limit)s characters."),
    "poll.empty": _("Write what the poll asks."),
    "poll.too_long": _("The poll's question is too long: at most %(limit)s characters."),
    "poll.options": _("A poll needs two to eight different short options."),
    "poll.option": _("The poll has no such option."),
    "poll.unknown": _("This poll is not in this room."),
    "poll.closed": _("This poll is closed."),
    "person.unknown": _("This person is not in this room."),
    "person.muted": _("A moderator has taken your right to write here."),
    "stage.not_open": _("The room is not open yet."),
    "stage.ended": _("The session is over."),
    "stage.hold": _("The session is on hold: questions wait."),
    "stage.stopped": _("The broadcast has been stopped."),
    "stage.wrong": _("The room is not at the right stage for this."),
    "stage.not_ready": _("The session cannot go live without a patient's advocate and a moderator in its team."),
    "rate.limited": _("Too many at once. Wait a moment."),
    "cid.conflict": _("This was already sent with other words."),
    "busy": _("The server is busy. It will try again by itself."),
    "internal": _("Something went wrong on the server, and nothing was changed."),
    "unavailable": _("The server cannot keep anything just now. It will try again by itself."),
}
