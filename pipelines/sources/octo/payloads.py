"""Products as a server wrote them, without what is personal. reply -> canonical JSON, id, content hash"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pipelines.sources.octo.schemas import Product
from pipelines.sources.octo.settings import MAPPING_VERSION

# The older dialect sends the supplier's e-mail and telephone with each product; people's data stays out of the lake.
PERSONAL = {"contact"}


@dataclass(frozen=True, slots=True)
class ProductPayload:
    """`payload` is JSON with its keys sorted; `content_hash` changes when it does, or when we read it differently."""

    provider_product_id: str
    payload: str
    content_hash: str

    def product(self) -> Product:
        """The payload in its shape; pydantic's ValidationError when it is not what OCTO promises."""
        return Product.model_validate_json(self.payload)


def product_payloads(content: bytes) -> list[ProductPayload]:
    """Each product of a catalogue; the last wins where an id comes twice. ValueError when it is no list of products."""
    products = json.loads(content)
    if not isinstance(products, list):
        raise ValueError("expected a list of products")  # noqa: TRY004 - one error for every malformed reply
    return list({read.provider_product_id: read for read in map(_payload, products)}.values())


def _payload(product: Any) -> ProductPayload:
    product_id = product.get("id") if isinstance(product, dict) else None
    if not isinstance(product_id, str | int) or product_id == "":
        raise ValueError("a product has no id")
    text = json.dumps(_impersonal(product), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(f"{MAPPING_VERSION}:{text}".encode()).hexdigest()
    return ProductPayload(str(product_id), text, digest)


def _impersonal(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _impersonal(inner) for name, inner in value.items() if name not in PERSONAL}
    if isinstance(value, list):
        return [_impersonal(inner) for inner in value]
    return value
