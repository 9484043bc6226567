"""Where to go after signing in: our own pages and dashboards, never a stranger's address in our link."""

from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import URL

from core.settings import Settings


def dashboards_origin(visited: URL, settings: Settings) -> str:
    """The dashboards as this visitor reaches them: the address set, else their port at the host he used."""
    if settings.dashboards_url:
        return _origin(urlsplit(settings.dashboards_url))
    return f"{visited.scheme}://{visited.hostname}:{settings.dashboards_port}"


def safe_return_address(asked: str, visited: URL, settings: Settings) -> str | None:
    """`asked` when it is a path here or an address of the dashboards, else None."""
    # Browsers read a backslash as a slash and drop control characters: "/\evil.example" leaves our host.
    if "\\" in asked or any(ord(character) <= ord(" ") for character in asked):
        return None
    if asked.startswith("/") and not asked.startswith("//"):
        return asked
    try:
        origin = _origin(urlsplit(asked))
    except ValueError:
        return None
    ours = {dashboards_origin(visited, settings), f"{visited.scheme}://{visited.netloc}"}
    return asked if origin in ours else None


def _origin(address: SplitResult) -> str:
    return f"{address.scheme}://{address.netloc}".lower()
