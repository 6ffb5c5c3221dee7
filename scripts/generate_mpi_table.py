"""Write hpcls/syntax/data/mpi_functions.json, the table of MPI's C functions, constants and types.

    python scripts/generate_mpi_table.py PATH_TO_mpi_standard_api.txt

The file stands in MPICH's source under src/binding (Debian: `apt-get source mpich`).  Read with it, from the same
source: the mapping of parameter kinds to C types, the one-line descriptions of the functions, mpi.h.in and mpio.h.in
for the names of the constants, and the list of their meanings.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

OUTPUT = Path(__file__).parents[1] / "hpcls" / "syntax" / "data" / "mpi_functions.json"

Row = list[str]
FORTRAN_ONLY = {"MPI_Sizeof", "MPI_F_sync_reg"}

# The closed set of kinds (hpcls/syntax/mpi_table.py): those that the source names alike, and the others, each with
# the pattern of the source's kinds; first match wins.
SAME_KINDS = frozenset(
    "communicator datatype tag request status operation group window info file errhandler message session keyval "
    "partition".split()
)
KINDS = {
    "buffer": r"(C_)?BUFFER\d?",
    "rank": "RANK(_NNI)?",
    "flag": "LOGICAL(_BOOLEAN|_OPTIONAL)?",
    "fortran": r"F(90|08)_\w+",
    "tool": "PVAR|CVAR|PVAR_SESSION|TOOLS_ENUM|TOOL_MPI_OBJ|EVENT_INSTANCE|EVENT_REGISTRATION",
    "index": r"INDEX|\w+_INDEX(_SPECIAL)?",
    "count": r"\w*NUM_ELEM\w*|ARRAY_LENGTH\w*|COMM_SIZE\w*|DEGREE|NUM_DIMS|\w*NUM_PARAM_VALUES\w*|TOOLENUM_SIZE"
    "|BLOCKLENGTH|GENERIC_DTYPE_COUNT",
    "size": r"\w*NUM_BYTES\w*|WINDOW_SIZE|WIN_ATTACH_SIZE|\w*PACK_SIZE\w*|TYPECLASS_SIZE|(STRING|INFO_VALUE)_LENGTH"
    "|PACK_EXTERNAL_SIZE",
    "displacement": r"(POLY|RMA_|POLYRMA_)?DISPLACEMENT\w*|\w*DISPOFFSET\w*|OFFSET|\w*LOCATION\w*|\w*STRIDE\w*",
    "dimension": r"DIMENSION|COORDINATE\w*|PROCESS_GRID_SIZE|DTYPE_DISTRIBUTION",
    "string": r"STRING\w*",
    "function": r"\w*FUNCTION\w*",
    "attribute": r"ATTRIBUTE_VAL\w*|EXTRA_STATE\w*",
    "error": r"ERROR_\w+",
    "argument": r"ARGUMENT_\w+",
    "time": "WALL_TIME|TICK_RESOLUTION|TIMESTAMP|TOOLS_TICK_COUNT",
    "state": r"\w*_TYPE|\w*MODE|ASSERT|COMBINER|\w+_COMPARISON|THREAD_LEVEL|ORDER|DISTRIB_ENUM|TYPECLASS|PVAR_CLASS"
    "|VARIABLE_SCOPE|SOURCE_ORDERING|CALLBACK_SAFETY|TOOL_VAR_VERBOSITY",
    "integer": "COLOR|KEY|MATH|WEIGHT|VERSION|PROFILE_LEVEL|FILE_DESCRIPTOR|UPDATE_NUMBER|TOOL_VAR_VALUE"
    "|GENERIC_DTYPE_INT",
    "other": "VARARGS|NOTHING",
}
# A constant is of the kind of its C type where it has one of its own, otherwise its name tells.
CONSTANT_KINDS = {
    "function": r"\w*_FN(_NULL(_C)?)?",
    "error": r"MPI_(T_)?ERR_\w+|MPI_SUCCESS|MPI_ERRCODES_IGNORE",
    "rank": "MPI_(ANY_SOURCE|PROC_NULL|ROOT)",
    "tag": "MPI_ANY_TAG",
    "size": r"MPI_MAX_\w+|MPI_BSEND_OVERHEAD|MPI_F_STATUS_SIZE",
    "keyval": r"MPI_(TAG_UB|HOST|IO|WTIME_IS_GLOBAL|UNIVERSE_SIZE|LASTUSEDCODE|APPNUM|KEYVAL_INVALID)"
    r"|MPI_WIN_(BASE|SIZE|DISP_UNIT|CREATE_FLAVOR|MODEL)",
    "displacement": "MPI_DISPLACEMENT_CURRENT",
    "fortran": r"MPI_F(08)?_\w+",
    "argument": "MPI_ARGVS?_NULL",
    "state": r"MPI_(THREAD|LOCK|MODE|COMBINER|ORDER|DISTRIBUTE|TYPECLASS|COMM_TYPE|SEEK|WIN|T)_\w+"
    "|MPI_(IDENT|CONGRUENT|SIMILAR|UNEQUAL|CART|GRAPH|DIST_GRAPH)",
    "integer": r"MPI_UNDEFINED|MPI_(SUB)?VERSION|MPI_(UNWEIGHTED|WEIGHTS_EMPTY)",
}
TYPE_KINDS = {
    "MPI_Comm": "communicator",
    "MPI_Datatype": "datatype",
    "MPI_Op": "operation",
    "MPI_Group": "group",
    "MPI_Request": "request",
    "MPI_Errhandler": "errhandler",
    "MPI_Message": "message",
    "MPI_Win": "window",
    "MPI_Session": "session",
    "MPI_Info": "info",
    "MPI_File": "file",
    "MPI_Status": "status",
    "void": "buffer",
}
NOT_MPI = re.compile(r"\w+_(SPEC|DEFINED)|MPI_T_(VERBOSITY|BIND|SCOPE|PVAR_CLASS)_INVALID|MPI_INCLUDED|MPI_F08_\w+")
CORRECTIONS = {
    "bitwise of": "bitwise or",
    "synonyn": "synonym",
    "aggretate": "aggregate",
    "used for any other time": "any other type",
}
# What the source leaves unsaid.
UNSAID = {
    "ARGUMENT_COUNT": "the number of arguments of main",
    "ARGUMENT_LIST": "the arguments of main",
    "VARARGS": "further arguments",
}
UNSAID_CONSTANTS = {
    "MPI_ROOT": "Root of a collective operation on an intercommunicator, in the group of the root",
    "MPI_MESSAGE_NO_PROC": "Message that a matched probe of MPI_PROC_NULL returns",
    "MPI_SESSION_NULL": "Null session handle",
    "MPI_CHARACTER": "CHARACTER",
    "MPI_CXX_BOOL": "bool",
    "MPI_CXX_FLOAT_COMPLEX": "std::complex<float>",
    "MPI_CXX_DOUBLE_COMPLEX": "std::complex<double>",
    "MPI_CXX_LONG_DOUBLE_COMPLEX": "std::complex<long double>",
}
STATUS_FIELDS = ("MPI_SOURCE", "MPI_TAG", "MPI_ERROR")


@dataclass(frozen=True)
class Parameter:
    """One parameter as the source has it."""

    name: str
    kind: str
    attributes: str
    documentation: str

    def has(self, attribute: str) -> bool:
        """Whether it has `attribute`, `constant=True`."""
        return attribute in self.attributes

    @property
    def length(self) -> str | None:
        """The length of an array, `[n, 3]` for two dimensions; None for what is no array."""
        found = re.search(r"length=(\[.*?\]|[^,\s]*)", self.attributes)
        return found[1] if found else None

    @property
    def direction(self) -> str:
        """in, out or inout."""
        found = re.search(r"param:(\w+)|direction=(?!lis)(\w+)", self.attributes)
        return (found[1] or found[2]).lower() if found else "in"


@dataclass(frozen=True)
class Function:
    """One function as the source has it; `notes` holds `.return`, `.desc`, `.replace`."""

    name: str
    parameters: tuple[Parameter, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    def note(self, key: str) -> str:
        """The last note of that kind, or nothing."""
        return dict(self.notes).get(key, "")


def tidy(text: str) -> str:
    """Documentation without the mark-up of LaTeX and of MPICH's manual pages."""
    text = re.sub(r"\\+_", "_", text).replace("$", "").replace("???", "")
    text = re.sub(r"(?<!')'([^']+)'(?!')", r"\1", text).replace("''", "'")
    for mistake, correction in CORRECTIONS.items():
        text = text.replace(mistake, correction)
    return re.sub(r"\s+", " ", text).strip(" ,")


