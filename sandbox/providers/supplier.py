"""One supplier as it runs: what it sells, its switches, its bookings, its clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.clock import Clock
from sandbox.providers.assortment import assortment
from sandbox.providers.book import Book
from sandbox.providers.errors import InvalidOptionId, InvalidProductId
from sandbox.providers.profiles import SupplierProfile
from sandbox.providers.stock import Stock
from sandbox.providers.switches import Switches
from sandbox.world.products import Option, Product
from sandbox.world.world import World


@dataclass
class Supplier:
    """`public_url` is where callers reach the sandbox; `switches` is replaced as a whole when one is set."""

    world: World
    profile: SupplierProfile
    public_url: str
    clock: Clock
    book: Book
    products: Mapping[str, Product]
    stock: Stock = field(default_factory=Stock)
    switches: Switches = field(default_factory=Switches)

    @property
    def endpoint(self) -> str:
        return f"{self.public_url}/octo/{self.profile.code}"

    def now(self) -> datetime:
        return self.clock().replace(microsecond=0)

    def product(self, product_id: str) -> Product:
        found = self.products.get(product_id)
        if found is None:
            raise InvalidProductId(product_id)
        return found

    def option(self, product: Product, option_id: str) -> Option:
        found = product.option(option_id)
        if found is None:
            raise InvalidOptionId(option_id)
        return found


def open_supplier(world: World, profile: SupplierProfile, *, public_url: str, clock: Clock, book: Book) -> Supplier:
    """The supplier with what its book says taken from its stock."""
    products = {product.product_id: product for product in assortment(world, profile)}
    supplier = Supplier(world, profile, public_url, clock, book, products)
    for booking in book:
        if booking.product_id in products:
            supplier.stock.note(booking, products[booking.product_id])
    return supplier
