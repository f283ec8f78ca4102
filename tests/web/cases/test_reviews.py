"""A review from the queue to the closed loop, as people click it; what they typed is still there after a refusal."""

import json
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from courses.cases.actions.notices import tell
from courses.cases.models import Case, CaseReview, NoticeKind, Remark
from shared.clock import now
from tests import case_cast, case_factories
from tests.case_cast import Cast

pytestmark = pytest.mark.django_db

NAMED = "Call María Quispe Huamán, DNI 45678912."


@pytest.fixture
def cast() -> Cast:
    """The case waits, and nobody has it."""
    found = case_cast.cast(status="waiting")
    found.review.delete()
    return found


def at(name: str, cast: Cast, **more: str) -> str:
    return reverse(f"courses:{name}", kwargs={"case": cast.case.public_id} | more)


def typed(revision: int = 0, *items: tuple[str, str], **fields: Any) -> dict[str, Any]:
    """A review's form as a browser sends it."""
    rows = {
        f"items-{n}-{name}": value
        for n, item in enumerate(items)
        for name, value in zip(("text", "strength"), item, strict=True)
    }
    frame = {"items-TOTAL_FORMS": len(items), "items-INITIAL_FORMS": 0, "revision": revision}
    return {"summary": "", "referral": "", "referral_where": "", "learning_points": ""} | frame | rows | fields


def form_of(answer: Any, name: str = "discussion") -> dict[str, str]:
    """The hidden fields of the form to write a comment, as the page holds them."""
    form = answer.context[name]["question" if name == "question" else "comment"]
    return {"key": str(form["key"].value()), "kind": form["kind"].value(), "parent": ""}


def taken(cast: Cast) -> tuple[Client, CaseReview, str]:
    """The reviewer took the case: their browser, the review and its page."""
    mentor = cast.browser("reviewer")
    mentor.post(at("review-take", cast))
    review = CaseReview.objects.get(case=cast.case)
    return mentor, review, at("review-write", cast, review=review.public_id)


def test_from_the_queue_to_the_closed_loop(cast: Cast) -> None:
    mentor, author, boss = cast.browser("reviewer"), cast.browser("author"), cast.browser("coordinator")
    assert cast.case.code in mentor.get(reverse("courses:queue-show")).content.decode()
    assert "Take this case" in mentor.get(at("case-show", cast)).content.decode()
    answer = mentor.post(at("review-take", cast))
    review = CaseReview.objects.get(case=cast.case)
    page = at("review-write", cast, review=review.public_id)
    assert answer.headers["Location"] == page

    question = mentor.get(page).context["discussion"]["question"]
    asked = {"key": str(question["key"].value()), "kind": "clarifying", "text": "Is there bile?", "back": "review"}
    assert mentor.post(at("discussion-show", cast), asked).headers["Location"] == page
    shown = author.get(at("case-show", cast))
    assert "Waits for an answer" in shown.content.decode()
    [(thread, reply)] = shown.context["discussion"]["threads"]
    answered = {"key": str(reply["key"].value()), "parent": thread.first.public_id, "text": "None so far."}
    author.post(at("discussion-show", cast), answered)

    written = typed(
        0,
        ("Reduce the silo every day.", "strong"),
        ("Close early.", "against"),
        summary="A newborn with gastroschisis. Which closure?",
        referral="not_needed",
        learning_points="Keep it warm.\r\nKeep it wet.",
    )
    ask = at("review-ask-summary", cast, review=review.public_id)
    assert mentor.post(ask, written).headers["Location"] == page
    shown = author.get(at("case-show", cast))
    assert "A newborn with gastroschisis. Which closure?" in shown.content.decode()
    assert "Reduce the silo every day." not in shown.content.decode()
    [waiting] = shown.context["reviews"]["to_confirm"]
    confirm = at("review-confirm-summary", cast, review=review.public_id)
    author.post(confirm, {"asked": waiting.summary_asked_at.isoformat()})

    approve = at("review-approve", cast, review=review.public_id)
    done = mentor.post(approve, written | {"revision": 1})
    assert done.headers["Location"] == at("case-show", cast) + f"#review-{review.public_id}"
    html = author.get(at("case-show", cast)).content.decode()
    for text in (
        "Reduce the silo every day.",
        "Do not do this",
        "Keep it warm.",
        "Can be treated where the patient is",
    ):
        assert text in html
    say = at("recommendation-done", cast, recommendation=review.recommendations.all()[0].public_id)
    assert say in html
    assert say not in mentor.get(at("case-show", cast)).content.decode()
    author.post(say, {"done": "no", "why": "The silo was gone."})
    assert "The silo was gone." in boss.get(at("case-show", cast)).content.decode()
    subjects = [message.subject.replace(cast.case.code, "…") for message in mail.outbox]
    assert subjects == [
        "A mentor asks about case …",
        "Your question about case … was answered",
        "A mentor asks about case …",
        "A mentor answered case …",
    ]


