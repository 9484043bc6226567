"""The checkout's use cases. shop + what the buyer chose -> a held cart -> the page where he pays

Nothing is sold from the snapshot: a time and its prices are the supplier's of this moment. No database connection is
held while a supplier or Stripe is asked.
"""

from typing import Final

import structlog
from babel.numbers import get_currency_precision

from api.availability.errors import AvailabilityUnknown, SlotGone
from api.availability.service import AvailabilityService
from api.checkout.buyer import TypedBuyer
from api.checkout.choosing import choice_of, left_in_words, lines_of
from api.checkout.empty_orders import EmptyOrders
from api.checkout.errors import HoldRefused, PriceChanged, SoldOut
from api.checkout.repository import CartRepository
from api.checkout.rows import ItemDraft
from api.checkout.views import Added, Cart, CartItem, Choice, ItemStanding, NextStep, Wish
from api.sale.bookings import Bookings
from api.sale.errors import CartClosed, CartEmpty, OrderNotFound
from api.sale.payments import Payments
from api.sale.repository import SaleRepository
from api.sale.shapes import BuyerDetails, Failure, PaymentPage
from api.shops.shop import Shop
from core.domain.money import Money
from core.domain.sale import OrderStatus

log = structlog.get_logger("api.checkout")

# The buyer is told of these on the page where he chose, and chooses again there.
_TOLD_AT_ONCE: Final = (Failure.SOLD_OUT, Failure.PRICE_CHANGED)


