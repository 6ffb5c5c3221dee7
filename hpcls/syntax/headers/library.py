"""Headers and macros that do not belong to a project: the standard libraries' and the compilers'."""

from __future__ import annotations

import re
from pathlib import PurePath

_STANDARD = frozenset(
    # C17 7, C23, POSIX.1-2017 13
    "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic "
    "stdbool stdbit stdckdint stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype "
    "aio arpa/inet cpio dirent dlfcn fcntl fmtmsg fnmatch ftw glob grp iconv langinfo libgen monetary mqueue net/if "
    "netdb netinet/in netinet/tcp nl_types poll pthread pwd regex sched search semaphore spawn strings stropts sys/ipc "
    "sys/mman sys/msg sys/resource sys/select sys/sem sys/shm sys/socket sys/stat sys/statvfs sys/time sys/times "
    "sys/types sys/uio sys/un sys/utsname sys/wait syslog tar termios ulimit unistd utime utmpx wordexp "
    # glibc and compilers, OpenMP, MPI
    "malloc memory alloca endian byteswap getopt err error execinfo features sys/param sys/sysinfo sys/syscall "
    "sys/ioctl sys/file x86intrin immintrin emmintrin xmmintrin pmmintrin smmintrin nmmintrin tmmintrin avxintrin "
    "arm_neon omp mpi".split()
)
_CPP = frozenset(
    # C++20 [headers]; those of C with their C++ names
    "algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts condition_variable "
    "coroutine deque exception execution expected filesystem format forward_list fstream functional future generator "
    "initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map mdspan memory "
    "memory_resource mutex new numbers numeric optional ostream print queue random ranges ratio regex scoped_allocator "
    "semaphore set shared_mutex source_location span sstream stack stacktrace stdexcept stop_token streambuf string "
    "string_view strstream syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map "
    "unordered_set utility valarray variant vector version bits/stdc++.h "
    "cassert cctype cerrno cfenv cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef cstdint cstdio "
    "cstdlib cstring ctgmath ctime cuchar cwchar cwctype".split()
)
_SYSTEM = ("/usr", "/opt", "/lib", "/lib64", "/Library", "/System", "/Applications", "/nix", "/snap")

_PREFIXES = frozenset(
    # of macros in the headers of C, POSIX (2.2.2), glibc, OpenMP and MPI, before the first underscore
    "ADJ AF AI AT ATOMIC BIG BUS BYTE CHAR CLD CLOCK CLOCKS CLONE CLOSE CMSG CPU CS DBL DEC DEC32 DEC64 DEC128 "
    "DECIMAL DEV DL DLFO DN DT EAI EXIT F FALLOC FD FE FLT FNM FOPEN FP FPE FTW GAI GLOB HOST HUGE ILL IN IN6 IN6ADDR "
    "INADDR INET INET6 INT INTMAX IOV IP IPC IPPORT IPPROTO IPV6 ITIMER L LC LDBL LITTLE LM LOCK LOG LOGIN LONG M "
    "MADV MAP MATH MB MCAST MCL MFD MLOCK MOD MPI MPICH MREMAP MS MSG NAME NETDB NI NL O OMP OMPI ONCE OPEN PAGE PATH "
    "PC PDP PF PIPE PKEY POLL POSIX PRIO PROT PTHREAD PTRDIFF R RAND RE REG REGS RENAME RLIM RLIM64 RLIMIT RTLD "
    "RUSAGE RWF RWH S SA SC SCHED SCM SEEK SEGV SEM SHM SHRT SHUT SI SIG SIGEV SIOCGSTAMP SIOCGSTAMPNS SIZE SO SOCK "
    "SOL SPLICE SS ST STA STATX STDERR STDIN STDOUT TC TCP TIME TIMER TIMESPEC TIMEVAL TMP TRAP TSS TTY UINT UINTMAX "
    "UTIME VM W WAIT WCHAR WINT WRDE".split()
)
_NAMES = frozenset(
    "ACCESSPERMS ALLPERMS BUFSIZ CANBSIZ CSIGNAL DEFFILEMODE DTTOIF EOF EXEC_PAGESIZE FALSE FAPPEND FASYNC FFSYNC "
    "FILENAME_MAX FIOGETOWN FIOSETOWN FNDELAY FNONBLOCK GROUP_FILTER_SIZE HZ I IFTODT INFINITY MAX MAXFLOAT "
    "MAXHOSTNAMELEN MAXNAMLEN MAXPATHLEN MAXSYMLINKS MAX_CANON MAX_HANDLE_SZ MAX_INPUT MIN MINSIGSTKSZ NAN NBBY "
    "NCARGS NDEBUG NFDBITS NGREG NGROUPS NODEV NOFILE NOGROUP NO_ADDRESS NO_DATA NO_RECOVERY NSIG NULL NZERO PLOSS "
    "P_ALL P_PGID P_PID P_PIDFD P_tmpdir SCOPE_DELIMITER SING SIOCATMARK SIOCGPGRP SIOCSPGRP SOMAXCONN "
    "TEMP_FAILURE_RETRY TLOSS TRUE TRY_AGAIN DOMAIN OVERFLOW UNDERFLOW WIN32 WIN64 MSDOS DEBUG".split()
)
_SHAPES = re.compile(
    # Reserved identifiers (C17 7.1.3); errno.h, signal.h, inttypes.h, sys/wait.h, float.h, math.h, poll.h
    r"[_a-z]\w*|E[0-9A-Z]+|SIG[A-Z0-9]+|(?:PRI|SCN)[0-9A-Za-z]+|W[A-Z]+|(?:U?INT|FLT)\d+\w*|U?INTPTR_\w+|S?U?LL?ONG_\w+"
    r"|HUGE_?VAL\w*|S?NAN[A-Z0-9]*|CMPLX[A-Z0-9]*|POLL[A-Z]+|SYNC_FILE_RANGE_\w+|\w+_(?:MAX|MIN|WIDTH|BIT|OK|INIT)"
)


def is_standard(name: str) -> bool:
    """Whether an `#include` of `name` is one of a library that a table describes."""
    return name in _CPP or (name.endswith((".h", ".H")) and name[:-2] in _STANDARD)


def is_system(folder: str, file: str) -> bool:
    """Whether `folder` belongs to the system, which `file` does not stand in itself."""
    return any(_is_in(folder, one) and not _is_in(file, one) for one in _SYSTEM)


def _is_in(path: str, folder: str) -> bool:
    return PurePath(path).is_relative_to(folder)


def may_define(name: str) -> bool:
    """Whether a compiler, or a standard header, may define a macro `name`: not what a project calls its switches, such
    as USE_FLOAT."""
    prefix, underscore, _ = name.partition("_")
    return name in _NAMES or bool(underscore and prefix in _PREFIXES) or _SHAPES.fullmatch(name) is not None