def test_the_coordinator_gives_it_to_whom_has_least_in_hand(cast: Cast) -> None:
    boss = cast.browser("coordinator")
    busy = case_factories.review(
        case=case_factories.case(course=cast.course, status="assigned"), mentor=cast.people["reviewer"]
    )
    withdrawn = case_factories.case(course=cast.course, status="withdrawn")
    case_factories.review(case=withdrawn, mentor=cast.people["mentor"])
    offered = boss.get(at("case-show", cast)).context["reviews"]["candidates"]
    assert [(one.person, one.at_work) for one in offered] == [(cast.people["mentor"], 0), (busy.mentor, 1)]
    answer = boss.post(at("review-assign", cast), {"mentor": cast.people["mentor"].public_id})
    assert answer.headers["Location"] == at("case-show", cast) + "#reviews"
    assert CaseReview.objects.get(case=cast.case).mentor == cast.people["mentor"]
    assert [message.to for message in mail.outbox] == [[cast.people["mentor"].email]]
    for unfit in ("", "nobody", cast.people["other_mentor"].public_id, cast.people["author"].public_id):
        page = boss.post(at("review-assign", cast), {"mentor": unfit}, follow=True).content.decode()
        assert "Choose a mentor of the course" in page
    assert CaseReview.objects.filter(case=cast.case).count() == 1


