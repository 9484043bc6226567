"""Run the sandbox: `python -m sandbox --port 8100 --key canal=... --key meridian=...`"""

import argparse
import logging
import sys
from pathlib import Path

import structlog
import uvicorn

from sandbox.app import SandboxOptions, create_app
from sandbox.providers.profiles import PROFILES
from sandbox.stripe.account import StripeOptions

LOOPBACK = "127.0.0.1"


def main() -> None:
    parser = _parser()
    arguments = parser.parse_args()
    if (arguments.stripe_key is None) != (arguments.stripe_webhook_secret is None):
        parser.error("--stripe-key and --stripe-webhook-secret come together")
    options = SandboxOptions(
        public_url=arguments.public_url or f"http://{LOOPBACK}:{arguments.port}",
        keys=dict(arguments.key),
        seed=arguments.seed,
        place_count=arguments.places,
        state_file=arguments.state,
        stripe=_stripe(arguments),
        smtp_port=arguments.smtp_port,
    )
    _log_to_stdout()
    structlog.get_logger().info("sandbox starts", url=options.public_url, suppliers=list(options.keys))
    uvicorn.run(create_app(options), host=LOOPBACK, port=arguments.port, access_log=False, log_config=None)


def _stripe(arguments: argparse.Namespace) -> StripeOptions | None:
    if arguments.stripe_key is None:
        return None
    return StripeOptions(
        api_key=arguments.stripe_key,
        webhook_secret=arguments.stripe_webhook_secret,
        webhook_url=arguments.stripe_webhook_url,
    )


def _log_to_stdout() -> None:
    """JSON lines, what uvicorn has to say included from warnings upwards."""
    processors: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    as_json = structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=as_json, foreign_pre_chain=processors))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    structlog.configure(processors=[*processors, as_json])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="Simulated ticket suppliers, Stripe and a mailbox on loopback.",
        epilog="@FILE stands for arguments in a file, one word a line: who lists processes then sees no key.",
        fromfile_prefix_chars="@",
    )
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument(
        "--key", type=_key, action="append", required=True, metavar="SUPPLIER=KEY", help=f"one of {', '.join(PROFILES)}"
    )
    parser.add_argument("--public-url", help="how callers reach it, when that is not the loopback address")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another world on the same map")
    parser.add_argument("--places", type=int, help="a small world of so many places")
    parser.add_argument("--state", type=Path, help="a file that keeps bookings and payments over a restart")
    parser.add_argument("--smtp-port", type=int, metavar="PORT", help="takes mail there, to be read at /mailbox")
    parser.add_argument("--stripe-key", metavar="KEY", help="opens Stripe to callers with this key")
    parser.add_argument("--stripe-webhook-secret", metavar="SECRET", help="signs what Stripe tells")
    parser.add_argument("--stripe-webhook-url", metavar="URL", help="where Stripe tells events; left out, nowhere")
    return parser


def _key(text: str) -> tuple[str, str]:
    supplier, _, key = text.partition("=")
    if supplier not in PROFILES or not key:
        raise argparse.ArgumentTypeError(f"write SUPPLIER=KEY, where SUPPLIER is one of {', '.join(PROFILES)}")
    return supplier, key


if __name__ == "__main__":
    main()
