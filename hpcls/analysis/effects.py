"""What library functions do, as far as a loop around the call cares (C17 7, C++20 standard library)."""

from __future__ import annotations

from enum import StrEnum


class Effect(StrEnum):
    """The kind of effect that a call has."""

    PURE = "pure"
    """The result depends on the arguments alone; nothing else changes."""
    READS = "reads"
    """As pure, but it reads what its pointer arguments point to."""
    WRITES = "writes"
    """It writes what its first argument points to and reads the others'."""
    OUTPUT = "output"
    """It writes to or reads from a stream: the order of calls shows."""
    STATE = "state"
    """It keeps hidden state between calls."""
    ALLOCATION = "allocation"
    """It allocates or frees: safe to call from several threads."""
    EXIT = "exit"
    """It may end the program or jump."""
    UNKNOWN = "unknown"
    """Nothing is known."""


_MATH = (
    "acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp2 exp10 expm1 fabs fdim "
    "floor fma fmax fmin fmod hypot ilogb ldexp llrint llround log log10 log1p log2 logb lrint lround nan nearbyint "
    "nextafter nexttoward pow remainder rint round scalbln scalbn sin sinh sqrt tan tanh tgamma trunc"
).split()
_COMPLEX = "cabs cacos carg casin catan ccos cexp cimag clog conj cpow cproj creal csin csqrt ctan".split()
_INTEGER = "abs labs llabs div ldiv lldiv imaxabs".split()
_CHARACTER = (
    "isalnum isalpha isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper isxdigit tolower toupper"
).split()
_TESTS = "isfinite isinf isnan isnormal signbit fpclassify isgreater isless isunordered".split()
_CPP = (
    "min max abs clamp fma hypot gcd lcm real imag norm conj arg polar forward make_pair get "
    "isnan isinf isfinite "
    "begin end cbegin cend data size distance next prev"
).split()
_TYPES = "size_t ptrdiff_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t".split()
"""`std::size_t(x)` is a conversion."""
_MACROS = "MIN MAX ABS SIGN FABS".split()  # not SQR, FMAX, FMIN: those of Numerical Recipes assign to static variables
_GETTERS = "omp_get_thread_num omp_get_num_threads omp_get_max_threads omp_get_wtime".split()

SIZE_METHODS = frozenset("size length empty capacity rows cols".split())
"""Member functions that look at how many elements there are, not at the elements."""
END_METHODS = frozenset(("front", "back"))
"""Member functions that read the first element, or the last."""
PURE_METHODS = frozenset(
    "size length empty capacity begin end cbegin cend rbegin rend data front back c_str max_size rows cols "
    "real imag".split()
)
"""Member functions of the standard containers (and of everything made like them) that change nothing."""

_READS = (
    "strlen strnlen strcmp strncmp strcasecmp strncasecmp memcmp strchr strrchr strstr atoi atol atoll atof".split()
)
_WRITES = "memcpy memmove memset strcpy strncpy sprintf snprintf vsnprintf bzero".split()
_UPDATES = "strcat strncat rand_r erand48 nrand48 jrand48".split()
_ONE_POINTER = "strlen strnlen strchr strrchr atoi atol atoll atof memset bzero rand_r erand48 nrand48 jrand48".split()
_MANY_POINTERS = "sprintf snprintf vsnprintf".split()
_BY_PLACE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    **dict.fromkeys((one + suffix for one in ("frexp", "modf") for suffix in ("", "f", "l")), ((), (1,))),
    **dict.fromkeys((f"remquo{suffix}" for suffix in ("", "f", "l")), ((), (2,))),
    **dict.fromkeys((f"sincos{suffix}" for suffix in ("", "f", "l")), ((), (1, 2))),
    **dict.fromkeys("strtod strtof strtold strtol strtoll strtoul strtoull".split(), ((0,), (1,))),
}
"""The arguments that a function reads and writes through, where the first is not the one that is written."""
_OUTPUT = (
    "printf fprintf vprintf vfprintf puts fputs putchar putc fputc fwrite fread fgets fgetc getc getchar scanf fscanf "
    "fflush perror fopen fclose fseek ftell rewind getline write read ungetc"
).split()
_STATE = (
    "rand srand random srandom drand48 lrand48 mrand48 strtok asctime ctime gmtime localtime time clock getenv setenv "
    "strerror gettimeofday lgamma gamma signgam sleep usleep"
).split()
_ALLOCATION = "malloc calloc realloc free aligned_alloc posix_memalign strdup".split()
_EXIT = "exit abort _exit quick_exit longjmp assert_fail raise".split()

