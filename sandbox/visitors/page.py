"""A page as somebody without script sees it. HTML -> links and forms"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass
class Form:
    """`fields` are sent as they stand; `numbers` are those that take a number, up to which; `boxes` are not ticked."""

    action: str
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)


@dataclass
class Page:
    url: str
    status: int
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def links_to(self, part: str) -> list[str]:
        """Each once, in the page's order."""
        return list(dict.fromkeys(link for link in self.links if part in urlsplit(link).path))

    def form(self, *, action: str = "", having: dict[str, str] | None = None) -> Form | None:
        """The first that is sent by POST to an address that ends so, and has these fields as they stand."""
        wanted = (having or {}).items()
        return next(
            (
                form
                for form in self.forms
                if form.method == "post" and form.action.endswith(action) and wanted <= form.fields.items()
            ),
            None,
        )


def read_page(url: str, status: int, html: str) -> Page:
    reader = _Reader(Page(url, status))
    reader.feed(html)
    return reader.page


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._form: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in named:
            self.page.links.append(urljoin(self.page.url, named["href"]))
        elif tag == "form":
            self._form = Form(urljoin(self.page.url, named.get("action", "")), named.get("method", "get").lower())
            self.page.forms.append(self._form)
        elif tag == "input" and self._form and "name" in named:
            self._read_input(self._form, named)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def _read_input(self, form: Form, named: dict[str, str]) -> None:
        match named.get("type", "text"):
            case "checkbox":
                form.boxes[named["name"]] = named.get("value", "on")
            case "number":
                form.numbers[named["name"]] = int(named.get("max") or "1")
                form.fields[named["name"]] = named.get("value", "0")
            case _:
                form.fields[named["name"]] = named.get("value", "")
