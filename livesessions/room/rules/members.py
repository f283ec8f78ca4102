"""A member of a room: a person with the role, channel and restrictions they have there."""

from dataclasses import dataclass

STAFF = frozenset({"surgeon", "mentor", "moderator", "advocate", "coordinator"})


@dataclass(frozen=True, slots=True)
class Member:
    """`pk` is the database key and stays inside; `id` is the public id. Roles: attendee, trainee, mentor, moderator,
    advocate, surgeon, coordinator. `region` is ISO 3166-2 or empty. `link` stands for the join link the person holds,
    empty without one; it is another after a new link was sent, and stays inside too.
    """

    pk: int
    id: str
    name: str
    role: str
    channel: str
    region: str = ""
    is_muted: bool = False
    is_banned: bool = False
    link: str = ""

    @property
    def is_staff(self) -> bool:
        """Hears the desk stream."""
        return self.role in STAFF

    def as_author(self) -> dict[str, str]:
        """The `by` of an entry."""
        return {"id": self.id, "name": self.name, "role": self.role}

    def as_card(self) -> dict[str, str]:
        """The person as lists show them."""
        return {**self.as_author(), "channel": self.channel, "region": self.region}
