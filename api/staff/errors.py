"""What our people can be told."""

from api.errors import BadRequest, NotFound


class NoSuchPage(NotFound):
    """Somebody who is signed in and not ours: the page does not exist for him."""


class ReasonMissing(BadRequest):
    title = "Say why"


class JobGone(NotFound):
    title = "This job is not waiting any more"
