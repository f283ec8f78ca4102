"""Every name, title, address and text that people type is kept by one rule (`shared.plain_text`): whoever adds a field
takes one of `web.form_fields` and a column of `web.model_fields`, or says here why it needs none.
"""

import re

from django.apps import apps
from django.conf import settings
from django.db import models

from web.model_fields import Address, Derived, Line, Paragraphs

OURS = ("accounts", "courses", "livesessions", "jobs", "web")

# Written by the server, or chosen from a list the form checks.
BY_MACHINE = {
    *("public_id", "code", "slug", "password", "task", "epoch", "device", "digest", "folder", "storage_key"),
    *("multipart_id", "media_type", "refusal", "burned_in", "document_hash", "link_key", "privacy_version", "kind"),
    *("role", "about", "country", "region", "time_zone", "specialty", "grade", "profession", "wire", "source"),
    *("client", "mailbox"),
}
# Cleaned by `livesessions.room.rules.texts`, whose rule is the same, before the journal is written.
BY_THE_ROOM = {"text", "answer_text", "reason", "hidden_reason", "dismissed_reason"}

# (file, field) of forms that take something else than a text.
OTHER = {
    ("accounts/forms/first_coordinator.py", "password"),
    ("accounts/forms/first_coordinator.py", "again"),
    ("accounts/forms/sign_in.py", "password"),
    ("cases/forms/consents.py", "document_hash"),
    ("cases/forms/discussions.py", "parent"),
    ("programme/forms/enrolments.py", "q"),
    ("trauma/forms.py", "column.name"),
}


def test_every_column_that_people_fill_in_keeps_the_rule() -> None:
    loose = set()
    for model in apps.get_models():
        if not model.__module__.startswith(OURS):
            continue
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.CharField | models.TextField) or field.choices:
                continue
            known = BY_MACHINE | (
                {"name"} if model.__module__.startswith(("jobs", "courses.cases.models.media")) else set()
            )
            known |= BY_THE_ROOM if model.__module__.startswith("livesessions.room") else set()
            if isinstance(field, Line | Address | Paragraphs | Derived) or field.name in known:
                continue
            if model.__module__ != "courses.search.models":  # made of texts that are kept by the rule
                loose.add(f"{model.__module__}.{field.name}")
    assert loose == set()


def test_every_field_of_a_form_keeps_the_rule() -> None:
    loose = set()
    for root in ("platform", "courses", "livesessions"):
        for path in (settings.BASE_DIR / root).rglob("*.py"):
            for name in re.findall(
                r"(?:(\w+)|\[\"?([\w.]+)\"?\]) = forms\.(?:CharField|EmailField)\(", path.read_text()
            ):
                if not any(path.as_posix().endswith(file) and field in name for file, field in OTHER):
                    loose.add(f"{path.name}: {''.join(name)}")
    assert loose == set()


WHOSE = ("full_name", "subject.name", "one.name", "member.name", ".author", ".mentor", ".rater", ".trainee")
NAME = rf"[\w.]*(?:{'|'.join(map(re.escape, (*WHOSE, 'member.person', 'person.email')))})"


def test_names_turn_nothing_around_them() -> None:
    """A name in letters that run from right to left stands in a `<bdi>`; inside a sentence it is `|isolated`."""
    loose = set()
    for path in (settings.BASE_DIR / "templates").rglob("*.*"):
        text = path.read_text()
        alone = re.findall(rf"(?<!<bdi>)(?<!=\")\{{\{{ {NAME} \}}\}}", text) if path.suffix == ".html" else []
        inside = re.findall(r"blocktranslate [^%]*?\bname=[\w.]+(?!\|isolated)[ %]", text)
        loose |= {f"{path.name}: {found}" for found in [*alone, *inside] if "=registration" not in found}
    assert loose == set()
