"""What stops a load before it reaches the lake, whichever source it is of."""

from core.errors import CatalogueError


class CatalogueTruncated(CatalogueError):
    """A full read is empty or lost too many of the products we know; believing it would empty the shops."""


class LoadFailed(CatalogueError):
    """The lake took a load only in part or not at all; the next load of the same puts it right."""