_TABLE: dict[str, Effect] = {
    **dict.fromkeys((*_MATH, *(name + suffix for name in _MATH for suffix in "fl")), Effect.PURE),
    **dict.fromkeys((*_COMPLEX, *(name + "f" for name in _COMPLEX)), Effect.PURE),
    **dict.fromkeys((*_INTEGER, *_CHARACTER, *_TESTS, *_MACROS, *_GETTERS, "assert", "defined"), Effect.PURE),
    **dict.fromkeys(_READS, Effect.READS),
    **dict.fromkeys((*_WRITES, *_UPDATES, *_BY_PLACE), Effect.WRITES),
    **dict.fromkeys(_OUTPUT, Effect.OUTPUT),
    **dict.fromkeys(_STATE, Effect.STATE),
    **dict.fromkeys(_ALLOCATION, Effect.ALLOCATION),
    **dict.fromkeys(_EXIT, Effect.EXIT),
}
_STD = frozenset((*_CPP, *_TYPES))
_TO_INTEGER = frozenset(
    name + suffix for name in "ilogb llrint llround lrint lround".split() for suffix in ("", "f", "l")
)
_COMPUTATIONS = frozenset((*_MATH, *(name + suffix for name in _MATH for suffix in "fl"), *_INTEGER))
_LIMITS = frozenset("::max ::min ::lowest ::epsilon ::infinity ::quiet_NaN".split())
_STD_COMPUTATIONS = _COMPUTATIONS | frozenset("min max clamp gcd lcm".split())


def effect_of(function: str) -> Effect:
    """The effect of the library function called `function`; UNKNOWN for any other."""
    plain = function.removeprefix("::").removeprefix("std::")
    if plain != function and (plain in _STD or _is_pure_for_its_types(plain)):
        return Effect.PURE
    return _TABLE.get(plain, Effect.UNKNOWN)


def _is_pure_for_its_types(name: str) -> bool:
    """Whether it is `max<int>` or `numeric_limits<T>::max`, whatever types it is told (C++20 [numeric.limits])."""
    before, angle, rest = name.partition("<")
    inside, _, behind = rest.rpartition(">")
    return bool(angle and inside) and (
        (before in _STD_COMPUTATIONS and not behind) or (before == "numeric_limits" and behind in _LIMITS)
    )


def updates(function: str) -> bool:
    """Whether what the library function called `function` writes depends on what was there."""
    return function.removeprefix("::").removeprefix("std::") in _UPDATES


def is_computation(function: str) -> bool:
    """Whether what the library function called `function` returns depends on the values of its arguments alone."""
    plain = function.removeprefix("::").removeprefix("std::")
    return plain in (_COMPUTATIONS if plain == function else _STD_COMPUTATIONS)


def computes_floating(function: str) -> bool:
    """Whether the library function called `function` is one of <math.h> that returns a floating-point number."""
    plain = function.removeprefix("::").removeprefix("std::")
    return plain in _COMPUTATIONS and plain not in _TO_INTEGER and plain not in _INTEGER


def writes_one(function: str) -> bool:
    """Whether the library function writes one number behind each pointer, as `sincos` does, rather than an array."""
    return function.removeprefix("::").removeprefix("std::") in _BY_PLACE


def pointers_of(function: str, count: int) -> tuple[tuple[int, bool], ...]:
    """Which of `count` arguments of a function that reads or writes through them may be pointers, and whether it writes
    what they point to.
    """
    plain = function.removeprefix("::").removeprefix("std::")
    if plain in _BY_PLACE:
        reads, writes = _BY_PLACE[plain]
        return tuple((index, index in writes) for index in (*reads, *writes) if index < count)
    first = count if plain in _MANY_POINTERS else 1 if plain in _ONE_POINTER else 2
    return tuple((index, index == 0 and effect_of(plain) is Effect.WRITES) for index in range(min(first, count)))
