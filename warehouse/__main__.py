"""`python -m warehouse build|audit|publish|rollback|maintain`: the warehouse by hand."""

import argparse
import sys

from core.errors import PlatformError
from core.logs import log_as_command
from core.settings import settings
from warehouse.build import BuildReport, audit, build
from warehouse.maintenance import maintain
from warehouse.manifest import Dataset, Manifest
from warehouse.publish import publish, rollback


def main() -> int:
    log_as_command()
    arguments = _parser().parse_args()
    try:
        sys.stdout.write(f"{_perform(arguments)}\n")
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m warehouse", description=__doc__)
    parser.add_argument("--dataset", type=Dataset, choices=list(Dataset), default=Dataset.CATALOG)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("build", help="rebuild the models from the raw tables, and audit them")
    actions.add_parser("audit", help="audit what is built")
    publishing = actions.add_parser("publish", help="audit what is built, and show it to readers")
    publishing.add_argument("--accept-loss", action="store_true", help="even if much of the catalogue is gone")
    actions.add_parser("rollback", help="show readers an earlier release").add_argument("version")
    actions.add_parser("maintain", help="compact the lake and drop what nothing uses")
    return parser


def _perform(arguments: argparse.Namespace) -> str:
    dataset: Dataset = arguments.dataset
    match arguments.action:
        case "build":
            return _summary(build(dataset, settings()))
        case "audit":
            return _summary(audit(dataset, settings()))
        case "publish":
            return _named(publish(audit(dataset, settings()), settings(), accepts_loss=arguments.accept_loss))
        case "rollback":
            return _named(rollback(dataset, arguments.version, settings()))
        case _:
            return str(maintain(settings()))


def _summary(report: BuildReport) -> str:
    failed = [str(result) for result in report.audits if result.failed_rows]
    rows = [f"{table}: {count:,} rows" for table, count in report.models.items()]
    return "\n".join([*rows, f"{len(report.audits)} audits, {len(failed)} failed", *failed, f"{report.seconds:.1f} s"])


def _named(manifest: Manifest) -> str:
    return f"{manifest.dataset} {manifest.version}: {manifest.bytes:,} bytes"


if __name__ == "__main__":
    sys.exit(main())
