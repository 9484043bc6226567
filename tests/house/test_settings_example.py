"""`.env.example` explains every setting and invents none."""

import re

from core.settings import ROOT, Settings, read_settings

EXAMPLE = ROOT / ".env.example"


def test_every_setting_is_explained_and_none_is_invented():
    shown = set(re.findall(r"^# (TIQZY_\w+)=", EXAMPLE.read_text(), re.MULTILINE))
    assert shown == {f"TIQZY_{name.upper()}" for name in Settings.model_fields}


def test_every_setting_has_words_above_it():
    paragraphs = EXAMPLE.read_text().split("\n\n")
    bare = [text for text in paragraphs if "=" in text and text.lstrip("# ").startswith("TIQZY_")]
    assert not bare


def test_the_example_can_be_used_when_uncommented(tmp_path):
    uncommented = re.sub(r"^# (?=TIQZY_)", "", EXAMPLE.read_text(), flags=re.MULTILINE)
    (tmp_path / ".env").write_text(uncommented)
    assert read_settings(env_files=(tmp_path / ".env",)).connections[0].connection_id == "acme"
