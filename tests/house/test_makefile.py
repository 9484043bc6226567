"""`make` is the list of commands, so it must be whole."""

import re
import subprocess

from core.settings import ROOT

# Steps of other targets, which do them by themselves.
SETUP_STEPS = {"environment", "browser"}
MAKEFILE = (ROOT / "Makefile").read_text()


def test_every_target_is_listed_with_one_line():
    targets = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)) - SETUP_STEPS
    listing = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, check=True, capture_output=True, text=True)
    listed = {line.split()[1] for line in listing.stdout.splitlines()}
    assert listed == targets


def test_every_target_is_phony():
    targets = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))
    phony = next(line for line in MAKEFILE.splitlines() if line.startswith(".PHONY:"))
    assert set(phony.split()[1:]) == targets


def test_every_target_that_uses_the_environment_makes_it():
    rules = re.split(r"^(?=[a-z][a-z-]*:)", MAKEFILE, flags=re.MULTILINE)[1:]
    lacking = [
        rule.partition(":")[0]
        for rule in rules
        if "$(BIN)/" in rule and "environment" not in rule.partition("##")[0] and not rule.startswith("clean:")
    ]
    assert not lacking


def test_reseller_says_how_to_use_it():
    answer = subprocess.run(["make", "reseller"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert answer.returncode != 0
    assert 'use: make reseller NAME="Hotel Mira" SLUG=hotel-mira' in answer.stderr
