"""Marks: what a shape may be, whose layer is whose, and that a picture stays as it is."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.cases.models import CaseStatus, MediaFile, MediaKind
from courses.media.actions import annotations as actions
from courses.media.models import AnnotationLayer
from courses.media.queries import annotations as queries
from courses.media.rules import annotations
from courses.media.rules.annotations import MOST_LETTERS, MOST_POINTS, MOST_SHAPES, SIDE, Shape
from shared.clock import now
from shared.errors import DomainError
from tests import case_cast, case_factories, factories

ARROW = {"kind": "arrow", "points": [[100, 200], [4000, 5000]], "colour": 1}
WORDS = {"kind": "text", "points": [[10, 20]], "colour": 0, "text": "Matted bowel"}
POINTS = st.lists(st.lists(st.integers(-5, SIDE + 5), min_size=1, max_size=3), max_size=MOST_POINTS + 2)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12_000) | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def slow_fault(kind: Any, points: Any, colour: Any, text: Any) -> str:
    """Every rule of a shape, one after the other; empty when it keeps them all."""
    counts = {"arrow": [2], "ellipse": [2], "polygon": list(range(3, MOST_POINTS + 1)), "text": [1]}
    if kind not in counts or not isinstance(colour, int) or isinstance(colour, bool) or colour not in range(4):
        return "marks.wrong"
    if len(points) not in counts[kind]:
        return "marks.wrong"
    for point in points:
        if len(point) != 2 or any(number not in range(SIDE + 1) for number in point):
            return "marks.wrong"
    if kind != "text":
        return "marks.wrong" if text else ""
    words = " ".join(text.split())
    if not words:
        return "marks.text.needed"
    return "marks.text.long" if len(words) > MOST_LETTERS else ""


@given(
    kind=st.sampled_from(["arrow", "ellipse", "polygon", "text", "circle", ""]),
    points=POINTS,
    colour=st.integers(-1, 5) | st.booleans(),
    text=st.text(alphabet="ab ", max_size=MOST_LETTERS + 3),
)
def test_a_shape_is_taken_as_the_slow_reading_takes_it(kind: str, points: Any, colour: Any, text: str) -> None:
    told = {"kind": kind, "points": points, "colour": colour, "text": text}
    try:
        shape, fault = Shape.from_json(told), ""
    except DomainError as error:
        shape, fault = None, error.code
    assert fault == slow_fault(kind, points, colour, text)
    if shape:
        assert Shape.from_json(shape.as_json()) == shape


@given(told=ANYTHING)
def test_whatever_comes_is_read_or_refused(told: Any) -> None:
    try:
        read = annotations.read(told)
    except DomainError as error:
        assert error.code.startswith("marks.")
    else:
        assert [shape.as_json() for shape in read] == [] == list(told)


@pytest.mark.parametrize(
    "wrong",
    [
        ARROW | {"href": "https://example.org"},
        ARROW | {"points": [[0, 0], [True, 1]]},
        ARROW | {"points": [[0, 0], [1.0, 1]]},
        ARROW | {"text": "words on an arrow"},
        ARROW | {"kind": ["arrow"]},
        WORDS | {"text": "half a letter \ud800"},
        WORDS | {"text": "nothing\x00"},
        WORDS | {"text": 7},
        {"points": []},
        "arrow",
    ],
)
def test_what_no_mark_is_is_refused(wrong: Any) -> None:
    with pytest.raises(DomainError, match=r"marks\.wrong"):
        annotations.read([wrong])


def test_a_layer_holds_two_hundred_shapes() -> None:
    assert len(annotations.read([ARROW] * MOST_SHAPES)) == MOST_SHAPES
    with pytest.raises(DomainError, match=r"marks\.too_many"):
        annotations.read([ARROW] * (MOST_SHAPES + 1))


def save(medium: MediaFile, **fields: Any) -> AnnotationLayer:
    defaults: dict[str, Any] = {"frame": 1, "shapes": [ARROW], "revision": 0, "is_looked_over": False, "at": now()}
    return actions.save(**{"by": medium.case.author, "medium": medium} | defaults | fields)


@pytest.mark.django_db
def test_everybody_has_a_layer_of_their_own() -> None:
    cast = case_cast.cast()
    medium = case_factories.medium(case=cast.case)
    save(medium, by=cast.people["reviewer"])
    save(medium, by=cast.people["author"], shapes=[WORDS])
    seen = queries.layers(medium, to=cast.people["reviewer"])
    assert [(layer.author, layer.is_own, layer.shapes) for layer in seen] == [
        ("Reviewer", True, [ARROW]),
        ("Author", False, [WORDS]),
    ]


@pytest.mark.django_db
def test_the_same_again_is_no_change_and_another_is_the_next_revision() -> None:
    medium = case_factories.medium()
    first = save(medium)
    again = save(medium, at=first.saved_at + timedelta(hours=1))
    assert (again.revision, again.saved_at) == (first.revision, first.saved_at) == (1, again.saved_at)
    assert save(medium, shapes=[], revision=1).revision == 2
    assert save(medium, frame=1, shapes=[WORDS], revision=2).revision == 3
    assert AnnotationLayer.objects.count() == 1


@pytest.mark.django_db
def test_two_windows_do_not_overwrite_each_other_unseen() -> None:
    medium = case_factories.medium()
    save(medium)
    save(medium, shapes=[ARROW, WORDS], revision=1)
    with pytest.raises(DomainError, match=r"marks\.conflict"):
        save(medium, shapes=[WORDS], revision=1)
    assert AnnotationLayer.objects.get().shapes == [ARROW, WORDS]


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ["outsider", "other_trainee", "trainee", "other_mentor"])
def test_others_do_not_draw(actor: str) -> None:
    cast = case_cast.cast(taught_at=now())
    medium = case_factories.medium(case=cast.case)
    with pytest.raises(DomainError, match=r"marks\.forbidden"):
        save(medium, by=cast.people[actor])
    assert AnnotationLayer.objects.count() == 0


@pytest.mark.django_db
def test_the_author_draws_before_the_case_is_sent_and_not_once_the_consent_is_gone() -> None:
    draft = case_factories.case(status=CaseStatus.DRAFT, released_at=None, consent=None)
    assert save(case_factories.medium(case=draft)).revision == 1
    sent = case_factories.medium()
    sent.case.consent.revoked_at = now()
    with pytest.raises(DomainError, match=r"marks\.forbidden"):
        save(sent)


@pytest.mark.django_db
@pytest.mark.parametrize("frame", [0, 4, -1])
def test_only_frames_that_are_there_are_drawn_on(frame: int) -> None:
    medium = case_factories.medium(kind=MediaKind.DOCUMENT, frames=3)
    assert save(medium, frame=3).frame == 3
    with pytest.raises(DomainError, match=r"marks\.no_picture"):
        save(medium, frame=frame)


@pytest.mark.django_db
def test_a_film_is_not_drawn_on() -> None:
    with pytest.raises(DomainError, match=r"marks\.no_picture"):
        save(case_factories.medium(kind=MediaKind.VIDEO))


@pytest.mark.django_db
def test_words_that_may_name_the_patient_are_taken_only_after_another_look() -> None:
    medium = case_factories.medium()
    named = WORDS | {"text": "DNI 45678912"}
    with pytest.raises(DomainError) as refused:
        save(medium, shapes=[ARROW, named, WORDS])
    assert (refused.value.code, refused.value.params) == ("marks.identifiers", {"words": "DNI 45678912"})
    assert AnnotationLayer.objects.count() == 0
    assert save(medium, shapes=[named], is_looked_over=True).shapes == [named]
    assert save(medium, shapes=[named, ARROW], revision=1).revision == 2  # looked over already


@pytest.mark.django_db
def test_an_emptied_layer_is_shown_to_its_author_alone() -> None:
    medium = case_factories.medium()
    save(medium)
    save(medium, shapes=[], revision=1)
    assert [layer.revision for layer in queries.layers(medium, to=medium.case.author)] == [2]
    assert queries.layers(medium, to=factories.person()) == []
