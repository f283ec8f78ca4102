"""The pure rules of stage, questions, texts and polls, against slow obvious models."""

from hypothesis import given
from hypothesis import strategies as st

from livesessions.room.rules import polls, questions, stage, texts

STAGES = ["scheduled", "open", "live", "hold", "ended"]
ARROWS = {
    ("scheduled", "open", "open"),
    ("open", "go_live", "live"),
    ("live", "hold", "hold"),
    ("hold", "resume", "live"),
    ("open", "end", "ended"),
    ("live", "end", "ended"),
    ("hold", "end", "ended"),
}


@given(st.sampled_from(STAGES), st.sampled_from(["open", "go_live", "hold", "resume", "end"]), st.booleans())
def test_the_stage_follows_the_arrows(now: str, change: str, is_stopped: bool) -> None:
    allowed = (now, change, stage.leads_to(change)) in ARROWS and not (is_stopped and change in {"go_live", "resume"})
    assert (stage.refusal(change, now, is_stopped=is_stopped) is None) == allowed


@given(st.lists(st.sampled_from(["open", "go_live", "hold", "resume", "end"]), max_size=30))
def test_no_path_leads_out_of_the_end_or_live_twice(changes: list[str]) -> None:
    now, seen = "scheduled", ["scheduled"]
    for change in changes:
        if stage.refusal(change, now, is_stopped=False) is None:
            now = stage.leads_to(change)
            seen.append(now)
    assert seen == sorted(seen, key=lambda s: min(STAGES.index(s), 2) if s != "ended" else 9)
    assert seen.count("ended") <= 1 and seen.count("open") <= 1


def test_speaking_up_and_taking() -> None:
    speaking = {s: stage.speaking_refusal(s, is_stopped=False) for s in STAGES}
    assert speaking == {"scheduled": "stage.not_open", "open": None, "live": None, "hold": None, "ended": "stage.ended"}
    assert stage.speaking_refusal("live", is_stopped=True) == "stage.stopped"
    taking = {s: stage.taking_refusal(s) for s in STAGES}
    assert taking == {
        "scheduled": "stage.not_open",
        "open": None,
        "live": None,
        "hold": "stage.hold",
        "ended": "stage.ended",
    }


STATUSES = ["pending", "approved", "taken", "answered", "dismissed", "merged", "withdrawn"]
CHANGES = {
    "withdraw": {"pending", "approved"},
    "approve": {"pending", "dismissed"},
    "dismiss": {"pending"},
    "merge": {"pending", "approved"},
    "assign": {"pending", "approved", "taken"},
    "pin": {"approved", "taken"},
    "take": {"approved"},
    "answer": {"approved", "taken"},
    "vote": {"approved", "taken"},
}


@given(st.sampled_from(list(CHANGES)), st.sampled_from(STATUSES))
def test_what_can_be_done_to_a_question(change: str, status: str) -> None:
    code = questions.refusal(change, status)
    assert (code is None) == (status in CHANGES[change])
    if code:
        named = {"pending": "question.pending", "approved": "question.approved", "taken": "question.taken"}
        assert code == named.get(status, "question.closed")


@given(st.sampled_from(STATUSES), st.sampled_from(STATUSES))
def test_merging_never_hides_what_the_room_sees(source: str, target: str) -> None:
    good = {(s, t) for s in ("pending", "approved") for t in ("approved", "taken")} | {("pending", "pending")}
    assert (questions.merge_refusal(source, target) is None) == ((source, target) in good)


@st.composite
def queues(draw: st.DrawFn) -> list[questions.QueuedQuestion]:
    orders = draw(st.lists(st.integers(1, 99), unique=True, max_size=12))
    statuses = st.sampled_from(["pending", "approved"])
    queue = [questions.QueuedQuestion(n, draw(statuses), draw(st.booleans()), n) for n in orders]
    if queue and draw(st.booleans()):
        queue[0] = questions.QueuedQuestion(queue[0].id, "taken", draw(st.booleans()), queue[0].order)
    return queue


@given(queues())
def test_who_stands_before(queue: list[questions.QueuedQuestion]) -> None:
    def stands_before(a: questions.QueuedQuestion, b: questions.QueuedQuestion) -> bool:
        for first in (
            lambda q: q.status == "taken",
            lambda q: q.status == "approved" and q.is_pinned,
            lambda q: q.status == "approved",
        ):
            if first(a) != first(b):
                return bool(first(a))
        return a.order < b.order

    expected = {b.id: sum(stands_before(a, b) for a in queue) for b in queue}
    assert questions.before(queue) == expected


@given(st.text(max_size=30), st.integers(1, 30))
def test_texts(text: str, limit: int) -> None:
    fault = texts.fault(text, limit=limit)
    if fault is None:
        assert 0 < len(text) <= limit and text.encode() and "\0" not in text
    assert (fault == "too_long") == (len(text) > limit and "\0" not in text)


@given(st.text(alphabet=st.characters(), max_size=30), st.integers(1, 30))
def test_a_clipped_text_can_always_be_kept(text: str, limit: int) -> None:
    assert texts.fault(texts.clip(text, limit=limit), limit=limit) in {None, "empty"}


def test_texts_nobody_can_read_or_keep() -> None:
    assert texts.clean(" a\r\nb\rc\n") == "a\nb\nc"
    assert texts.clean("sano \u202eotrac\u202c\u200b") == "sano otrac"
    for unseen in ("", "\u200b", "\u2060\ufeff", "\u2800", "\u3164 \u00ad", "\u202e"):
        assert texts.fault(unseen, limit=10) == "empty"
    for lost in ("a\0", "\ud83d", "x\udc00y"):
        assert texts.fault(lost, limit=10) == "invalid"
    assert texts.fault("👩🏽‍⚕️", limit=10) is None
    assert texts.clip("\0 ab\ud800 cd", limit=3) == "ab"


def test_polls_need_two_to_eight_different_options() -> None:
    assert polls.are_good(["yes", "no"]) and polls.are_good([str(n) for n in range(8)])
    for options in ([], ["yes"], [str(n) for n in range(9)], ["yes", "yes"], ["yes", ""], ["yes", "n" * 121]):
        assert not polls.are_good(options)
