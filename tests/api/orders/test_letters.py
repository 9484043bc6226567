"""A mail is owed until it has left or was refused for good."""

import pytest

from api.mail.errors import MailUndelivered
from tests.fixtures.sales import ADA


async def owed_mail(buyer) -> tuple[str, str]:
    key, _ = await buyer.desk.paid()
    await buyer.desk.settle(key)
    return key.reseller_id, buyer.desk.rows("SELECT mail_id FROM mail WHERE order_id = %s", key.order_id)[0][0]


def became(buyer, mail_id: str) -> tuple[bool, bool]:
    row = buyer.desk.rows("SELECT sent_at, refused_at FROM mail WHERE mail_id = %s", mail_id)[0]
    return row[0] is not None, row[1] is not None


async def test_a_mail_leaves_once(buyer):
    reseller_id, mail_id = await owed_mail(buyer)
    await buyer.desk.platform.letters.send(reseller_id, mail_id)
    await buyer.desk.platform.letters.send(reseller_id, mail_id)
    assert became(buyer, mail_id) == (True, False)
    assert len(buyer.desk.sandbox.mail()) == 1


async def test_whose_money_was_only_reserved_hears_that_it_is_not_taken(buyer):
    desk = buyer.desk
    key, _ = await desk.paid(what=desk.confirms_later)
    await desk.settle(key)
    desk.sandbox.control(desk.confirms_later.connection_id, is_down=True)
    desk.time.pass_by(hours=25)
    await desk.work()
    desk.sandbox.control(desk.confirms_later.connection_id, is_down=False)
    await desk.settle(key)
    await desk.work()
    [letter] = desk.sandbox.mail()
    assert "Tickets that we could not get" in letter["subject"]
    assert "was only reserved when you paid, and was not taken" in letter["text"]


async def test_a_lost_free_ticket_promises_no_money(buyer):
    desk = buyer.desk
    key, [item] = await desk.held(is_free=True)
    await desk.let_provider_forget(item)
    desk.sandbox.control(desk.on_sale.connection_id, sold_out=True)
    await desk.platform.payments.give(key, ADA)
    await desk.settle(key)
    await desk.work()
    [letter] = desk.sandbox.mail()
    assert "They were free, so there is nothing to give back" in letter["text"]


async def test_a_mail_put_off_stays_owed_for_the_next_attempt(buyer):
    reseller_id, mail_id = await owed_mail(buyer)
    buyer.desk.sandbox.control("mailbox", is_postponing=True)
    with pytest.raises(MailUndelivered):
        await buyer.desk.platform.letters.send(reseller_id, mail_id)
    assert became(buyer, mail_id) == (False, False)


async def test_a_mail_refused_for_good_is_not_tried_again(buyer):
    reseller_id, mail_id = await owed_mail(buyer)
    buyer.desk.sandbox.control("mailbox", is_refusing=True)
    await buyer.desk.platform.letters.send(reseller_id, mail_id)
    assert became(buyer, mail_id) == (False, True)
