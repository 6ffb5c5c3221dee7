"""Writes what the settings of package.json and docs/settings.md say: `python -m scripts.generate_settings`.

The source of both is hpcls/server/catalogue.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from hpcls.server.catalogue import OPTIONS, Option

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "vscode-extension" / "package.json"
PAGE = ROOT / "docs" / "settings.md"
_HEAD = """\
# Settings of an editor

In Visual Studio Code these stand in `settings.json` under these names. In other editors the same names, without
`hpcls.`, are what the server is sent as its settings (`settings.hpcls`, or `initializationOptions`); what only the
extension reads is marked. Kebab-case (`min-confidence`) is understood too.

Where nothing is set, `.hpcls.toml` or `[tool.hpcls]` in `pyproject.toml` decides. A setting that hpcls does not know is
told on the status bar, and the others hold. What can make something run (†) is not taken from a folder that you do not
trust.

| setting | values | default | |
|---|---|---|---|
"""


def properties() -> dict[str, object]:
    """`contributes.configuration.properties` of package.json."""
    return {f"hpcls.{option.name}": _property(option) for option in OPTIONS}


def restricted() -> list[str]:
    """`capabilities.untrustedWorkspaces.restrictedConfigurations` of package.json."""
    return [f"hpcls.{option.name}" for option in OPTIONS if option.runs]


def package(text: str) -> str:
    """`text`, a package.json, with its settings as the catalogue has them."""
    content = json.loads(text)
    content["contributes"]["configuration"]["properties"] = properties()
    content["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"] = restricted()
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def page() -> str:
    """docs/settings.md."""
    return _HEAD + "".join(_row(option) for option in OPTIONS)


def _property(option: Option) -> dict[str, object]:
    return {
        **option.schema,
        "default": option.default,
        "scope": option.scope,
        "markdownDescription": option.text,
    }


def _row(option: Option) -> str:
    marks = ("†" if option.runs else "") + (" (extension)" if option.reader == "client" else "")
    default = "" if option.default is None else f"`{json.dumps(option.default)}`"
    text = option.text.replace("`#", "`").replace("#`", "`").replace("|", "\\|")
    return f"| `hpcls.{option.name}`{marks} | {_values(option)} | {default} | {text} |\n"


def _values(option: Option) -> str:
    choices = cast("list[str | None] | None", option.schema.get("enum"))
    if choices:
        return ", ".join(f"`{choice}`" for choice in choices if choice is not None)
    kind = cast("str | list[str]", option.schema["type"])
    return kind if isinstance(kind, str) else ", ".join(name for name in kind if name != "null")


def main() -> None:
    """Write both."""
    PACKAGE.write_text(package(PACKAGE.read_text("utf-8")), "utf-8")
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
