"""The settings of editors have one source: what package.json, the documentation and the extension say follows it."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from hpcls.config import Settings
from hpcls.config.readers import READERS
from hpcls.server.catalogue import ANALYSIS, CLIENT, OPTIONS
from scripts.generate_settings import PACKAGE, PAGE, package, page

EXTENSION = PACKAGE.parent
pytestmark = pytest.mark.skipif(not EXTENSION.exists(), reason="the extension is not part of a source distribution")


def test_package_json_and_the_page_follow_the_catalogue() -> None:
    assert PACKAGE.read_text("utf-8") == package(PACKAGE.read_text("utf-8")), "run python -m scripts.generate_settings"
    assert PAGE.read_text("utf-8") == page(), "run python -m scripts.generate_settings"


def test_every_setting_of_the_analysis_can_be_set_in_an_editor() -> None:
    assert {option.key for option in ANALYSIS} == READERS.keys()
    assert {option.key.replace("-", "_") for option in ANALYSIS} <= {field.name for field in fields(Settings)}


def test_the_extension_reads_what_the_catalogue_says_it_reads() -> None:
    source = (EXTENSION / "src" / "settings.ts").read_text("utf-8")
    read = set(re.findall(r"get(?:<[^>]+>)?\(\"([\w.]+)\"", source))
    assert read | {"trace.server"} == {option.name for option in CLIENT}, "the client library reads trace.server"


def test_what_can_make_something_run_is_marked() -> None:
    marked = {option.name for option in OPTIONS if option.runs}
    assert marked == {"path", "args", "interpreter", "importStrategy", "configuration", "model"}
