"""Every setting of an editor: the one source of the extension's package.json, of docs/settings.md and of what is read.

`python -m scripts.generate_settings` writes the first two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from hpcls.config import CODES, Device, EvidenceLevel, Kind, Precedence, Target
from hpcls.config.readers import OPENMP_VERSIONS
from hpcls.server.preferences import LOG_LEVELS, SEVERITIES

Schema = Mapping[str, object]
Reader = Literal["client", "server", "analysis"]


@dataclass(frozen=True, eq=False)
class Option:
    """One setting, as a user of an editor writes it."""

    name: str
    """Without its section: `inlineCompletion.debounce` of `hpcls.inlineCompletion.debounce`."""
    reader: Reader
    """Who reads it: the editor's extension, the server about itself, or hpcls/config."""
    schema: Schema
    """JSON schema of its value."""
    default: object
    """None: a file of settings decides, or what hpcls does by itself."""
    text: str
    """What it does, in Markdown."""
    runs: bool = False
    """Whether it can make something run: a folder that the user does not trust cannot set it."""
    scope: str = "window"
    """Where Visual Studio Code lets it be set."""

    @property
    def key(self) -> str:
        """Kebab-case, as in a file of settings."""
        return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in self.name)


def _one_of(choices: tuple[str, ...], *, unset: bool = False) -> Schema:
    return {"type": ["string", "null"], "enum": [*choices, None]} if unset else {"type": "string", "enum": [*choices]}


_SWITCH: Schema = {"type": "boolean"}
_TEXT: Schema = {"type": "string"}
_TEXT_OR_UNSET: Schema = {"type": ["string", "null"]}
_WORDS: Schema = {"type": "array", "items": {"type": "string"}}
_LANGUAGES = ("c", "cpp", "cuda-cpp")
_NOTIFICATIONS = ("off", "onError", "onWarning", "always")
_IMPORT = ("fromEnvironment", "useBundled")

CLIENT = (
    Option("enable", "client", _SWITCH, True, "Whether hpcls runs."),
    Option(
        "languages",
        "client",
        {"type": "array", "items": {"type": "string", "enum": [*_LANGUAGES]}, "uniqueItems": True},
        [*_LANGUAGES],
        "The languages in which hpcls speaks.",
    ),
    Option(
        "path",
        "client",
        _WORDS,
        [],
        "Programs to try as hpcls, in this order: the first that exists is run. With none, `#hpcls.interpreter#` is "
        "asked.",
        runs=True,
        scope="machine-overridable",
    ),
    Option(
        "args",
        "client",
        _WORDS,
        [],
        "Further arguments of `hpcls server`.",
        runs=True,
        scope="machine-overridable",
    ),
    Option(
        "interpreter",
        "client",
        _WORDS,
        [],
        "Python interpreters to try, in this order: the first that has hpcls runs it. With none, the interpreter that "
        "the Python extension has chosen is asked, then `hpcls` on the `PATH`.",
        runs=True,
        scope="machine-overridable",
    ),
    Option(
        "importStrategy",
        "client",
        _one_of(_IMPORT),
        "fromEnvironment",
        "Which hpcls is run: the one that is installed, or the one that this extension carries (platform builds only). "
        "`fromEnvironment` falls back to the carried one.",
        runs=True,
        scope="machine-overridable",
    ),
    Option("inlineCompletion.enable", "client", _SWITCH, True, "Whether ghost text is shown."),
    Option(
        "inlineCompletion.debounce",
        "client",
        {"type": "integer", "minimum": 0, "maximum": 5000},
        150,
        "Milliseconds without a key before ghost text is asked for.",
    ),
    Option("codeLens.enable", "client", _SWITCH, False, "Whether each loop's verdict is shown above it."),
    Option(
        "showNotifications",
        "client",
        _one_of(_NOTIFICATIONS),
        "onError",
        "Which messages pop up. Whatever does not is in the log and on the status bar.",
    ),
    Option("trace.server", "client", _one_of(("off", "messages", "verbose")), "off", "Logs the protocol's messages."),
)
SERVER = (
    Option(
        "diagnostics.severity",
        "server",
        _one_of(tuple(SEVERITIES)),
        "hint",
        "How loud diagnostics are. `off` shows none; quick fixes stay.",
    ),
    Option(
        "configuration",
        "server",
        _TEXT_OR_UNSET,
        None,
        "A file of settings to read instead of the nearest `.hpcls.toml` or `pyproject.toml`.",
        runs=True,
    ),
    Option(
        "configurationPreference",
        "server",
        _one_of(get_args(Precedence)),
        "editorFirst",
        "Who wins where the editor and a file of settings both set something; `editorOnly` reads no file.",
    ),
    Option("logLevel", "server", _one_of(LOG_LEVELS), "warning", "How much the server logs.", scope="machine"),
)
ANALYSIS = (
    Option("kind", "analysis", _one_of(get_args(Kind), unset=True), None, "What is suggested."),
    Option(
        "evidence",
        "analysis",
        _one_of(get_args(EvidenceLevel), unset=True),
        None,
        "The least evidence to show: `proved` shows only what the analysis has shown to hold, `plausible` also what a "
        "model proposes and nothing speaks against.",
    ),
    Option(
        "minConfidence",
        "analysis",
        {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        None,
        "Shows only what an author would write so with at least this likelihood; 0, the default, shows everything. "
        "Authors leave most loops alone that may be parallel, so directives stand at 0.2 to 0.4, the proved ones too, "
        "and below 0.1 in files whose other loops have a schedule, which hpcls leaves to you: 0.2 keeps about two in "
        "three, 0.4 one in ten. "
        "Calls of MPI are likelier. It says nothing of safety: that is `hpcls.evidence`.",
    ),
    Option("target", "analysis", _one_of(get_args(Target), unset=True), None, "Where loops are to run."),
    Option(
        "openmpVersion",
        "analysis",
        _one_of(OPENMP_VERSIONS, unset=True),
        None,
        "The newest version of OpenMP that directives may need.",
    ),
    Option(
        "select",
        "analysis",
        {"type": ["array", "null"], "items": {"type": "string", "enum": [*CODES]}},
        None,
        "The codes that are shown. `OMP020`, loops that cannot be parallelised, is not among them by default.",
    ),
    Option(
        "exclude",
        "analysis",
        {"type": ["array", "null"], "items": {"type": "string"}},
        None,
        "Patterns, as in `.gitignore`, of what is left out of the report on a folder.",
    ),
    Option(
        "buildPath",
        "analysis",
        _TEXT_OR_UNSET,
        None,
        "The folder of `compile_commands.json`. With none, the nearest is read: beside the file, in a folder above it, "
        "or in `build` there.",
    ),
    Option(
        "model",
        "analysis",
        _TEXT_OR_UNSET,
        None,
        "`small`, `medium`, another model's name or folder, or `none`. Only your settings count, not a workspace's.",
        runs=True,
        scope="machine",
    ),
    Option(
        "device",
        "analysis",
        _one_of(get_args(Device), unset=True),
        None,
        "Where the model runs.",
        scope="machine-overridable",
    ),
    Option(
        "threads",
        "analysis",
        {"type": ["integer", "null"], "minimum": 0},
        None,
        "Threads of a model; 0: as many as there are cores.",
        scope="machine-overridable",
    ),
)
OPTIONS = (*CLIENT, *SERVER, *ANALYSIS)
