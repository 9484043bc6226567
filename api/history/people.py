"""Who bought: made-up names at addresses that nobody can have. chance -> BuyerDetails"""

from random import Random
from typing import Final

from api.sale.shapes import BuyerDetails

FIRST_NAMES: Final = (
    *("Ada", "Anna", "Ben", "Carla", "Daan", "Elena", "Emma", "Femke", "Filip", "Giulia", "Hanna", "Hugo", "Ines"),
    *("Jan", "Jonas", "Julia", "Karin", "Lars", "Laura", "Lena", "Lotte", "Luca", "Maja", "Marco", "Marie", "Mats"),
    *("Mila", "Nina", "Noah", "Olga", "Oscar", "Paula", "Pavel", "Petra", "Rosa", "Sam", "Sofia", "Sven", "Thomas"),
)
LAST_NAMES: Final = (
    *("Andersen", "Baker", "Bakker", "Becker", "Bernard", "Costa", "de Boer", "de Vries", "Dupont", "Fischer"),
    *("Garcia", "Hansen", "Horak", "Jansen", "Keller", "Kowalski", "Larsen", "Lefevre", "Martin", "Meijer"),
    *("Moreau", "Novak", "Ortega", "Peters", "Rossi", "Schmidt", "Silva", "Smit", "Taylor", "van Dijk", "Visser"),
)
# Reserved for examples: https://www.rfc-editor.org/rfc/rfc2606
DOMAINS: Final = ("example.com", "example.org", "example.net", "mail.test", "post.test")


def invented_buyer(chance: Random) -> BuyerDetails:
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    local = f"{first}.{last}".lower().replace(" ", "")
    return BuyerDetails(f"{first} {last}", f"{local}{chance.randint(1, 999)}@{chance.choice(DOMAINS)}")
