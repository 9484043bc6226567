"""schema.org descriptions of pages. views -> JSON-LD documents, with the very offers the page shows"""

from typing import Any

from api.catalog.views import Listing, PlaceView, ProductView
from api.pages.rendering import Crumb
from api.shops.links import ShopLinks
from api.shops.shop import Shop
from core.domain.pricing import Offer
from warehouse.readers.shapes import Place

CONTEXT = "https://schema.org"
Document = dict[str, Any]


def front(shop: Shop, links: ShopLinks) -> list[Document]:
    home = links.canonical(links.front())
    search = links.canonical(links.search()) + "?q={query}"
    return [
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "name": shop.name,
            "url": home,
            "potentialAction": {"@type": "SearchAction", "target": search, "query-input": "required name=query"},
        }
    ]


def breadcrumbs(crumbs: list[Crumb], links: ShopLinks) -> Document:
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb.name, "item": links.canonical(crumb.href)}
            for number, crumb in enumerate(crumbs, 1)
        ],
    }


def item_list(listing: Listing, links: ShopLinks) -> Document:
    return {
        "@context": CONTEXT,
        "@type": "ItemList",
        "numberOfItems": listing.total,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": card.product.title,
                "url": links.canonical(links.product(card.product.slug)),
            }
            for number, card in enumerate(listing.cards, 1)
        ],
    }


def place(view: PlaceView, links: ShopLinks) -> Document:
    return {"@context": CONTEXT, **_attraction(view.place, view.city.name, links)}


def product(view: ProductView, shop: Shop, links: ShopLinks) -> Document:
    """Without an aggregate rating: no provider lets one be republished."""
    facts = view.product
    href = links.canonical(links.product(facts.slug))
    document: Document = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": facts.title,
        "url": href,
        "sku": facts.product_id,
        "category": "Tickets",
        "brand": {"@type": "Organization", "name": facts.supplier_name},
    }
    if facts.short_description:
        document["description"] = facts.short_description
    if view.media:
        document["image"] = [links.canonical(links.picture(medium.media_id, 1200)) for medium in view.media[:6]]
    if view.offer:
        document["offers"] = _offer(view.offer, shop, href)
    return document


def _offer(made: Offer, shop: Shop, href: str) -> Document:
    return {
        "@type": "AggregateOffer",
        "lowPrice": str(made.asked.major),
        "priceCurrency": made.asked.currency,
        "availability": f"{CONTEXT}/InStock",
        "url": href,
        "seller": {"@type": "Organization", "name": shop.name},
    }


def _attraction(place: Place, city: str, links: ShopLinks) -> Document:
    document: Document = {
        "@type": "TouristAttraction",
        "name": place.name,
        "url": links.canonical(links.place(place.slug)),
        "address": {"@type": "PostalAddress", "addressLocality": city, "addressCountry": place.country_code},
    }
    if place.local_name and place.local_name != place.name:
        document["alternateName"] = place.local_name
    if place.street_address:
        document["address"]["streetAddress"] = place.street_address
    if place.latitude is not None and place.longitude is not None:
        document["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    if place.cover_media_id:
        document["image"] = links.canonical(links.picture(place.cover_media_id, 1200))
    return document
