"""People, their licences, and what they are in organisations."""

from accounts.models.first_links import FirstLink
from accounts.models.licences import Licence
from accounts.models.organisations import Membership, Organisation, Role
from accounts.models.people import Person, Profession

__all__ = ["FirstLink", "Licence", "Membership", "Organisation", "Person", "Profession", "Role"]