def sentence(text: str) -> str:
    """`text` with a capital at its start, unless it starts with a name of C."""
    return (
        text
        if re.match(r"\w*[\d_]|(?:char|short|int|long|float|double|un?signed|signed|struct)\b", text)
        else text[:1].upper() + text[1:]
    )


def read_functions(text: str, functions: dict[str, Function]) -> None:
    """Add what `text` says of each function; parameters stand one a line, `name: KIND, attributes, [documentation]`."""
    name = ""
    for line in text.splitlines():
        if heading := re.match(r"(MPI\w+):", line):
            name = heading[1]
            functions.setdefault(name, Function(name))
        elif re.match(r"\S", line):
            name = ""
        elif name and (note := re.match(r"\s+\.(return|desc|replace):\s*(.*)", line)):
            functions[name] = replace(functions[name], notes=(*functions[name].notes, (note[1], note[2])))
        elif name and (field := re.match(r"    (\w+): (\w+)(.*?)(?:, \[(.*)\])?\s*$", line)):
            parameter = Parameter(field[1], field[2], field[3], tidy(field[4] or ""))
            functions[name] = replace(functions[name], parameters=(*functions[name].parameters, parameter))


def read_mapping(text: str, heading: str) -> dict[str, str]:
    """The lines `KEY: value` below `heading`."""
    section = re.search(rf"^{heading}:?\n(?:=+\n)?((?:\s+\S.*\n|\w+: .*\n?)+)", text, re.MULTILINE)
    if section is None:
        raise SystemExit(f"no section {heading}")
    return dict(re.findall(r"^\s*(\w+): (.+)$", re.split(r"^\w+:\n", section[1], flags=re.MULTILINE)[0], re.MULTILINE))


