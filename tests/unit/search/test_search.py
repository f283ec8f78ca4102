"""Search: what is found, by whom, in which language."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person
from courses.cases import events
from courses.cases.models import Case, CaseStatus, ReviewStatus, Strength
from courses.cases.policies.cases import may_see_case
from courses.cases.queries import visible_cases
from courses.search import actions, queries, rules
from courses.search.models import SearchText
from shared.clock import now
from tests import case_cast, case_factories, factories
from web.bus import announce


def found(person: Person, question: str, page: int = 1) -> list[str]:
    return [hit.case.code for hit in queries.find(person=person, question=question, on=now().date(), page=page).hits]


def indexed(**fields: object) -> Case:
    case = case_factories.case(**fields)
    actions.index(case.public_id)
    return case


@given(st.text())
def test_folding_is_done_once(text: str) -> None:
    assert rules.fold(rules.fold(text)) == rules.fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.sampled_from(sorted(rules.LANGUAGES)))
def test_a_text_has_as_many_stems_as_words(text: str, language: str) -> None:
    assert len(rules.stems(text, language)) == len(rules.words(text))


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("es", "Obstrucción intestinal por áscaris", "obstruccion"),
        ("es", "Quemaduras de segundo grado", "quemadura"),
        ("pt", "Fissura palatina com infecções", "infecção"),
        ("pt", "Operação de Kasai", "OPERACAO"),
        ("en", "Intestinal malrotations", "malrotation"),
        ("es", "Vólvulo del intestino", "volv"),
        ("es", "Apendicitis aguda K35.8", "K35.8"),
    ],
)
@pytest.mark.django_db
def test_accents_endings_and_half_words(language: str, written: str, asked: str) -> None:
    case, other = indexed(language=language, diagnosis=written), indexed(language=language, diagnosis="Hidrocele")
    coordinator = factories.coordinator()
    assert found(coordinator, asked) == [case.code]
    assert other.code not in found(coordinator, asked)


@pytest.mark.django_db
def test_every_word_must_stand_there() -> None:
    both = indexed(diagnosis="Atresia of the oesophagus", history="With a fistula")
    indexed(diagnosis="Atresia of the duodenum", history="Double bubble")
    assert found(factories.coordinator(), "atresia fistula") == [both.code]


@pytest.mark.django_db
def test_the_title_counts_for_more() -> None:
    aside = indexed(diagnosis="Hernia", history="No gastroschisis was seen, only a hernia of the cord, long text here.")
    about = indexed(diagnosis="Gastroschisis", history="Bowel outside.")
    assert found(factories.coordinator(), "gastroschisis") == [about.code, aside.code]


@pytest.mark.parametrize("question", ["", "   ", '"', "' OR 1=1 --", "NEAR(zz", "zz*b:c", "%", ")(", "\\", "é" * 300])
@pytest.mark.django_db
def test_a_question_is_words_and_nothing_else(question: str) -> None:
    indexed()
    assert found(factories.coordinator(), question) == []


@pytest.mark.parametrize(
    "question", ["bowel AND", "-bowel", 'NOT "bowel', "(bowel", "bowel:*", "bowel's" + " bowel" * 50]
)
@pytest.mark.django_db
def test_signs_of_the_databases_own_are_no_commands(question: str) -> None:
    case = indexed(history="Bowel and nothing: not near, not matted's; s.")
    assert found(factories.coordinator(), question) == [case.code]


@pytest.mark.django_db
def test_each_finds_what_the_policy_lets_them_see() -> None:
    cast = case_cast.cast(status=CaseStatus.WAITING)
    cases = [cast.case]
    for fields in (
        {"status": CaseStatus.DRAFT},
        {"status": CaseStatus.SUBMITTED},
        {"status": CaseStatus.WITHDRAWN},
        {"status": CaseStatus.CLOSED, "taught_at": now()},
        {"taught_at": now(), "course": cast.other_course},
        {"taught_at": now(), "consent": case_factories.consent(revoked_at=now())},
        {"taught_at": now(), "consent": case_factories.consent(scopes=["case_review"])},
        {"course": None},
    ):
        cases.append(case_factories.case(**{"course": cast.course, "author": cast.people["author"], **fields}))
    for actor, person in cast.people.items():
        allowed = {case.code for case in cases if may_see_case(person, Case.objects.get(pk=case.pk))}
        assert {case.code for case in visible_cases.cases_of(person, now().date())} == allowed, actor


@pytest.mark.django_db
def test_an_outsider_finds_nothing() -> None:
    cast = case_cast.cast(diagnosis="Omphalocele")
    actions.index(cast.case.public_id)
    assert found(cast.people["reviewer"], "omphalocele") == [cast.case.code]
    for actor in ("outsider", "other_trainee", "other_mentor", "trainee"):
        assert found(cast.people[actor], "omphalocele") == []


@pytest.mark.django_db
def test_an_approved_review_is_found_and_an_open_one_is_not() -> None:
    cast = case_cast.cast()
    cast.review.recommendations.create(text="Close with a Schuster silo", strength=Strength.STRONG)
    actions.index(cast.case.public_id)
    assert found(cast.people["author"], "schuster") == []
    cast.review.status = ReviewStatus.APPROVED
    cast.review.save()
    actions.index(cast.case.public_id)
    hits = queries.find(person=cast.people["author"], question="schuster", on=now().date()).hits
    assert [(hit.case, hit.is_review) for hit in hits] == [(cast.case, True)]


@pytest.mark.django_db
def test_what_was_changed_or_withdrawn_is_found_no_more() -> None:
    case, coordinator = indexed(diagnosis="Omphalocele"), factories.coordinator()
    case.diagnosis = "Hydrocele"
    case.save()
    actions.index(case.public_id)
    assert (found(coordinator, "omphalocele"), found(coordinator, "hydrocele")) == ([], [case.code])
    case.status = CaseStatus.WITHDRAWN
    case.save()
    actions.index(case.public_id)
    assert not SearchText.objects.exists()
    assert found(coordinator, "hydrocele") == []


@pytest.mark.django_db
def test_pages_follow_each_other() -> None:
    codes = {indexed(diagnosis="Hypospadias").code for _ in range(queries.PER_PAGE + 1)}
    coordinator = factories.coordinator()
    first = queries.find(person=coordinator, question="hypospadias", on=now().date())
    assert (len(first.hits), first.has_more) == (queries.PER_PAGE, True)
    assert {*(hit.case.code for hit in first.hits), *found(coordinator, "hypospadias", 2)} == codes
    assert actions.index_everything() == len(codes)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.django_db
def test_two_queries_however_many(count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        indexed(diagnosis="Hypospadias")
    coordinator = factories.coordinator()
    with django_assert_num_queries(2):
        assert len(found(coordinator, "hypospadias")) == count


@pytest.mark.django_db
def test_what_happens_to_a_case_reaches_the_search(django_capture_on_commit_callbacks: Any) -> None:
    case, coordinator = case_factories.case(diagnosis="Omphalocele"), factories.coordinator()
    with django_capture_on_commit_callbacks(execute=True):
        announce(events.CaseReleased(case.public_id))
    assert found(coordinator, "omphalocele") == [case.code]


@pytest.mark.django_db
def test_what_a_dead_server_left_out_is_indexed_later() -> None:
    case, coordinator = case_factories.case(diagnosis="Omphalocele"), factories.coordinator()
    draft = case_factories.case(diagnosis="Omphalocele", status=CaseStatus.DRAFT)
    actions.index_missing(now())
    assert found(coordinator, "omphalocele") == [case.code]
    assert not draft.search_texts.exists()
