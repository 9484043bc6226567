"""What the API tells about who is signed in."""

from pydantic import BaseModel, Field

from core.domain.roles import AccountRole


class OwnShop(BaseModel):
    """A shop of the reseller; without countries and cities it shows everything."""

    shop_id: str
    slug: str = Field(examples=["canal-house"])
    name: str
    country_codes: list[str] = Field(description="All cities of these countries.", examples=[["NL"]])
    city_ids: list[str] = Field(description="These cities besides.")


class Me(BaseModel):
    """Who is signed in; `reseller_id` is null for the platform's own people, who have no shops."""

    account_id: str
    email: str
    role: AccountRole
    reseller_id: str | None
    reseller_name: str | None
    shops: list[OwnShop]
