"""What AddressSanitizer and ThreadSanitizer are told, and how they end a program.

Both reserve terabytes of addresses, which the kernel's limit would refuse: they watch the memory in use themselves.
"""

from __future__ import annotations

from hpcls.verification.sandbox import Run

_MEBIBYTES = 2000
_LIMIT = f"hard_rss_limit_mb={_MEBIBYTES}"
_TOO_MUCH = "hard rss limit exhausted"
_ERROR = "ERROR: AddressSanitizer: "
_FATAL = "FATAL: ThreadSanitizer: "

MEMORY = {"ASAN_OPTIONS": f"{_LIMIT}:detect_leaks=0:allocator_may_return_null=1"}
RACES = {
    "TSAN_OPTIONS": f"{_LIMIT}:ignore_noninstrumented_modules=1:exitcode=0:report_signal_unsafe=0",
    "ARCHER_OPTIONS": "verbose=0",
}


def trouble(run: Run) -> str | None:
    """Why the run says nothing: it was stopped, it crashed, or the sanitiser ended it."""
    told = run.stderr.decode(errors="replace")
    if _TOO_MUCH in told:
        return f"it used more than {_MEBIBYTES} MiB of memory"
    for mark in (_ERROR, _FATAL):
        if mark in told:
            return told.partition(mark)[2].splitlines()[0].partition(" on ")[0]
    return run.trouble
