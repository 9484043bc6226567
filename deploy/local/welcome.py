"""What somebody needs who has just started the platform: where to look, and how to sign in."""

from api.accounts.demo import read_demo_sign_ins
from api.demo_shops import demo_shops
from core.settings import Settings
from deploy.local import services
from deploy.local.terminal import Terminal


def first_shop_path() -> str:
    """The first page of the first demo shop."""
    return f"/s/{demo_shops()[0].slug}/"


def print_welcome(terminal: Terminal, settings: Settings, *, has_sandbox: bool) -> None:
    shop, dashboards = services.shop(settings).page, services.dashboards(settings).page
    pages = {draft.name: f"{shop}/s/{draft.slug}/" for draft in demo_shops()} if has_sandbox else {"Shops": shop}
    pages |= {"Dashboards": dashboards, "Dagster": services.dagster_page(settings)}
    if has_sandbox:
        pages["Sandbox's switches"] = services.sandbox_page(settings)
        pages["Sandbox's mailbox"] = f"{services.sandbox_page(settings)}/mailbox"
    terminal.print()
    for name, page in pages.items():
        terminal.print(f"  {name:20} {page}")
    if has_sandbox:
        _print_sign_ins(terminal, settings, dashboards)
    terminal.print("\nCtrl-C stops everything.")


def _print_sign_ins(terminal: Terminal, settings: Settings, dashboards: str) -> None:
    terminal.print(f"\nSign in at {dashboards} with:")
    for sign_in in read_demo_sign_ins(settings.home):
        who = f"{sign_in.role.value.lower()} of {sign_in.reseller}" if sign_in.reseller else sign_in.role.value.lower()
        terminal.print(f"  {sign_in.email:30} {sign_in.password}   {who}")