def kind_of(source_kind: str) -> str:
    """The kind, of the closed set, that the source's kind belongs to."""
    plain = source_kind.removeprefix("POLY")
    if plain.lower() in SAME_KINDS:
        return plain.lower()
    for kind, pattern in KINDS.items():
        if re.fullmatch(pattern, plain):
            return kind
    raise SystemExit(f"no kind for {source_kind}")


def c_type(parameter: Parameter, base: str) -> str:
    """The parameter's C type, `const int []`: MPI-4.0 §2.6 and the bindings of its annex A.3."""
    kind, length = parameter.kind, parameter.length
    const = "const " if parameter.has("constant=True") else ""
    if kind == "VARARGS":
        return "..."
    if kind.startswith("ARGUMENT"):
        scalar = parameter.has("pointer=False")
        return {"ARGUMENT_COUNT": ("int *", "int"), "ARGUMENT_LIST": ("char ***", "char *[]")}[kind][scalar]
    if kind in {"STRING_ARRAY", "STRING_2DARRAY"}:
        return const + ("char *[]" if kind == "STRING_ARRAY" else "char **[]")
    if length and length.startswith("["):
        return f"{const}{base} [][{length.strip('[]').split(',')[1].strip()}]"
    if kind == "STRING" and parameter.has("pointer=False"):
        return f"{const}{base} []"
    if kind == "STRING" or re.fullmatch(r"(C_)?BUFFER\d?|ATTRIBUTE_VAL\w*|EXTRA_STATE\d?|TOOL_MPI_OBJ", kind):
        return f"{const}{base} *"
    if length is not None:
        return f"{const}{base} []"
    pointed = kind in {"STATUS", "F90_STATUS", "F08_STATUS"} or re.fullmatch("(POLY)?FUNCTION(_SMALL)?", kind)
    if pointed or parameter.direction != "in" or parameter.has("pointer=True"):
        return f"{const}{base} *"
    return const + base


