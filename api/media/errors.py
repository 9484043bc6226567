"""Why a picture cannot be shown, each with its status code."""

from api.errors import NotFound, Unavailable


class PictureNotFound(NotFound):
    """No release names this picture, or the width is not one we make."""

    title = "There is no such picture"


class PictureUnavailable(Unavailable):
    """Its source cannot be fetched, is not allowed, or is not a picture."""

    title = "The picture cannot be shown right now"
    retry_after_seconds = 60
