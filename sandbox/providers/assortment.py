"""Which products a supplier sells. World + SupplierProfile -> Product"""

from collections.abc import Iterator

from sandbox.providers.profiles import SupplierProfile
from sandbox.world.draws import draw, percent
from sandbox.world.geography import Country
from sandbox.world.offers import Offer, load_kinds, load_offers, load_unit_types
from sandbox.world.places import Place
from sandbox.world.prices import adult_price_minor
from sandbox.world.products import Option, Product, Unit
from sandbox.world.world import World

# Of a hundred places: only canal sells the first 36, both the next 32, only meridian the rest.
CANAL_ALONE, CANAL_AT_ALL = 36, 68
COMBINABLE = frozenset({"museum", "gallery", "tower", "science", "palace", "castle", "viewpoint"})


def assortment(world: World, profile: SupplierProfile) -> tuple[Product, ...]:
    """Everything the supplier sells, in the order of the world's places."""
    products = []
    for place in world.places:
        if profile.code in _sellers(world, place):
            codes = _offer_codes(world, profile, place)
            products += [_product(world, profile, place, code, None) for code in codes]
            other = _companion(world, profile, place)
            if other:
                products.append(_product(world, profile, place, "combo", other))
    return tuple(products)


def _sellers(world: World, place: Place) -> set[str]:
    chance = percent(world.seed, "sellers", place.key)
    if chance < CANAL_ALONE:
        return {"canal"}
    return {"canal", "meridian"} if chance < CANAL_AT_ALL else {"meridian"}


def _offer_codes(world: World, profile: SupplierProfile, place: Place) -> list[str]:
    """The main offer mostly, others by chance, at least one; private offers only where the supplier has them."""
    offers = load_offers()
    main, *others = load_kinds()[place.kind].offers
    private = {code for code in others if offers[code].takes_whole_slot}
    open_to_it = [code for code in others if profile.sells_private or code not in private]
    chances = {code: percent(world.seed, profile.code, place.key, code) for code in [main, *open_to_it]}
    likely = 50 if profile.sells_private else 38
    chosen = [code for code in open_to_it if chances[code] < likely + 40 * (code in private)]
    if not profile.sells_private or not chosen or chances[main] < likely:
        chosen.insert(0, main)
    return chosen


def _companion(world: World, profile: SupplierProfile, place: Place) -> Place | None:
    """A second place in the same city for a combination ticket."""
    if place.kind not in COMBINABLE or percent(world.seed, "combo", place.key) >= profile.combination_share * 2:
        return None
    near = [other for other in world.places if other.city is place.city and other.kind in COMBINABLE and other != place]
    return near[draw(world.seed, "companion", place.key) % len(near)] if near else None


def _product(world: World, profile: SupplierProfile, place: Place, code: str, other: Place | None) -> Product:
    kind, offer = load_kinds()[place.kind], load_offers()[code]
    about = (world.seed, profile.code, place.key, code)
    least, most = profile.commission_bps
    is_closed_mondays = percent(world.seed, "monday", place.key) < kind.monday_closed_share
    place_bps = 8600 + draw(world.seed, "level", place.key) % 2900 + draw(*about, "own level") % 500
    product_id = _product_id(profile, about)
    return Product(
        product_id=product_id,
        reference=f"{place.city.key[:3]}-{code}".upper() if profile.has_plain_ids else None,
        place=place,
        other=other,
        kind=kind,
        offer_code=code,
        offer=offer,
        adult_minor=adult_price_minor(kind, offer, place.city.country, place_bps),
        has_seasonal_prices=percent(*about, "seasonal") < (20 if profile.has_plain_ids else 55),
        is_commission_only=percent(*about, "commission") < profile.commission_only_share,
        commission_bps=least + draw(*about, "share") % ((most - least) // 50 + 1) * 50,
        closed_weekday=0 if is_closed_mondays else None,
        options=tuple(_options(profile, product_id, offer, place.city.country)),
    )


def _product_id(profile: SupplierProfile, about: tuple[object, ...]) -> str:
    if profile.has_plain_ids:
        _, _, place_key, code = about
        return f"{place_key}.{code}"
    return f"MER{draw(*about, 'id') % 10**9:09}"


def _options(profile: SupplierProfile, product_id: str, offer: Offer, country: Country) -> Iterator[Option]:
    """One DEFAULT option, or one per language where the guide's language is a choice."""
    languages = [("en", "English")]
    if profile.has_option_per_language and "local" in offer.languages and country.language != "en":
        languages.append((country.language, country.language_name))
    for language, name in languages:
        is_choice = len(languages) > 1
        option_id = f"tour_{language}" if is_choice else "DEFAULT"
        yield Option(
            option_id=option_id,
            title=f"Guided in {name}" if is_choice else "Standard",
            language=language if is_choice else None,
            noise_key=draw(product_id, option_id),
            units=tuple(
                Unit(unit_id=_unit_id(profile, product_id, unit.type), type=unit)
                for unit in load_unit_types()[offer.units]
            ),
        )


def _unit_id(profile: SupplierProfile, product_id: str, unit_type: str) -> str:
    name = unit_type.lower()
    return name if profile.has_plain_ids else f"{name}_{draw(product_id, name) % 16**8:08x}"
