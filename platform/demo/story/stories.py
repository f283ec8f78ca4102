"""The invented patients of the demonstration's cases. Nobody here exists."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from courses.cases.models import AgeBand, CaseStatus, Sex, Specialty, Supply, Urgency


@dataclass(frozen=True, slots=True)
class Story:
    """A case as its trainee wrote it so long ago; `slug` is its public id. `pictures` are functions of
    `demo.story.pictures` with captions, `advice` recommendations by strength, `remarks` who said what of which kind.
    """

    slug: str
    course: str
    status: CaseStatus
    ago: timedelta
    fields: dict[str, Any]
    pictures: tuple[tuple[str, str], ...] = ()
    scopes: tuple[str, ...] = ("case_review", "stills", "teaching_reuse")
    advice: tuple[tuple[str, str], ...] = ()  # recommendations: strength, text
    learning: str = ""
    remarks: tuple[tuple[str, str, str], ...] = field(default=())  # who, kind, text


GASTROSCHISIS: Final = Story(
    "demo-silo",
    "cirugia-pediatrica-loreto",
    CaseStatus.APPROVED,
    timedelta(days=45),
    {
        "main_question": "¿Cierre primario hoy o reducción gradual con silo, si no tenemos cuidados intensivos?",
        "urgency": Urgency.DAY,
        "specialty": Specialty.PAEDIATRIC,
        "age_band": AgeBand.NEWBORN,
        "sex": Sex.FEMALE,
        "weight_kg": "2.30",
        "asa": "3",
        "diagnosis": "Gastrosquisis",
        "icd10": "Q79.3",
        "history": "Nacida a las 36 semanas, sin control prenatal. Trasladada en bote, seis horas. Silo hecho con una "
        "bolsa de suero al llegar.",
        "exam": "Asas edematosas, rosadas, sin atresia visible. Defecto de tres centímetros a la derecha del ombligo.",
        "labs": "Hemoglobina 14, leucocitos 16 000, sodio 131.",
        "treatment": "Silo, líquidos, ampicilina y gentamicina, sonda orogástrica.",
        "blood": Supply.LIMITED,
        "icu": Supply.NO,
        "implants": Supply.LIMITED,
        "transport_hours": 20,
        "constraints": "Sin nutrición parenteral más de tres días.",
        "options_considered": "Cierre primario bajo anestesia; reducción diaria con el silo y cierre al quinto día.",
        "plan_without_answer": "Reducir cada día y cerrar cuando entre todo sin presión.",
    },
    pictures=(("silo", "Silo a las dos horas de vida (dibujo)"),),
    advice=(
        ("strong", "Reducción gradual: dos veces al día, sin forzar, con presión de la vía aérea vigilada."),
        ("strong", "Cierre del defecto al cuarto o quinto día, sin suturar la piel si queda tensa."),
        ("conditional", "Leche materna en gotas desde que haya residuo claro; no esperar a la deposición."),
        ("against", "No cerrar hoy a presión: sin ventilador, el síndrome compartimental no se puede tratar."),
    ),
    learning="Sin cuidados intensivos, el silo es el tratamiento y no la espera.\nLa leche materna es la nutrición.",
    remarks=(
        ("mentor", "clarifying", "¿Cuánta orina hizo en las últimas seis horas?"),
        ("trainee", "answer", "Un mililitro por kilo y hora desde el segundo bolo."),
    ),
)

ATRESIA: Final = Story(
    "demo-atresia",
    "cirugia-pediatrica-loreto",
    CaseStatus.WAITING,
    timedelta(hours=5),
    {
        "main_question": "Doble burbuja sin aire distal: ¿operar aquí con lo que hay, o derivar mañana?",
        "urgency": Urgency.DAY,
        "specialty": Specialty.PAEDIATRIC,
        "age_band": AgeBand.NEWBORN,
        "sex": Sex.MALE,
        "weight_kg": "2.75",
        "asa": "2",
        "diagnosis": "Atresia duodenal",
        "icd10": "Q41.0",
        "history": "Vómitos biliosos desde el primer día. Polihidramnios en la única ecografía.",
        "exam": "Abdomen excavado, sin masas. Ano permeable. Sin soplo.",
        "labs": "Bilirrubina total 9, glucosa 62.",
        "imaging": "Doble burbuja, sin gas más allá.",
        "treatment": "Sonda abierta, líquidos, vitamina K.",
        "blood": Supply.YES,
        "icu": Supply.LIMITED,
        "implants": Supply.YES,
        "transport_hours": 20,
        "options_considered": "Duodenoduodenostomía en rombo por vía abierta; traslado aéreo.",
        "plan_without_answer": "Operar mañana con el anestesiólogo de guardia.",
    },
    pictures=(("double_bubble", "Radiografía de abdomen (dibujo)"),),
)

CLEFT: Final = Story(
    "demo-cleft",
    "labio-paladar-hendido",
    CaseStatus.UNDER_REVIEW,
    timedelta(days=2),
    {
        "main_question": "Labio hendido unilateral ancho: ¿adhesión previa o queiloplastia directa?",
        "urgency": Urgency.ELECTIVE,
        "specialty": Specialty.PLASTIC,
        "age_band": AgeBand.INFANT,
        "sex": Sex.FEMALE,
        "weight_kg": "6.10",
        "asa": "1",
        "diagnosis": "Labio y paladar hendido unilateral completo",
        "icd10": "Q37.5",
        "history": "Se alimenta con biberón adaptado. Gana peso.",
        "exam": "Hendidura de catorce milímetros, columela desviada, ala nasal caída.",
        "labs": "Hemoglobina 10,8.",
        "treatment": "Ninguno todavía.",
        "blood": Supply.YES,
        "icu": Supply.NO,
        "plan_without_answer": "Esperar a la próxima misión.",
    },
    remarks=(("mentor", "clarifying", "¿Usó cinta labial, y desde cuándo?"),),
)

DRAFT: Final = Story(
    "demo-draft",
    "reconstruccion-mamaria",
    CaseStatus.DRAFT,
    timedelta(minutes=50),
    {
        "main_question": "Retracción de axila por quemadura: ¿colgajo o injerto de espesor total?",
        "urgency": Urgency.WEEK,
        "specialty": Specialty.PLASTIC,
        "age_band": AgeBand.YOUNG,
    },
)

STORIES: Final = (GASTROSCHISIS, ATRESIA, CLEFT, DRAFT)
