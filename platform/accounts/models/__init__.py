"""People and their licences."""

from accounts.models.licences import Licence
from accounts.models.people import Person, Profession

__all__ = ["Licence", "Person", "Profession"]