def row(function: Function, types: dict[str, str], defaults: dict[str, str], large: bool) -> list[str | list[Row]]:
    """[documentation, C type and kind of the result, what replaces it, [[name, direction, kind, C type, text] …]]."""
    rows: list[Row] = []
    for parameter in function.parameters:
        if parameter.has("c_parameter") or (parameter.has("large_only") and not large):
            continue
        callback = re.search(r"func_type=(\w+)", parameter.attributes)
        base = callback[1] if callback else types.get(parameter.kind, "")
        if callback and large and parameter.kind.startswith("POLY"):
            base += "_c"
        text = parameter.documentation or tidy(defaults.get(parameter.kind, kind_of(parameter.kind)))
        spelled = c_type(parameter, base)
        direction = parameter.direction if spelled.endswith(("*", "]")) else "in"
        rows.append([parameter.name, direction, kind_of(parameter.kind), spelled, text])
    result = function.note("return") or "ERROR_CODE"
    returned = "void" if result == "NOTHING" else types[result]
    return [function.note("desc"), returned, kind_of(result), function.note("replace"), rows]


def manual_lines(root: Path) -> dict[str, str]:
    """`MPI_X - what it does`, from the comments above the functions of MPI-IO and the Fortran types."""
    lines: dict[str, str] = {}
    for path in sorted([*root.glob("src/mpi/romio/mpi-io/*.c"), *root.glob("src/binding/fortran/use_mpi/*.c")]):
        text = path.read_text("utf-8", "replace")
        for name, first, more in re.findall(r"^\s+(MPI_\w+) - (.*)\n((?: +\w.*\n)*)", text, re.MULTILINE):
            lines[name] = tidy(f"{first} {more}")
    return lines


def description(function: Function, functions: dict[str, Function], manual: dict[str, str]) -> str:
    """One line of documentation."""
    known = function.note("desc") or manual.get(function.name, "")
    if " " in known:
        return sentence(tidy(known))
    if replacing := function.note("replace"):
        return description(functions[replacing.split()[-1]], functions, manual)
    if turned := re.fullmatch(r"MPI_(\w+)_(c2f|c2f08|f2c|f082c|f082f|f2f08)", function.name):
        names = {"c": "C", "f": "mpif.h", "f08": "mpi_f08"}
        start, end = turned[2].split("2", 1)
        return f"Converts a {turned[1].lower()} from its {names[start]} form to its {names[end]} form"
    raise SystemExit(f"no documentation for {function.name}")


def function_table(source: Path, root: Path) -> dict[str, list[str | list[Row]]]:
    """Every C function, its large-count form (`_c`) too."""
    functions: dict[str, Function] = {}
    read_functions(source.read_text("utf-8"), functions)
    standard = set(functions)
    for path in sorted(source.parent.glob("c/*_api.txt")):
        read_functions(path.read_text("utf-8"), functions)
    mapping = (source.parent / "apis_mapping.txt").read_text("utf-8")
    base = read_mapping(mapping, "BASE_C_KIND_MAP")
    small = base | read_mapping(mapping, "SMALL_C_KIND_MAP")
    big = base | read_mapping(mapping, "BIG_C_KIND_MAP")
    defaults = UNSAID | read_mapping(mapping, "Default Descriptions")
    manual = manual_lines(root)
    table: dict[str, list[str | list[Row]]] = {}
    for name, function in sorted(functions.items()):
        replacing = (
            re.sub("deprecated with|removed with", "", function.note("replace")).strip().replace("_Get_e", "_get_e")
        )
        if name in FORTRAN_ONLY or re.search("_(function|FN|FN_NULL)$", name) or not (name in standard or replacing):
            continue
        notes = (*function.notes, ("replace", replacing))
        documented = replace(
            function, notes=(*notes, ("desc", description(replace(function, notes=notes), functions, manual)))
        )
        table[name] = row(documented, small, defaults, large=False)
        if any(parameter.kind.startswith("POLY") for parameter in function.parameters):
            table[name + "_c"] = row(documented, big, defaults, large=True)
    return table


def meanings(root: Path) -> dict[str, str]:
    """`name - meaning` of each constant that MPICH's manual lists."""
    text = (root / "doc/mansrc/mpiconsts.txt").read_text("utf-8")
    items = re.findall(r"^[+.-]I?\s+(MPI_\w+)\s*-\s*(.*(?:\n[ \t]+[^\s.+-].*)*)", text, re.MULTILINE)
    return {name: sentence(tidy(meaning)).rstrip(" .") for name, meaning in items}


