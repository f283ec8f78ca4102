"""What still stands between a case and the people who shall read it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from courses.cases.models import Case, CaseKind, MediaFile, MediaState
from courses.cases.policies.cases import has_valid_consent
from courses.cases.queries import identifiers
from courses.cases.queries.identifiers import Looked
from courses.cases.rules import cases, consents
from shared.texts import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One medium; `problem` is an error code, empty when it is fit to be shown."""

    medium: MediaFile
    problem: str


@dataclass(frozen=True, slots=True)
class Check:
    """`missing` and `wished` are (field, label); `consent` error codes; `texts` what was searched for identifiers."""

    missing: list[tuple[str, Text]]
    wished: list[tuple[str, Text]]
    consent: tuple[str, ...]
    texts: list[Looked]
    media: list[Item] = field(default_factory=list)

    @property
    def ticks(self) -> set[str]:
        """What a person must say is no identifier."""
        return {found.tick for text in self.texts for found in text.found}

    def problem(self, ticked: Iterable[str]) -> str | None:
        """The first error code in the way, given what was said to be no identifier; None when there is none."""
        if self.missing:
            return "case.incomplete"
        if self.consent:
            return self.consent[0]
        if self.media_problem:
            return self.media_problem
        return "case.identifiers" if self.ticks - set(ticked) else None

    @property
    def media_problem(self) -> str | None:
        return next((item.problem for item in self.media if item.problem), None)


def filled(case: Case) -> dict[str, object]:
    """The answers of the form by field, as the rules want them."""
    return {name: getattr(case, f"{name}_id" if name == "course" else name) for name in (*cases.NEEDED, *cases.WISHED)}


def labelled(names: Iterable[str]) -> list[tuple[str, Text]]:
    """(field, label) of fields of the form."""
    return [(name, Case._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]


def media_of(case: Case) -> list[MediaFile]:
    """Everything that was not taken out again. One query."""
    return list(case.media.exclude(state=MediaState.REMOVED))


def of(case: Case) -> Check:
    """One query, two when the consent is not at hand."""
    media, answers = media_of(case), filled(case)
    return Check(
        missing=labelled(cases.missing(answers, case.kind)),
        wished=labelled(cases.wished(answers)) if case.kind == CaseKind.REVIEW else [],
        consent=consent_problems(case, media),
        texts=identifiers.look(case, media),
        media=[Item(medium, _problem(medium)) for medium in media],
    )


def consent_problems(case: Case, media: Iterable[MediaFile]) -> tuple[str, ...]:
    """Error codes of what is wrong with the case's consent for these media."""
    consent = case.consent
    if consent is None:
        return ("consent.missing",)
    if consent.is_revoked:
        return ("consent.revoked",)
    if not has_valid_consent(case):
        return ("consent.expired",)
    kinds = {medium.kind for medium in media if medium.state == MediaState.READY}
    return consents.problems(
        relation=consent.relation,
        assent=consent.assent,
        scopes=consent.scopes,
        age_band=case.age_band,
        needed=consents.scopes_needed(kinds, case.kind == CaseKind.TEACHING),
    )


def _problem(medium: MediaFile) -> str:
    if medium.state == MediaState.PROCESSING:
        return "case.media_processing"
    if medium.state == MediaState.REFUSED:
        return "case.media_refused"
    return "" if medium.checked_at else "case.media_unchecked"
