"""What was said in the demonstration's two rooms, minute by minute since they went live."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Step:
    """`who` is a demo role or a guest's number. `about` names the question asked under that name."""

    minute: float
    who: str | int
    do: str
    text: str = ""
    about: str = ""


LIVE_DIALOGUE: Final = (
    Step(0.5, "moderator", "chat", "Bienvenidos al Nuevo Hospital San Roque. Pregunten por aquí; votamos entre todos."),
    Step(1.0, 49, "chat", "Buenos días desde Ushuaia, los leo muy bien."),
    Step(1.5, "remote", "chat", "Saludos desde Jujuy."),
    Step(3.0, 2, "ask", "¿Cómo eligen entre dorsal ancho y DIEP cuando hubo radioterapia?", "radio"),
    Step(3.6, "moderator", "approve", about="radio"),
    Step(4.0, 10, "vote", about="radio"),
    Step(4.1, 14, "vote", about="radio"),
    Step(4.3, "auditorium", "vote", about="radio"),
    Step(4.6, "surgeon", "take", about="radio"),
    Step(5.0, 11, "ask", "¿Qué dosis de ácido tranexámico usan y en qué momento?", "tranex"),
    Step(5.4, "moderator", "approve", about="tranex"),
    Step(6.8, "surgeon", "aloud", about="radio"),
    Step(7.2, 16, "chat", "Gracias por tomar esa pregunta, era la mía también."),
    Step(8.0, "remote", "ask", "¿Cuánto esperan para retirar los drenajes en el dorso?", "drenajes"),
    Step(8.5, "moderator", "approve", about="drenajes"),
    Step(8.8, 2, "vote", about="drenajes"),
    Step(8.9, 13, "vote", about="drenajes"),
    Step(9.0, 17, "vote", about="drenajes"),
    Step(9.1, 22, "vote", about="drenajes"),
    Step(9.2, "trainee", "vote", about="drenajes"),
    Step(10.0, "mentor", "write", "1 g endovenoso en la inducción y otro al cerrar, salvo contraindicación.", "tranex"),
    Step(11.0, 25, "ask", "¿Cómo ligan los vasos del serrato, y por qué antes de girar el colgajo?", "serrato"),
    Step(11.6, "moderator", "approve", about="serrato"),
    Step(12.0, 28, "vote", about="serrato"),
    Step(12.2, 5, "vote", about="serrato"),
    Step(13.0, 19, "chat", "¿Quedará el programa de mañana en la página del curso?"),
    Step(13.5, "moderator", "chat", "Sí, mañana a las nueve: injerto graso y simetrización."),
    Step(14.0, 31, "ask", "¿Infiltran el sitio donante con ropivacaína?", "ropi"),
    Step(14.5, "moderator", "approve", about="ropi"),
    Step(15.0, "surgeon", "take", about="drenajes"),
    Step(16.0, 34, "ask", "¿A qué hora es el descanso?", "descanso"),
    Step(16.4, "moderator", "dismiss", "Respondida por el chat: a las once.", "descanso"),
    Step(17.0, 37, "ask", "¿Qué cuidados indican los primeros diez días en pacientes que viven lejos?", "lejos"),
    Step(18.0, 40, "ask", "¿Usan malla en el bolsillo del implante cuando el colgajo queda justo?", "malla"),
    Step(19.0, 43, "chat", "Muy útiles las respuestas por escrito."),
)  # fmt: skip

ENDED_DIALOGUE: Final = (
    Step(1.0, "moderator", "chat", "Empezamos la semana: expansor e implante en dos tiempos."),
    Step(4.0, 8, "ask", "¿Cuánto volumen ponen en el expansor al cerrar?", "volumen"),
    Step(5.0, "moderator", "approve", about="volumen"),
    Step(5.5, 11, "vote", about="volumen"),
    Step(5.8, 20, "vote", about="volumen"),
    Step(7.0, "surgeon", "take", about="volumen"),
    Step(9.0, "surgeon", "aloud", about="volumen"),
    Step(40.0, 23, "ask", "¿Cada cuánto expanden y hasta qué volumen?", "ritmo"),
    Step(41.0, "moderator", "approve", about="ritmo"),
    Step(44.0, "mentor", "write", "Cada dos semanas desde la tercera, hasta un diez por ciento de más.", "ritmo"),
    Step(150.0, 46, "chat", "Gracias por esta jornada, un abrazo desde San Juan."),
)  # fmt: skip
