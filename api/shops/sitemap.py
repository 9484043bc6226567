"""Every page of a shop that a search engine should know. catalogue within the shop's area -> sitemap XML"""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from api.catalog.repository import ShopCatalog
from api.catalog.service import CatalogService
from api.shops.links import ShopLinks
from api.shops.shop import Shop

# What one sitemap file may hold, by the protocol.
MOST_URLS: Final = 50_000
PAGE_SIZE: Final = 5_000


def sitemap_xml(service: CatalogService, shop: Shop, links: ShopLinks) -> str:
    """Countries, cities, places, then products, the most popular first."""
    catalog = service.of(shop)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for number, href in enumerate(_hrefs(catalog, links)):
        if number == MOST_URLS:
            break
        lines.append(f"<url><loc>{escape(links.canonical(href))}</loc></url>")
    return "\n".join([*lines, "</urlset>\n"])


def _hrefs(catalog: ShopCatalog, links: ShopLinks) -> Iterator[str]:
    yield links.front()
    yield from (links.country(country.slug) for country in catalog.countries())
    for city in catalog.cities():
        yield links.city(city.slug)
        yield from (links.place(place.slug) for place in catalog.places(city))
    page = 1
    while products := catalog.products(page=page, page_size=PAGE_SIZE).items:
        yield from (links.product(product.slug) for product in products)
        page += 1
