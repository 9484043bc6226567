"""What can go wrong at the door, each with its status code.

StatusCoded
├── NotSignedIn, SignInRefused   401
├── FormNotOurs                  403
└── TooManyAttempts              429
"""

from api.errors import StatusCoded


class NotSignedIn(StatusCoded):
    """No session, an unknown one, or one that ended; the three are not told apart."""

    status_code = 401
    title = "Sign in to continue"


class SignInRefused(StatusCoded):
    """E-mail or password is wrong; which of them is never told."""

    status_code = 401
    title = "E-mail or password is not right"


class FormNotOurs(StatusCoded):
    """A form that this browser did not get from us, or got too long ago."""

    status_code = 403
    title = "This page was open for too long"


class TooManyAttempts(StatusCoded):
    """The limit for this e-mail or this address is reached; `wait_seconds` says for how long."""

    status_code = 429
    title = "Too many attempts"

    def __init__(self, wait_seconds: int) -> None:
        minutes = -(-wait_seconds // 60)
        super().__init__(f"Try again in {minutes} {'minute' if minutes == 1 else 'minutes'}.")
        self.wait_seconds = wait_seconds
