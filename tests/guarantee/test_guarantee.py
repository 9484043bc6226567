"""Whatever fails and whoever dies, a buyer has his tickets or his money back, once."""

import sys
from random import Random

import pytest

from api.ledger.service import reconcile
from tests.guarantee.audit import Audit
from tests.guarantee.trial import POINTS, Trial


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_every_payment_has_its_tickets_or_its_refund(trial_desk, nursery, assortment, listener, request, report):
    purchases, seed = request.config.getoption("--purchases"), request.config.getoption("--seed")
    trial = Trial(trial_desk, nursery, assortment, listener, Random(seed))  # noqa: S311 - repeatable on purpose
    await trial.run(purchases)
    audit = Audit(trial_desk)
    broken = audit.broken()
    differences = await reconcile(trial_desk.platform)
    never = [point for point in POINTS if not trial.died[point]]
    lines = [f"{purchases} purchases, seed {seed}: {sum(trial.died.values())} deaths, {len(broken)} promises broken"]
    lines += [str(difference) for difference in differences] or ["ledger, sales and Stripe agree"]
    lines += [f"  {point:28} passed {trial.passed[point]:5}, died {trial.died[point]:3}" for point in POINTS]
    sys.stdout.write("\n".join(lines) + "\n")
    report(
        {
            "guarantee_runs": purchases,
            "guarantee_broken": len(broken),
            "guarantee_differences": len(differences),
            "guarantee_fail_points": len(POINTS) - len(never),
        }
    )
    assert not broken
    assert not differences
    assert not never, "nobody ever died there"
