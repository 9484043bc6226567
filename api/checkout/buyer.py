"""Who buys, as far as a ticket and a mail need it. typed text -> BuyerDetails"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.checkout.errors import BuyerRefused
from api.sale.shapes import BuyerDetails

LONGEST_NAME: Final = 100
LONGEST_EMAIL: Final = 254
LONGEST_PHONE: Final = 25
FEWEST_DIGITS: Final = 6
_EMAIL: Final = re.compile(r"[^@\s<>()\[\],;:\\\"]{1,64}@[^@\s<>()\[\],;:\\\"]+\.[^@\s<>()\[\],;:\\\".\d]{2,63}")
_PHONE: Final = re.compile(r"\+?[\d ()./-]+")


@dataclass(frozen=True, slots=True)
class TypedBuyer:
    """What was typed, as it was typed, so that a form can show it again."""

    full_name: str = ""
    email: str = ""
    phone: str = ""
    agrees: bool = False

    def details(self) -> BuyerDetails:
        """BuyerRefused naming every field at fault."""
        name, email, phone = (" ".join(text.split()) for text in (self.full_name, self.email, self.phone))
        faults = dict(self._faults(name, email, phone))
        if faults:
            raise BuyerRefused(faults)
        return BuyerDetails(name, email, phone or None)

    def _faults(self, name: str, email: str, phone: str) -> Mapping[str, str]:
        faults = {}
        if not any(character.isalpha() for character in name):
            faults["full_name"] = "Please enter your name, as it should be on the tickets."
        elif len(name) > LONGEST_NAME or not name.isprintable():
            faults["full_name"] = f"Please enter a name of at most {LONGEST_NAME} letters."
        if not email:
            faults["email"] = "Please enter the e-mail address that your tickets should go to."
        elif len(email) > LONGEST_EMAIL or not email.isprintable() or not _EMAIL.fullmatch(email):
            faults["email"] = "This is not a complete e-mail address, such as name@example.com."
        digits = sum(character.isdigit() for character in phone)
        is_phone = _PHONE.fullmatch(phone) and digits >= FEWEST_DIGITS and len(phone) <= LONGEST_PHONE
        if phone and not is_phone:
            faults["phone"] = "This is not a phone number, such as +31 20 123 4567. You may also leave it empty."
        if not self.agrees:
            faults["terms"] = "Please agree to the terms to go on."
        return faults