class CheckoutService:
    """`secret` opens an order; None, or one of another shop, is a buyer who has none yet."""

    def __init__(
        self,
        carts: CartRepository,
        availability: AvailabilityService,
        sales: SaleRepository,
        bookings: Bookings,
        payments: Payments,
        empty_orders: EmptyOrders,
    ) -> None:
        self.empty_orders = empty_orders
        self._carts = carts
        self._availability = availability
        self._sales = sales
        self._bookings = bookings
        self._payments = payments

    async def choice(self, shop: Shop, product: str, day: str, slot_id: str) -> Choice:
        """What can be chosen of a time. ProductGone, DayIsOver, DayNotOnSale, SlotGone, AvailabilityUnknown."""
        return choice_of(await self._availability.slot(shop, product, day, slot_id))

    async def make(self, shop: Shop) -> Cart:
        """An order with nothing in it, in the shop's currency until something is."""
        return await self._carts.make(shop, Money(0, shop.currency, get_currency_precision(shop.currency)))

    async def add(self, shop: Shop, secret: str | None, wish: Wish) -> Added:
        """Have the supplier hold what was chosen, in the buyer's order or in a new one.

        Raises what `choice` does, and TicketsRefused, SoldOut, PriceChanged, HoldRefused, CartFull, CartClosed,
        OtherCurrency. A supplier whose reply is lost raises nothing: the cart shows that it is being asked.
        """
        choice = await self.choice(shop, wish.product, wish.day, wish.slot_id)
        lines = lines_of(choice, wish.quantities)
        _check_price(choice, wish)
        added, is_new = await self._carts.place(shop, secret, ItemDraft(choice.live, lines, wish.nonce))
        if is_new:
            outcome = await self._bookings.hold(added.key, added.order_item_id)
            if outcome.failure is not None:
                await self._refuse(shop, wish, choice, outcome.failure)
        return added

    async def cart(self, shop: Shop, secret: str | None) -> Cart | None:
        """The order as it stands; one that is being paid is looked at by a job, too."""
        cart = await self._carts.find(shop, secret)
        if cart is None:
            return None
        if cart.status is OrderStatus.PAYING:
            await self._sales.wake(cart.key)
        return cart

    async def remove(self, shop: Shop, secret: str | None, order_item_id: str) -> CartItem:
        """Take an item out, or no longer show one that ended. OrderNotFound, CartClosed while it is being paid."""
        cart = await self._required(shop, secret)
        item = await self._carts.item(shop, cart.secret, order_item_id)
        if cart.status is not OrderStatus.OPEN:
            raise CartClosed("This order is being paid. Change it before you take something out.")
        await self._bookings.drop(cart.key, order_item_id)
        await self._carts.dismiss(shop, order_item_id)
        return item

    async def item(self, shop: Shop, secret: str, order_item_id: str) -> CartItem:
        """OrderNotFound."""
        return await self._carts.item(shop, secret, order_item_id)

    async def removed(self, shop: Shop, secret: str | None, order_item_id: str) -> CartItem | None:
        """What was taken out a moment ago, so that it can be had back."""
        try:
            return await self._carts.item(shop, secret or "", order_item_id)
        except OrderNotFound:
            return None

    async def check_out(self, shop: Shop, secret: str | None, typed: TypedBuyer, page: PaymentPage) -> NextStep:
        """Where to pay; a free order is placed at once. Sent again, it leads to the same page, or to the order.

        BuyerRefused, CartEmpty, HoldGone, PaymentsDown.
        """
        cart = await self._required(shop, secret)
        if not cart.is_open:
            return NextStep(cart.secret, None)
        if cart.status is OrderStatus.PAYING and cart.payment_url:
            return NextStep(cart.secret, cart.payment_url)
        buyer = typed.details()
        await self._let_ended_go(cart)
        if cart.live_items and cart.total.minor == 0:
            return await self._give(cart, buyer)
        return NextStep(cart.secret, await self._payments.begin(cart.key, page, buyer))

    async def change(self, shop: Shop, secret: str | None) -> Cart:
        """Take the order back from the payment page. PaymentsDown when that cannot be closed."""
        cart = await self._required(shop, secret)
        if cart.status is OrderStatus.PAYING:
            await self._payments.stop(cart.key)
        return await self._required(shop, secret)

    async def _give(self, cart: Cart, buyer: BuyerDetails) -> NextStep:
        try:
            await self._payments.give(cart.key, buyer)
        except CartClosed:
            # The second of two clicks finds the order placed.
            status = (await self._sales.sale(cart.key)).status
            if status in (OrderStatus.OPEN, OrderStatus.PAYING):
                raise
        return NextStep(cart.secret, None)

    async def _let_ended_go(self, cart: Cart) -> None:
        for item in cart.items:
            if item.standing is ItemStanding.ENDED:
                await self._bookings.let_expire(cart.key, item.order_item_id)

    async def _required(self, shop: Shop, secret: str | None) -> Cart:
        cart = await self._carts.find(shop, secret)
        if cart is None:
            raise CartEmpty("Your cart is empty.")
        return cart

    async def _refuse(self, shop: Shop, wish: Wish, choice: Choice, failure: Failure) -> None:
        """Say why a hold failed, with the supplier's prices and places of now."""
        self._availability.forget(choice.live)
        supplier = choice.live.product.supplier_name
        if failure in _TOLD_AT_ONCE:
            try:
                choice = await self.choice(shop, wish.product, wish.day, wish.slot_id)
                lines_of(choice, wish.quantities)
            except (AvailabilityUnknown, SlotGone) as error:
                log.info("hold failed and the time cannot be looked at again", failure=failure, error=str(error))
            else:
                _check_price(choice, wish)
        if failure is Failure.SOLD_OUT:
            raise SoldOut(left_in_words(None))
        raise HoldRefused(
            f"{supplier} does not hold these tickets together at the moment. "
            "Please choose others, another time, or try again in a minute."
        )


def _check_price(choice: Choice, wish: Wish) -> None:
    """PriceChanged where the buyer saw another price than the one of now."""
    now = choice.total(wish.quantities)
    if now is None or wish.seen is None or wish.seen == now:
        return
    raise PriceChanged("The supplier has changed the price since you opened this page.", wish.seen, now)
