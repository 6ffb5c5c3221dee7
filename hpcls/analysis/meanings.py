"""What a name may hide: a macro that stands for memory, a library function's name with a meaning of the file's own, a
variable of which each thread has its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from hpcls.analysis.effects import Effect, effect_of
from hpcls.syntax.conversions import acting_conversions, acting_first_values, acting_operators
from hpcls.syntax.declarations import ATTRIBUTE_CONST, Symbol
from hpcls.syntax.macro_values import MacroValues
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source

_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_MEMORY = re.compile(r"\[|->|\(\s*[*&]|^\s*[*&]|[A-Za-z_]\w*\s*\.\s*[A-Za-z_]")
_SETS = re.compile(r"(?<![=!<>])=(?!=)|<<=|>>=|\+\+|--")
_CHANGES = re.compile(rf"{_SETS.pattern}|[{{;]")
_METHOD = re.compile(r"\s*\([^()]*\)([^{};]*)\{([^{}]*)")
"""The qualifiers and the body of a member function, behind its name."""
_CALLS = re.compile(r"([A-Za-z_]\w*)\s*\(")
_THREAD_MACRO = re.compile(r"\b\w*(?:TLS|(?i:thread_?local|thread_?private))\w*\b")
_THREAD_WORDS = ("tls", "threadl", "thread_l", "threadp", "thread_p")
"""One of these stands in every such macro's name."""
_THREAD_DECLARATION = re.compile(
    rf"^[ \t]*(?:\w+[ \t]+)*?{_THREAD_MACRO.pattern}([^;{{}}()#]{{0,400}})[;=]", re.MULTILINE
)
_THREADPRIVATE = re.compile(r"^[ \t]*#[ \t]*pragma[ \t]+omp[ \t]+threadprivate[ \t]*\(([^)]*)\)", re.MULTILINE)
_ATOMIC = re.compile(r"atomic|synchron", re.IGNORECASE)
_CLASS = re.compile(r"(?:c(?<=\bc)lass|s(?<=\bs)truct)\s+((?:\w+::)*\w+)")  # what begins with letters is found fast
_CONSTRUCTOR = re.compile(r"[;{}:]\s*(?:explicit\s+)?~?(\w+)\s*\(")
_LONGEST = 400
"""Characters around a declaration that are looked at."""
_SHARING = re.compile(rb"map\s*<|bitset|bool|QHash|QMap|\bvector\s*[^<\s]|\bauto\b|\btemplate\b")
_PACKED = re.compile(rb"vector(?:\s*<\s*bool\b|(?<!\wvector)\s*(?:\w+\s*)?[({][^;{}]*\b(?:true|false)\b)|bitset\s*<")
_TYING = re.compile(rb"\btie\s*\(|forward_as_tuple|\bc?ref\s*\(|reference_wrapper|(?:tuple|pair)\s*<[^;{}]*&|\bzip")
_CHECKED = re.compile(rb"a(?<!\wa)t\(")
_LOCK_WORDS = (b"lock", b"Lock", b"guard", b"Guard", b"cquire", b"EnterCriticalSection")
_MAP_WORDS = (b"map", b"QHash", b"QMap")
_OPERATORS = frozenset(("sizeof", "defined", "_Alignof", "alignof"))


