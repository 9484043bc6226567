"""A message in a real browser: its pictures show, its script does not run, its links lead out."""

import smtplib
from email.message import EmailMessage
from io import BytesIO

import pytest
from PIL import Image

pytestmark = pytest.mark.browser


@pytest.fixture
def letter(sandbox) -> str:
    """The address of a message as an enemy would write it."""
    picture = BytesIO()
    Image.new("1", (8, 8)).save(picture, "PNG")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "shop@shop.example", "noor@example.com", "Tickets"
    message.set_content("Tickets")
    links = f'<a href="{sandbox.base_url}/mailbox">Order</a><a href="javascript:document.title=1">Trap</a>'
    message.add_alternative(f'<img src="cid:a@b"><script>document.write("ran")</script>{links}', subtype="html")
    message.get_body(("html",)).add_related(picture.getvalue(), "image", "png", cid="<a@b>")
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=10) as server:
        server.send_message(message)
    return f"{sandbox.base_url}/mailbox/{sandbox.mail('noor@')[0]['number']}"


def test_a_message_shows_itself_and_runs_nothing(chromium, letter):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(letter, wait_until="networkidle")
    shown = page.frame_locator("iframe")
    assert shown.locator("img").evaluate("picture => picture.naturalWidth") == 8
    assert "ran" not in shown.locator("body").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    with page.expect_popup() as opened:
        shown.get_by_text("Order").click()
    assert opened.value.get_by_role("heading", name="Mailbox").is_visible()
    page.context.close()
