"""People, their licences, and what they are in organisations."""

from accounts.models.licences import Licence
from accounts.models.organisations import Membership, Organisation, Role
from accounts.models.people import Person, Profession

__all__ = ["Licence", "Membership", "Organisation", "Person", "Profession", "Role"]