def constant_kind(name: str, value: str) -> str:
    """The kind of a constant, by the type that its definition casts to or by its name."""
    cast = re.match(r"\(*(\w+)\s*\**\)", value)
    if cast and cast[1] in TYPE_KINDS:
        return TYPE_KINDS[cast[1]]
    for kind, pattern in CONSTANT_KINDS.items():
        if re.fullmatch(pattern, name):
            return kind
    if name.startswith("MPI_T_"):
        return "tool"
    raise SystemExit(f"no kind for {name} = {value}")


def constant_table(root: Path) -> dict[str, Row]:
    """[kind, meaning] of each predefined constant."""
    header = (root / "src/include/mpi.h.in").read_text("utf-8")
    header += (root / "src/mpi/romio/include/mpio.h.in").read_text("utf-8")
    values = dict(
        reversed(re.findall(r"^#\s*define\s+(MPI_[A-Z0-9_]+)[ \t]+(\S.*?)[ \t]*(?:/\*.*)?$", header, re.MULTILINE))
    )
    for body in re.findall(r"\benum\b[^{;]*\{(.*?)\}", header, re.DOTALL):
        values |= dict.fromkeys(
            re.findall(r"\b(MPI_[A-Z0-9_]+)\b", re.sub(r"/\*.*?\*/", "", body, flags=re.DOTALL)), ""
        )
    values |= dict.fromkeys(re.findall(r"^extern [^;]*?\*(?: const)? (MPI_(?!F08)[A-Z_]+) ", header, re.MULTILINE), "")
    said = UNSAID_CONSTANTS | meanings(root)
    table: dict[str, Row] = {name: ["field", said[name]] for name in STATUS_FIELDS}
    for name, value in values.items():
        if not NOT_MPI.fullmatch(name):
            table[name] = [constant_kind(name, values.get(value, value)), said.get(name, "")]
    return dict(sorted(table.items()))


def type_table(root: Path) -> dict[str, str]:
    """Each C type of the standard with a line of documentation."""
    header = (root / "src/include/mpi.h.in").read_text("utf-8")
    names = re.findall(r"^(?:typedef\b[^;{]*?|\} ?)\(?\*?\b(MPI_[A-Z]\w*)\)?(?:\s*\([^;]*\))?;", header, re.MULTILINE)
    said = meanings(root)
    for name in names:
        kind = {"errhandler": "error handler", "info": "info object"}.get(
            TYPE_KINDS.get(name, ""), TYPE_KINDS.get(name)
        )
        handle = f"Handle of {'an' if kind[0] in 'aeio' else 'a'} {kind}" if kind else ""
        said.setdefault(
            name, handle or ("Type of a callback function" if re.search("_(function(_c)?|fn)$", name) else "")
        )
    said["MPI_Status"] = "What a receive or a completed request tells: source, tag, error and count"
    return {name: said[name] for name in sorted({*names, "MPI_Offset"})}


def provenance(source: Path, root: Path) -> dict[str, str]:
    """Where the facts come from."""
    header = (root / "src/include/mpi.h.in").read_text("utf-8")
    version = re.search(r"define MPI_VERSION\s+(\d+)\n#define MPI_SUBVERSION\s+(\d+)", header)
    changes = (root / "debian/changelog").read_text("utf-8")
    return {
        "package": "Debian source package " + " ".join(re.findall(r"^(\S+) \((\S+)\)", changes)[0]),
        "file": "src/binding/mpi_standard_api.txt",
        "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "mpi_version": f"{version[1]}.{version[2]}" if version else "",
        "licence": "MPICH licence: Copyright 1998-2020, Argonne National Laboratory. Permission is hereby granted "
        "to use, reproduce, prepare derivative works, and to redistribute to others.",
        "generator": "scripts/generate_mpi_table.py",
    }


def main(arguments: list[str]) -> int:
    """Write the table."""
    if len(arguments) != 1:
        sys.stderr.write((__doc__ or "").split("\n\n")[1] + "\n")
        return 2
    source = Path(arguments[0]).resolve()
    root = source.parents[2]
    tables = {
        "functions": function_table(source, root),
        "constants": constant_table(root),
        "types": type_table(root),
    }
    parts = [f'"provenance": {json.dumps(provenance(source, root), indent=1)}']
    for title, table in tables.items():
        rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(facts)}" for name, facts in table.items())
        parts.append(f'"{title}": {{\n{rows}\n}}')
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
