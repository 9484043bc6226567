"""Writes the mail that is owed to buyers. mail row -> the order as it is now -> api.mail -> SMTP, and what became of it

The row is the intent, committed by whatever made the mail necessary; a job sends it, again until it has left.
"""

from dataclasses import fields
from email.message import EmailMessage
from typing import Any, Final

import structlog
from starlette.concurrency import run_in_threadpool

from api.mail import messages
from api.mail.errors import MailRefused
from api.mail.transport import SmtpTransport
from api.mail.views import CancellationNotice, CancelledItem, Envelope, MoneyBack, RefundedItem, RefundNotice
from api.orders.issued import issued_order
from api.orders.repository import ItemRecord, OrderRecord, OrderRepository
from api.orders.wording import end_in_words, reason_in_words
from api.sale.shapes import OrderKey
from api.shops.links import ShopLinks
from api.shops.repository import ShopRepository
from api.shops.shop import ShopAddress
from api.tickets.views import OrderHead
from core.db import tables
from core.domain.clock import Clock
from core.domain.money import Money
from core.domain.sale import ItemState, MailKind, RefundReason
from core.failpoints import Call, Moment, fail_points

log = structlog.get_logger("api.orders.letters")

# What `occasion` of a mail about money begins with; the item's id follows.
ABOUT_REFUND: Final = "refund:"
ABOUT_RELEASE: Final = "release:"


class Letters:
    """Sends one mail at a time, composed from the order as it is when it leaves."""

    def __init__(
        self,
        orders: OrderRepository,
        shops: ShopRepository,
        transport: SmtpTransport,
        *,
        platform_url: str,
        clock: Clock,
    ) -> None:
        self._orders = orders
        self._shops = shops
        self._transport = transport
        self._platform_url = platform_url
        self._clock = clock

    async def send(self, reseller_id: str, mail_id: str) -> None:
        """Once it has left, sending it again does nothing. MailUndelivered when it may leave later."""
        mail = await self._orders.mail(reseller_id, mail_id)
        if mail is None or mail.sent_at is not None or mail.refused_at is not None:
            return
        try:
            message = await self._composed(mail)
            fail_points.reach(Call.MAIL, Moment.INTENDED)
            await self._transport.send(message)
        except MailRefused as refusal:
            log.warning("mail refused", mail_id=mail_id, order_id=mail.order_id, error=str(refusal))
            await self._orders.mail_left(mail, sent_at=None, refused_at=self._clock())
            return
        fail_points.reach(Call.MAIL, Moment.CALLED)
        await self._orders.mail_left(mail, sent_at=self._clock(), refused_at=None)
        fail_points.reach(Call.MAIL, Moment.RECORDED)
        log.info("mail sent", mail_id=mail_id, order_id=mail.order_id, kind=mail.kind)

    async def _composed(self, mail: tables.Mail) -> EmailMessage:
        record = await self._orders.of_key(OrderKey(mail.reseller_id, mail.order_id))
        if record is None or record.buyer is None:
            raise MailRefused("the order has no buyer any more")
        head = await self._head(record)
        envelope = Envelope(mail.mail_id, record.buyer.email, self._transport.sender, self._clock())
        match MailKind(mail.kind):
            case MailKind.CONFIRMATION:
                if not record.issued:
                    raise MailRefused("the order has no tickets any more")
                issued = issued_order(record, head.shop, head.logo, head.page_url)
                # Drawing a PDF takes a tenth of a second of a core.
                return await run_in_threadpool(messages.confirmation, issued, envelope)
            case MailKind.REFUND if mail.occasion.startswith(ABOUT_RELEASE):
                return messages.refund(_release_notice(record, head, _item(record, mail, ABOUT_RELEASE)), envelope)
            case MailKind.REFUND:
                return messages.refund(_refund_notice(record, head, _subject(record, mail)), envelope)
            case MailKind.CANCELLATION:
                return messages.cancellation(_cancellation_notice(record, head, _subject(record, mail)), envelope)

    async def _head(self, record: OrderRecord) -> OrderHead:
        shop = await self._shops.find(ShopAddress(slug=record.shop_slug))
        if shop is None:
            raise MailRefused("the order's shop is closed")
        links = ShopLinks.of(shop, "", self._platform_url)
        return OrderHead(
            reference=record.order.reference,
            shop=shop,
            logo=await self._shops.logo(shop) if shop.branding.has_logo else None,
            seller_name=record.seller_name,
            buyer_name=record.buyer.full_name if record.buyer else "",
            page_url=links.canonical(links.order(record.order.secret)),
        )


def _subject(record: OrderRecord, mail: tables.Mail) -> tuple[tables.OrderItem, tables.Refund]:
    """What a mail about money is about."""
    found = _item(record, mail, ABOUT_REFUND)
    if found.refund is None:
        raise MailRefused("there is no refund to write about")
    return found.row, found.refund


def _item(record: OrderRecord, mail: tables.Mail, about: str) -> ItemRecord:
    order_item_id = mail.occasion.removeprefix(about)
    found = next((item for item in record.items if item.row.order_item_id == order_item_id), None)
    if found is None:
        raise MailRefused("there is no such item to write about")
    return found


def _refund_notice(
    record: OrderRecord, head: OrderHead, subject: tuple[tables.OrderItem, tables.Refund]
) -> RefundNotice:
    item, refund = subject
    amount, reason = record.money(refund.amount_minor), RefundReason(refund.reason)
    why = reason_in_words(reason, ItemState(item.state), item.failure)
    return _notice(head, item, amount, why, MoneyBack.REFUNDED if amount.minor else MoneyBack.NOTHING)


def _release_notice(record: OrderRecord, head: OrderHead, item: ItemRecord) -> RefundNotice:
    why = end_in_words(ItemState(item.row.state), item.row.failure)
    return _notice(head, item.row, record.money(item.asked_minor), why, MoneyBack.RELEASED)


def _notice(head: OrderHead, item: tables.OrderItem, amount: Money, why: str, way: MoneyBack) -> RefundNotice:
    told = RefundedItem(product_title=item.product_title, local_date=item.local_date, amount=amount, reason=why)
    return RefundNotice(**_of_head(head), total=amount, way=way, items=(told,))


def _cancellation_notice(
    record: OrderRecord, head: OrderHead, subject: tuple[tables.OrderItem, tables.Refund]
) -> CancellationNotice:
    item, refund = subject
    return CancellationNotice(
        **_of_head(head),
        items=(
            CancelledItem(
                product_title=item.product_title,
                local_date=item.local_date,
                refund=record.money(refund.amount_minor) if refund.amount_minor else None,
            ),
        ),
    )


def _of_head(head: OrderHead) -> dict[str, Any]:
    return {field.name: getattr(head, field.name) for field in fields(head)}
