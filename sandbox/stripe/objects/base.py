"""What every object of Stripe's has. Object -> stored JSON, payload"""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

Json = dict[str, Any]


class StripeObject(BaseModel):
    """Fields are Stripe's, in its words and with what it sends when there is nothing to say.

    Those named in `hidden` are the sandbox's own and never leave it.
    """

    model_config = ConfigDict(extra="forbid")
    hidden: ClassVar[frozenset[str]] = frozenset()

    id: str
    created: int

    @classmethod
    def kind(cls) -> str:
        return str(cls.model_fields["object"].default)

    @property
    def due_at(self) -> int | None:
        """When something happens to the object by itself."""
        return None

    def payload(self) -> Json:
        return self.model_dump(mode="json", exclude=set(self.hidden))


def listed(items: list[Json], url: str, *, has_more: bool = False) -> Json:
    return {"object": "list", "data": items, "has_more": has_more, "url": url}