class Meanings:
    """The names of one file."""

    def __init__(self, source: Source, scopes: ScopeTree) -> None:
        self._source = source
        self._scopes = scopes
        self._hiding: dict[int, bool] = {}
        self._thread_local: dict[int, bool] = {}
        self._own: dict[int, bool] = {}
        self.macro_values = MacroValues(source, scopes)

    def hides_memory(self, symbol: Symbol) -> bool:
        """Whether the name is a macro whose text reads variables or memory, or calls something."""
        if symbol.kind != "macro" or symbol.parameters or not symbol.value:
            return False
        known = self._hiding.get(symbol.start)
        if known is None:
            known = self._hiding[symbol.start] = self._reads(symbol.value)
        return known

    def _reads(self, value: str) -> bool:
        value = re.sub(r'"(?:[^"\\]|\\.)*"', "", value)
        if _MEMORY.search(value) or _CHANGES.search(value) or _calls_something(value):
            return True
        return not self._variables.isdisjoint(_IDENTIFIER.findall(value))

    @cached_property
    def _variables(self) -> frozenset[str]:
        return frozenset(one.name for one in self._scopes.symbols if one.kind in ("variable", "parameter"))

    @cached_property
    def union_fields(self) -> frozenset[str]:
        """The names of fields that share storage with other fields."""
        return frozenset(one.name for one in self._scopes.symbols if one.kind == "field" and self.is_in_union(one))

    @cached_property
    def has_volatile(self) -> bool:
        """Whether a variable, a field or a type in view is volatile."""
        return any("volatile" in one.storage for one in self._scopes.symbols)

    def holds_union_fields(self, keys: Iterable[str]) -> bool:
        """Whether one of the fields, such as `u.f`, shares storage with others."""
        return any(not self.union_fields.isdisjoint(key.split(".")[1:]) for key in keys)

    def is_in_union(self, field: Symbol) -> bool:
        """Whether the field is one of a union, be it one without a name inside a struct (C17 6.7.2.1)."""
        return field.owner in self._union_names or any(start <= field.start < end for start, end in self._unions)

    @cached_property
    def _union_names(self) -> frozenset[str]:
        """The names of unions, those of headers among them of which only a part is sure."""
        symbols = self._scopes.symbols
        return frozenset(one.name for one in symbols if one.kind == "union" or one.type_text.startswith("union"))

    @cached_property
    def _unions(self) -> tuple[tuple[int, int], ...]:
        """Where the unions of the file and of the headers in view stand."""
        found = self._source.nodes("union_specifier")
        return tuple((node.start_byte, node.end_byte) for node in found if node.child_by_field_name("body"))

    @cached_property
    def atomic_names(self) -> frozenset[str]:
        """The names of variables and fields of an atomic type (C17 6.7.2.4, C++20 [atomics.types.generic]), or of one
        that calls itself synchronised."""
        kinds = ("variable", "parameter", "field")
        found = (one for one in self._scopes.symbols if one.kind in kinds)
        return frozenset(one.name for one in found if _ATOMIC.search(one.type_text) or "_Atomic" in one.storage)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes that the file itself names as such."""
        return frozenset(_CLASS.findall(self._source.text))

    @cached_property
    def hidden_state(self) -> frozenset[str]:
        """The classes with a member that a constant object may change too: a static or a mutable one."""
        fields = (one for one in self._scopes.symbols if one.kind == "field" and "const" not in one.storage)
        return frozenset(one.owner for one in fields if one.owner and not one.storage.isdisjoint(("static", "mutable")))

    @cached_property
    def acting_conversions(self) -> frozenset[str]:
        """The classes that a conversion to another type may change, or anything else."""
        return acting_conversions(self._source) if self.overloads_operators else frozenset()

    @cached_property
    def acting_operators(self) -> frozenset[tuple[str, str]]:
        """The operators of classes in view that change more than variables of their own, assignments apart."""
        return acting_operators(self._source) if self.overloads_operators else frozenset()

    @cached_property
    def constructors(self) -> frozenset[str]:
        """The names that a declaration or a call begins with, among them those of the classes with a constructor; and
        the classes whose members are given values with effects."""
        return frozenset(_CONSTRUCTOR.findall(self._source.text)) | acting_first_values(self._source)

    @cached_property
    def constant_functions(self) -> frozenset[str]:
        """The functions whose result depends on their arguments alone, by their attribute (GCC, Common Function
        Attributes, `const`); in C++ those of which every overload has it."""
        functions = [one for one in self._scopes.symbols if one.kind == "function"]
        without = {one.name for one in functions if ATTRIBUTE_CONST not in one.storage}
        found = {one.name for one in functions if ATTRIBUTE_CONST in one.storage}
        return frozenset(found - without if self._source.language == "cpp" else found)

    @cached_property
    def overloads_operators(self) -> bool:
        """Whether the file may define operators of its own."""
        return b"operator" in self._source.data

    @cached_property
    def may_share_elements(self) -> bool:
        """Whether the file may have containers whose elements are not apart from each other."""
        return self._source.language == "cpp" and bool(_SHARING.search(self._source.data))

    @cached_property
    def has_packed_elements(self) -> bool:
        """Whether the file names a container that keeps several elements in one word, or makes one of truth values."""
        return self.may_share_elements and bool(_PACKED.search(self._source.data))

    @cached_property
    def ties_references(self) -> bool:
        """Whether the file may put references into tuples or the like."""
        return bool(_TYING.search(self._source.data))

    @cached_property
    def asks_threads(self) -> bool:
        """Whether the file asks OpenMP for numbers of threads."""
        return b"omp_get_" in self._source.data

    @cached_property
    def may_lock(self) -> bool:
        """A quick look: whether the text may speak of locks, be it by what guards or holds one."""
        return any(word in self._source.data for word in _LOCK_WORDS)

    @cached_property
    def names_volatile(self) -> bool:
        """A quick look: whether the word is in the text."""
        return b"volatile" in self._source.data

    @cached_property
    def names_maps(self) -> bool:
        """A quick look: whether the text may name a container that makes elements where it is asked for them."""
        return any(word in self._source.data for word in _MAP_WORDS)

    @cached_property
    def checks_ranges(self) -> bool:
        """Whether the file may access elements in a way that throws: only classes do."""
        return self._source.language == "cpp" and bool(_CHECKED.search(self._source.data))

    def is_own_method(self, name: str) -> bool:
        """Whether a class in view has a member function called `name`."""
        return bool(self._methods.get(name))

    def may_change(self, name: str) -> bool:
        """Whether a member function of that name, of a class in view, sets or calls something: none that is `const`."""
        return any(map(self._sets, self._methods.get(name, ())))

    def _sets(self, method: Symbol) -> bool:
        found = _METHOD.match(self._source.slice(method.end, method.end + _LONGEST))
        if found is None or re.search(r"\bconst\b", found[1]):
            return False
        return bool(_SETS.search(found[2])) or _calls_something(found[2])

    @cached_property
    def _methods(self) -> dict[str, list[Symbol]]:
        found: dict[str, list[Symbol]] = {}
        for one in self._scopes.symbols:
            if one.kind == "function" and one.owner:
                found.setdefault(one.name, []).append(one)
        return found

    def is_own_function(self, name: str, offset: int) -> bool:
        """Whether the file itself says what calling `name` does, in a way that is not plainly free of effects."""
        symbol = self._scopes.lookup(name, offset)
        if symbol is None:
            return False
        known = self._own.get(symbol.start)
        if known is None:
            known = self._own[symbol.start] = self._says_what_it_does(symbol)
        return known

    def _says_what_it_does(self, symbol: Symbol) -> bool:
        if symbol.kind in ("variable", "parameter", "field"):
            return True
        after = self._source.slice(symbol.end, symbol.end + _LONGEST)
        if symbol.kind == "macro":
            body = re.split(r"(?<!\\)\n", after.replace("\\\r\n", "\\\n"), maxsplit=1)[0].partition(")")[2]
            return bool(_CHANGES.search(body)) or _calls_something(body)
        return symbol.kind == "function" and "{" in after.partition(";")[0]

    def is_thread_local(self, name: str, symbol: Symbol | None) -> bool:
        """Whether each thread has a variable of its own by this name (OpenMP 5.2, 5.2; C17 6.2.4, 7.5 for errno)."""
        if name in self._threadprivate:
            return True
        if symbol is None:
            return name == "errno" or name in self._unparsed_thread_locals
        if "thread_local" in symbol.storage:
            return True
        if symbol.kind != "variable":
            return False
        known = self._thread_local.get(symbol.start)
        if known is None:
            known = self._thread_local[symbol.start] = self._is_declared_thread_local(symbol)
        return known

    def _is_declared_thread_local(self, symbol: Symbol) -> bool:
        if not self._names_threads:
            return False
        before = self._source.slice(max(0, symbol.start - _LONGEST), symbol.start)
        return bool(_THREAD_MACRO.search(re.split(r"[;{}\n]", before)[-1]))

    @cached_property
    def _unparsed_thread_locals(self) -> frozenset[str]:
        """Every name in declarations such as `static TLS int a, b;`, which no grammar reads while TLS is a macro."""
        if not self._names_threads:
            return frozenset()
        texts = _THREAD_DECLARATION.findall(self._source.text)
        return frozenset(name for text in texts for name in _IDENTIFIER.findall(text))

    @cached_property
    def _names_threads(self) -> bool:
        """A quick look: whether the text may speak of what each thread has for itself."""
        text = self._source.text.lower()
        return any(word in text for word in _THREAD_WORDS)

    @cached_property
    def _threadprivate(self) -> frozenset[str]:
        lists = _THREADPRIVATE.findall(self._source.text) if self._names_threads else ()
        return frozenset(name.strip() for text in lists for name in text.split(","))


def _calls_something(text: str) -> bool:
    return any(effect_of(name) is not Effect.PURE for name in _CALLS.findall(text) if name not in _OPERATORS)
