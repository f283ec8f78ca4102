"""The invented people of the demonstration: the accounts one can sign in with, and an audience of sixty."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from accounts.models import Profession
from courses.programme.models import Participation, TeamRole

# Where the Córdoba week was followed, ISO 3166-2.
PROVINCES: Final = ("AR-X", "AR-E", "AR-D", "AR-F", "AR-T", "AR-Y", "AR-J", "AR-M", "AR-Q", "AR-V")

TEAM: Final = {
    "surgeon": TeamRole.SURGEON,
    "mentor": TeamRole.MENTOR,
    "moderator": TeamRole.MODERATOR,
    "advocate": TeamRole.ADVOCATE,
}
ENROLLED: Final = {"trainee": Participation.OR, "auditorium": Participation.AUDITORIUM, "remote": Participation.REMOTE}
# What the named accounts say of themselves: profession, specialty, institution, country, region.
PROFILES: Final = {
    "coordinator": (Profession.OTHER, "", "Mission Plasticos", "AR", "AR-X"),
    "moderator": (Profession.SURGEON, "Cirugía plástica", "Universidad Nacional de Córdoba", "AR", "AR-X"),
    "mentor": (Profession.SURGEON, "Cirugía plástica", "Mission Plasticos", "NL", ""),
    "surgeon": (Profession.SURGEON, "Cirugía plástica", "Nuevo Hospital San Roque", "AR", "AR-X"),
    "trainee": (Profession.RESIDENT, "Cirugía plástica", "Nuevo Hospital San Roque", "AR", "AR-X"),
    "remote": (Profession.SURGEON, "Cirugía general", "Hospital Pablo Soria", "AR", "AR-Y"),
    "auditorium": (Profession.RESIDENT, "Cirugía general", "Nuevo Hospital San Roque", "AR", "AR-X"),
    "advocate": (Profession.NURSE, "", "Nuevo Hospital San Roque", "AR", "AR-X"),
}

_FIRST: Final = (
    "Agustina", "Bruno", "Camila", "Damián", "Elena", "Facundo", "Gabriela", "Hernán", "Inés", "Joaquín",
    "Karina", "Lautaro", "Micaela", "Néstor", "Ofelia", "Pablo", "Rocío", "Santiago", "Teresa", "Valentín",
)  # fmt: skip
_LAST: Final = (
    "Acosta", "Benítez", "Cabrera", "Domínguez", "Escudero", "Farías", "Godoy", "Heredia", "Ibáñez", "Juárez",
    "Ledesma", "Maldonado", "Navarro", "Ojeda", "Páez", "Ríos", "Sosa",
)  # fmt: skip
_WORK: Final = (
    (Profession.SURGEON, "Cirugía plástica"),
    (Profession.SURGEON, "Cirugía general"),
    (Profession.RESIDENT, "Cirugía plástica"),
    (Profession.ANAESTHETIST, "Anestesiología"),
    (Profession.NURSE, ""),
    (Profession.INSTRUMENTIST, ""),
    (Profession.PHYSICIAN, "Oncología"),
    (Profession.STUDENT, ""),
)
AUDIENCE_SIZE: Final = 60


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody of the audience: a third sits in the auditorium in Córdoba, the others follow from their province."""

    email: str
    full_name: str
    profession: str
    specialty: str
    region: str
    channel: str


def audience() -> Iterator[Guest]:
    """The same sixty people every time."""
    for n in range(AUDIENCE_SIZE):
        seated = n % 3 == 0
        profession, specialty = _WORK[n * 5 % len(_WORK)]
        yield Guest(
            email=f"guest{n + 1:02d}@anfiteatro.example",
            full_name=f"{_FIRST[n % len(_FIRST)]} {_LAST[n * 7 % len(_LAST)]}",
            profession=profession,
            specialty=specialty,
            region="AR-X" if seated else PROVINCES[n % len(PROVINCES)],
            channel=Participation.AUDITORIUM if seated else Participation.REMOTE,
        )