def save(mentor: Client, page: str, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = mentor.post(page, data, headers={"Accept": "application/json"})
    return answer.status_code, json.loads(answer.content)


def test_a_script_saves_what_is_typed(cast: Cast) -> None:
    mentor, review, page = taken(cast)
    words = typed(0, ("Reduce the silo.", "strong"), ("", "strong"), summary="A newborn.")
    status, told = save(mentor, page, words)
    assert (status, told["revision"]) == (200, 1)
    assert save(mentor, page, words)[1]["revision"] == 1
    status, told = save(mentor, page, words | {"revision": 1, "learning_points": "Warm."})
    assert (status, told["revision"]) == (200, 2)
    assert list(review.recommendations.values_list("text", flat=True)) == ["Reduce the silo."]
    status, told = save(mentor, page, words | {"summary": "Another window."})
    assert (status, told["code"], told["revision"]) == (409, "review.conflict", 2)
    status, told = save(mentor, page, words | {"revision": 2, "summary": "x" * 601})
    assert (status, told["code"], told["field"]) == (422, "review.too_long", "summary")
    assert save(mentor, page, {"summary": "x"})[1]["code"] == "review.malformed"
    review.refresh_from_db()
    assert (review.summary, review.learning_points) == ("A newborn.", "Warm.")
    answer = Client().post(page, words, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in.needed")


def test_two_windows_lose_nothing(cast: Cast) -> None:
    mentor, review, page = taken(cast)
    mentor.post(page, typed(0, ("The first window.", "strong"), summary="First."))
    other = typed(0, ("The second window.", "conditional"), summary="Second.", learning_points="Wet.")
    html = mentor.post(page, other).content.decode()
    for text in ("saved in another window", "The first window.", "The second window.", "Second.", "Wet."):
        assert text in html
    assert 'name="revision" value="1"' in html
    mentor.post(page, other | {"revision": 1})
    assert list(review.recommendations.values_list("text", flat=True)) == ["The second window."]


def test_a_refused_approval_keeps_every_word(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(urgency="day")
    mentor, review, page = taken(cast)
    approve = at("review-approve", cast, review=review.public_id)
    html = mentor.post(approve, typed(0, summary="A newborn.", learning_points="Wet.")).content.decode()
    assert "Write at least one recommendation." in html
    named = typed(1, (NAMED, "strong"), summary="A newborn.")
    html = mentor.post(approve, named).content.decode()
    assert "This may name somebody" in html
    assert "Call María Quispe Huamán" in html
    assert 'name="is_cleared"' in html
    assert mentor.post(approve, named | {"revision": 2, "is_cleared": "on"}).status_code == 302
    review.refresh_from_db()
    assert review.status == "approved"
    assert mentor.get(page).status_code == 302
    assert save(mentor, page, named)[0] == 409


def test_given_back_and_sent_back_with_a_reason(cast: Cast) -> None:
    mentor, review, _page = taken(cast)
    for name, field in (("review-return", "reason"), ("review-send-back", "missing")):
        address = at(name, cast, review=review.public_id)
        assert 'class="field field-wrong"' in mentor.post(address, {field: " "}).content.decode()
        assert "Call María Quispe Huamán" in mentor.post(address, {field: NAMED}).content.decode()
    send_back = at("review-send-back", cast, review=review.public_id)
    mentor.post(send_back, {"missing": "The weight."})
    assert "The weight." in cast.browser("author").get(at("case-show", cast)).content.decode()
    assert mentor.post(send_back, {"missing": "The weight."}).status_code == 302
    back = at("review-return", cast, review=review.public_id)
    assert mentor.post(back, {"reason": "I travel."}).status_code == 302
    assert mentor.post(back, {"reason": "I travel."}).status_code == 302
    review.refresh_from_db()
    assert review.status == "handed_over"


def test_the_author_says_what_is_not_so(cast: Cast) -> None:
    mentor, review, _page = taken(cast)
    mentor.post(at("review-ask-summary", cast, review=review.public_id), typed(0, summary="A boy of two."))
    author, page = cast.browser("author"), at("review-confirm-summary", cast, review=review.public_id)
    key = str(author.get(page).context["form"]["key"].value())
    assert NAMED in author.post(page, {"key": key, "text": NAMED}).content.decode().replace("&#x27;", "'")
    assert "Write something first." in author.post(page, {"key": key, "text": ""}).content.decode()
    for _ in range(2):
        author.post(page, {"key": key, "text": "She is a girl, newborn."})
    assert Remark.objects.get().text == "She is a girl, newborn."
    assert mail.outbox[-1].to == [cast.people["reviewer"].email]
    stale = author.post(page, {"asked": "2026-01-01T00:00:00+00:00"}).content.decode()
    assert "has changed the summary" in stale


def test_remarks_work_with_and_without_htmx(cast: Cast) -> None:
    author = cast.browser("author")
    page, target = author.get(at("case-show", cast)), at("discussion-show", cast)
    words = form_of(page) | {"text": "The mother asks when."}
    assert author.post(target, words).headers["Location"].startswith(at("case-show", cast) + "#remark-")
    refused = author.post(target, form_of(page) | {"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11", "text": NAMED})
    assert refused.templates[0].name == "cases/discussion.html"
    assert NAMED in refused.content.decode()
    part = author.post(
        target,
        form_of(page) | {"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a12", "text": "And the father?"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "And the father?" in part
    assert "autofocus" in part
    assert "<html" not in part
    part = author.post(
        target, words | {"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a13", "text": ""}, headers={"HX-Request": "true"}
    )
    assert "Write something first." in part.content.decode()
    assert Remark.objects.count() == 2
    wrong = author.post(target, words | {"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a14", "parent": "nowhere"})
    assert wrong.status_code == 404


def test_the_preference_is_kept_and_what_was_told_is_listed(cast: Cast) -> None:
    boss = cast.browser("coordinator")
    boss.post(at("review-assign", cast), {"mentor": cast.people["mentor"].public_id})
    mentor, page = cast.browser("mentor"), reverse("courses:notice-preferences")
    assert f"Case {cast.case.code} was given to you" in mentor.get(page).content.decode()
    assert mentor.post(page, {"rhythm": "daily"}).headers["Location"] == page
    person = Person.objects.select_related("notice_preference").get(pk=cast.people["mentor"].pk)
    assert person.notice_preference.rhythm == "daily"
    assert mentor.post(page, {"rhythm": "hourly"}).status_code == 200
    person.notice_preference.refresh_from_db()
    assert person.notice_preference.rhythm == "daily"


@pytest.mark.parametrize("number", [1, 3])
def test_the_mentors_page_costs_the_same_for_one_and_for_three(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mentor, review, page = taken(cast)
    mentor.post(page, typed(0, *[("Reduce it.", "strong")] * number, summary="A newborn."))
    for _ in range(number):
        first = case_factories.remark(case=cast.case, author=review.mentor, kind="clarifying")
        case_factories.remark(case=cast.case, parent=first, kind="answer")
    # browser session, person, case, standings (3), review, items, discussion, obstacle (2: questions, items)
    with django_assert_num_queries(11):
        mentor.get(page)


@pytest.mark.parametrize("number", [1, 3])
def test_the_discussion_costs_the_same_for_one_and_for_three(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author = cast.browser("author")
    for _ in range(number):
        case_factories.remark(case=cast.case, parent=case_factories.remark(case=cast.case))
    with django_assert_num_queries(7):  # browser session, person, case, standings (3), discussion
        author.get(at("discussion-show", cast))


@pytest.mark.parametrize("number", [1, 3])
def test_what_was_told_costs_the_same_for_one_and_for_three(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        case = case_factories.case()
        tell(people=[cast.people["author"]], case=case, kind=NoticeKind.APPROVED, at=now())
    author = cast.browser("author")
    with django_assert_num_queries(4):  # browser session, person, preference, notices
        author.get(reverse("courses:notice-preferences"))
