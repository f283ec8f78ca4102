"""The reference client: applies an entry to a snapshot in the slow obvious way. For tests only."""

import json
from copy import deepcopy
from typing import Any

State = dict[str, Any]
CHAT_KEPT = 200


def fold(state: State, wires: list[str]) -> State:
    """The snapshot after these entries (JSON, in order of commit). `state["desk"]` is the desk's part."""
    state = deepcopy(state)
    for wire in wires:
        entry = json.loads(wire)
        FOLDS[entry["kind"]](state, entry, entry["d"])
    return state


def _listed(state: State, question: str) -> State:
    return next(q for q in state["questions"] if q["id"] == question)


def _without(items: list[State], key: str) -> list[State]:
    return [item for item in items if item["id"] != key]


def _chat_posted(state: State, entry: State, d: State) -> None:
    state["chat"] = [*state["chat"], entry][-CHAT_KEPT:]


def _chat_hidden(state: State, entry: State, d: State) -> None:
    for message in state["chat"]:
        if message["seq"] == d["seq"]:
            message["d"] = {"id": d["id"], "text": "", "hidden": True}


def _asked(state: State, entry: State, d: State) -> None:
    state["desk"]["questions"].append(d)


def _approved(state: State, entry: State, d: State) -> None:
    state["desk"]["questions"] = _without(state["desk"]["questions"], d["id"])
    state["questions"].append(d)


def _dismissed(state: State, entry: State, d: State) -> None:
    for question in state["desk"]["questions"]:
        if question["id"] == d["id"]:
            question |= {"status": "dismissed", "reason": d["reason"]}


def _gone(state: State, entry: State, d: State) -> None:
    state["questions"] = _without(state["questions"], d["id"])
    state["desk"]["questions"] = _without(state["desk"]["questions"], d["id"])
    state["desk"]["assigned"].pop(d["id"], None)


def _assigned(state: State, entry: State, d: State) -> None:
    state["desk"]["assigned"].pop(d["id"], None)
    if d["to"]:
        state["desk"]["assigned"][d["id"]] = d["to"]


def _pinned(state: State, entry: State, d: State) -> None:
    _listed(state, d["id"])["pinned"] = d["pinned"]


def _taken(state: State, entry: State, d: State) -> None:
    for question in state["questions"]:
        if question["status"] == "taken":
            question |= {"status": "approved", "taken_at": None}
    _listed(state, d["id"]).update(status="taken", taken_at=d["taken_at"])


def _answered(state: State, entry: State, d: State) -> None:
    _listed(state, d["id"]).update(status="answered", answer=d["answer"], closed_at=d["closed_at"])


def _poll_opened(state: State, entry: State, d: State) -> None:
    state["polls"].append(d)


def _poll_closed(state: State, entry: State, d: State) -> None:
    next(poll for poll in state["polls"] if poll["id"] == d["id"]).update(
        results=d["results"], closed_at=d["closed_at"]
    )


def _restricted(state: State, d: State, part: str, verb: str) -> None:
    state["desk"][part] = _without(state["desk"][part], d["person"]["id"])
    if d[verb]:
        state["desk"][part].append(d["person"])


def _moved(state: State, entry: State, d: State) -> None:
    state.update(starts_at=d["starts_at"], planned_end_at=d["planned_end_at"])
    state["desk"]["overdue"] = False


FOLDS = {
    "chat.posted": _chat_posted,
    "chat.hidden": _chat_hidden,
    "question.asked": _asked,
    "question.approved": _approved,
    "question.dismissed": _dismissed,
    "question.merged": _gone,
    "question.withdrawn": _gone,
    "question.assigned": _assigned,
    "question.pinned": _pinned,
    "question.taken": _taken,
    "question.answered": _answered,
    "poll.opened": _poll_opened,
    "poll.closed": _poll_closed,
    "person.muted": lambda state, entry, d: _restricted(state, d, "muted", "muted"),
    "person.banned": lambda state, entry, d: _restricted(state, d, "banned", "banned"),
    "stage.changed": lambda state, entry, d: state.update(stage=d["stage"], live_at=d["live_at"]),
    "stage.overdue": lambda state, entry, d: state["desk"].update(overdue=True),
    "session.moved": _moved,
    "safety.stopped": lambda state, entry, d: state.update(stopped=True),
    "safety.cleared": lambda state, entry, d: state.update(stopped=False),
}
