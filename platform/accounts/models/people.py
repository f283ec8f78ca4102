"""A person: one row per e-mail address, whether or not they ever set a password."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Membership
from accounts.rules import roles
from shared import plain_text
from shared.clock import now
from shared.ids import public_id
from web.model_fields import Address, Derived, Deriving, Line


class Profession(models.TextChoices):
    SURGEON = "surgeon", _("Surgeon")
    RESIDENT = "resident", _("Resident or fellow")
    ANAESTHETIST = "anaesthetist", _("Anaesthetist")
    PHYSICIAN = "physician", _("Physician")
    NURSE = "nurse", _("Nurse")
    INSTRUMENTIST = "instrumentist", _("Scrub nurse or instrumentist")
    DENTIST = "dentist", _("Dentist")
    THERAPIST = "therapist", _("Therapist")
    STUDENT = "student", _("Student of a health profession")
    OTHER = "other", _("Other health profession")


class _Roles(models.Aggregate):
    """What `rules.roles.parse` reads, of a person's rows of `Membership`."""

    function = "STRING_AGG"
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **context)


class PersonManager(BaseUserManager["Person"]):
    """Looks people up by e-mail without regard to case."""

    def with_roles(self) -> models.QuerySet["Person"]:
        """Everybody with their roles in hand, so that asking for them costs no query of its own."""
        held = Concat(models.F("organisation_id"), models.Value(":"), "role", output_field=models.TextField())
        mine = Membership.objects.filter(person=models.OuterRef("pk")).order_by().values("person")
        return self.annotate(
            held_roles=models.Subquery(mine.annotate(held=_Roles(held, models.Value(","))).values("held"))
        )

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=plain_text.address(email or ""))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=plain_text.address(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(Deriving, AbstractBaseUser, PermissionsMixin):
    """`country` is ISO 3166-1 alpha-2, `region` ISO 3166-2 (`AR-X`, `PE-LOR`). `folded` is for search, `sort_key` for
    the order of lists.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    email = Address(_("e-mail"), unique=True)
    full_name = Line(_("name"), max_length=120, blank=True)
    profession = models.CharField(_("profession"), max_length=20, choices=Profession, blank=True)
    specialty = Line(_("specialty"), max_length=80, blank=True)
    institution = Line(_("institution"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("province or region"), max_length=6, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    folded = Derived(max_length=500, of=("full_name", "email", "institution"))
    sort_key = Derived(max_length=480, of=("full_name",), key=plain_text.sort_key)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()
    email_as_loaded = ""  # what the database had: a save that changes it is noticed

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.full_name or self.email

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> Self:
        person = super().from_db(db, field_names, values, **kwargs)
        if "email" in field_names:
            person.email_as_loaded = person.email
        return person

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        if "email" in self.__dict__:
            self.email_as_loaded = self.email

    @cached_property
    def roles(self) -> roles.Roles:
        """What they are in which organisation, by its key; as of when this row was read. One query, none for somebody
        read by `with_roles`, as whoever is signed in is.
        """
        held: str | None = getattr(self, "held_roles", None)
        if "held_roles" not in self.__dict__:
            held = ",".join(f"{m.organisation_id}:{m.role}" for m in self.memberships.all())
        return roles.parse(held)

    @property
    def reading_language(self) -> str:
        """In which mails are written to them: their own, or the site's."""
        return self.language or settings.LANGUAGE_CODE
