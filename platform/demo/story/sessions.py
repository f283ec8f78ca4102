"""The sessions of the demonstration, placed around the day on which it is loaded."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from demo.accounts import LIVE

ENDED: Final = "demo-ended"
LENGTH: Final = timedelta(hours=3)
RUNNING: Final = timedelta(minutes=20)  # how long the live one has been going when it is loaded
HOUR: Final = 9  # when the others start, by the clocks of their zone


@dataclass(frozen=True, slots=True)
class Plan:
    """`offset` from the moment of loading to the start; capacities are operating room, auditorium, remote."""

    public_id: str
    course: str
    title: str
    procedure: str
    time_zone: str
    offset: timedelta
    capacities: tuple[int, int, int]
    summary: str = ""
    languages: tuple[str, ...] = ("es",)


_CORDOBA: Final = "America/Argentina/Cordoba"
_LIMA: Final = "America/Lima"

PLANS: Final = (
    Plan(
        LIVE,
        "reconstruccion-mamaria",
        "Colgajo dorsal ancho en vivo",
        "Reconstrucción mamaria con colgajo de dorsal ancho",
        _CORDOBA,
        -RUNNING,
        (6, 75, 200),
        "Reconstrucción diferida, paso a paso. Preguntas desde el auditorio y desde las provincias.",
        ("es", "en"),
    ),
    Plan(
        ENDED,
        "reconstruccion-mamaria",
        "Expansor e implante en dos tiempos",
        "Reconstrucción mamaria con expansor",
        _CORDOBA,
        timedelta(days=-2),
        (6, 75, 200),
        "La primera operación de la semana.",
        ("es", "en"),
    ),
    Plan(
        "demo-next",
        "reconstruccion-mamaria",
        "Injerto graso y simetrización",
        "Lipotransferencia",
        _CORDOBA,
        timedelta(days=1),
        (6, 75, 200),
        "Retoques que cambian el resultado: cuánto, dónde y cuándo.",
        ("es", "en"),
    ),
    Plan(
        "demo-trauma",
        "cirugia-pediatrica-loreto",
        "Trauma abdominal cerrado en niños",
        "Laparotomía de control de daños",
        _LIMA,
        timedelta(days=4),
        (4, 20, 120),
        "Decidir sin tomógrafo: signos, ecografía y tiempo. Con los primeros datos del registro de trauma.",
        ("es", "en"),
    ),
    Plan(
        "demo-laparo",
        "cirugia-pediatrica-loreto",
        "Apendicectomía laparoscópica pediátrica",
        "Apendicectomía laparoscópica",
        _LIMA,
        timedelta(days=6),
        (4, 20, 120),
        "Puertos, posición y tres errores frecuentes, en tiempo real.",
    ),
    Plan(
        "demo-labio",
        "labio-paladar-hendido",
        "Queiloplastia primaria unilateral",
        "Queiloplastia",
        _LIMA,
        timedelta(days=12),
        (5, 40, 160),
        "Marcado, incisiones y cierre por planos.",
        ("es", "en"),
    ),
    Plan(
        "demo-paladar",
        "labio-paladar-hendido",
        "Palatoplastia y habla: el seguimiento",
        "Palatoplastia",
        _LIMA,
        timedelta(days=14),
        (5, 40, 160),
        "Qué mirar a los seis meses y cuándo indicar un colgajo faríngeo.",
        ("es", "en", "pt"),
    ),
)
