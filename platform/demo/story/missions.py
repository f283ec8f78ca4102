"""The missions and courses of the demonstration. The facts are the organisations' own; the sentences are ours."""

from datetime import date
from typing import Any, Final

from courses.programme.models import Level

MISSIONS: Final[dict[str, dict[str, Any]]] = {
    "iquitos": {
        "title": "Misión Perú: Iquitos",
        "organisation": "Mending Kids",
        "location": "Iquitos, Perú",
        "country": "PE",
        "region": "PE-LOR",
        "population": 370_962,
        "starts_on": date(2017, 8, 1),
        "ends_on": date(2017, 8, 7),
        "surgeons": "Dr. Vincent Duron\nDr. Alex Ponce",
        "focus": "Cirugía de trauma y cirugía general",
        "complexity": Level.MEDIUM_HIGH,
        "training_level": Level.MEDIUM_HIGH,
        "average_mended": 10,
        "brief": (
            "Iquitos es la ciudad más grande del mundo sin acceso por carretera: se llega por río o por aire.\n\n"
            "Vincent Duron (Children’s Hospital of New York, Columbia University) vuelve dos veces al año, desde hace "
            "tres, a operar con los cirujanos generales y pediátricos de la ciudad. El cirujano pediátrico local, "
            "Alex Ponce, acaba de terminar su residencia: en el Perú dura tres años, en Estados Unidos de ocho a "
            "nueve. Sin un cirujano mayor a su lado, muchos casos complejos se derivan a Lima, y la mayoría de las "
            "familias no puede pagar el viaje."
        ),
        "progress": (
            "Operar a los niños de Loreto y formar a quienes los operarán después: técnica, decisiones clínicas, "
            "laparoscopia y toracoscopia pediátricas. Reunir los datos de un registro de trauma."
        ),
        "volunteers": (
            "La próxima fecha está por confirmarse. La cuota del equipo es de 4000 US$, con un depósito de 500 US$ "
            "para reservar el lugar."
        ),
        "team_fee": 4000,
        "deposit": 500,
        "contact_email": "molly@mendingkids.org",
    },
    "cuzco": {
        "title": "Misión Perú: Cuzco",
        "organisation": "Medical Missions for Children · Children of Peru Foundation",
        "location": "Cuzco, Perú",
        "hospital": "Hospital EsSalud del Cuzco",
        "country": "PE",
        "region": "PE-CUS",
        "focus": "Labio y paladar hendido",
        "complexity": Level.MEDIUM,
        "average_mended": 70,
        "brief": (
            "El equipo de MMFC opera en Cuzco desde 2003, primero en el Hospital Regional; desde 2005 EsSalud le cede "
            "dos quirófanos y suma cirujanos, médicos y enfermeras.\n\n"
            "Viajan de 25 a 30 personas: cirugía, pediatría, odontología, enfermería, anestesia. Se evalúa a unos "
            "100 niños y se hacen de 60 a 80 operaciones: labio y paladar hendido, rinoplastia, colgajo faríngeo, "
            "microtia. El equipo dental atiende a entre 75 y 100 niños, con más de 100 procedimientos."
        ),
        "progress": (
            "Children of Peru Foundation financió por completo las nueve misiones de 2007 a 2015, con 30 000 a "
            "45 000 US$ cada año. El seguimiento es a largo plazo: cada país se visita al menos una vez al año."
        ),
    },
    "cordoba": {
        "title": "Misión Argentina: Córdoba",
        "organisation": "Mission Plasticos",
        "location": "Córdoba, Argentina",
        "hospital": "Nuevo Hospital San Roque",
        "country": "AR",
        "region": "AR-X",
        "focus": "Cirugía plástica reconstructiva",
        "complexity": Level.HIGH,
        "training_level": Level.HIGH,
        "brief": (
            "Cuarta misión de Mission Plasticos a la Argentina y primera a Córdoba: siete voluntarios de Estados "
            "Unidos, Países Bajos y Argentina, una semana de cirugía reconstructiva avanzada en el Nuevo Hospital San "
            "Roque, hospital público con servicios a cargo de profesores de la Universidad Nacional de Córdoba."
        ),
        "progress": (
            "En el quirófano, formación uno a uno de médicos, becarios y residentes. Desde el quirófano, una señal "
            "interactiva al auditorio del hospital, con 75 profesionales durante la semana, y una transmisión en línea "
            "con más de 160 inscriptos de diez provincias: Córdoba, Entre Ríos, San Luis, La Rioja, Tucumán, Jujuy, "
            "San Juan, Mendoza, Neuquén y Tierra del Fuego."
        ),
    },
}

COURSES: Final[dict[str, dict[str, Any]]] = {
    "cirugia-pediatrica-loreto": {
        "mission": "iquitos",
        "title": "Cirugía pediátrica en Loreto",
        "summary": "Del trauma a la toracoscopia: casos operados juntos, de cerca y a distancia.",
    },
    "labio-paladar-hendido": {
        "mission": "cuzco",
        "title": "Labio y paladar hendido",
        "summary": "Queiloplastia, palatoplastia y seguimiento, con el equipo de cirugía y el dental.",
    },
    "reconstruccion-mamaria": {
        "mission": "cordoba",
        "title": "Reconstrucción mamaria avanzada",
        "summary": "Una semana de cirugía en vivo para el auditorio y para diez provincias.",
    },
}

ORGANISATIONS = tuple(dict.fromkeys(str(facts["organisation"]) for facts in MISSIONS.values()))
