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

_LIBRARY_MACRO = re.compile(
    # Reserved identifiers (C17 7.1.3), prefixes and suffixes of headers' macros (C17 7.31, POSIX.1-2017 2.2.2)
    r"_\w*|(?:E[0-9A-Z]|SIG|SA_|LC_|PRI|SCN|FE_|FLT_|DBL_|LDBL_|DEC\d|M_|MATH_|FP_|HUGE|RAND_|EXIT_|CLOCK|CHAR_|SCHAR|UCHAR"
    r"|SHRT|USHRT|INT|UINT|LONG|ULONG|LLONG|ULLONG|SIZE_|SSIZE_|PTRDIFF_|WCHAR|WINT|ATOMIC|ONCE_|TIME_|TSS_|S_|F_|O_"
    r"|FD_|SEEK_|SC_|PROT_|MAP_|MS_|POLL|RLIM|RUSAGE|PTHREAD|SCHED|SOCK|SO_|AF_|PF_|IP|IN|INADDR|MSG_|SHUT_|DT_|R_OK"
    r"|W_OK|X_OK|F_OK|OMP_|omp_|MPI_|OMPI_|MPICH|GLOB_|REG_|RTLD_|LOG_|WNOHANG|WUNTRACED|PIPE_|PATH_|NAME_|NGROUPS"
    r"|IOV_|ARG_|OPEN_|PAGE|HOST_|LOGIN_|TTY_|BUFSIZ|FILENAME_|FOPEN_|TMP_|L_|MB_|ITIMER|CMPLX|DOMAIN|OVERFLOW"
    r"|UNDERFLOW|SING|PLOSS|TLOSS|MAXPATH|MAXHOST|MAXSYM|CANBSIZ|NOFILE|NCARGS|LITTLE_|BIG_|BYTE_|PDP_)\w*"
    r"|\w+_(?:MAX|MIN|BIT|INIT|WIDTH)"
    r"|NULL|EOF|TRUE|FALSE|true|false|bool|MIN|MAX|NAN|INFINITY|I|NBBY|NDEBUG|assert|errno|offsetof|complex|imaginary|stdin"
    r"|stdout|stderr|static_assert|alignas|alignof|noreturn|thread_local|linux|unix|i386|major|minor|makedev|howmany"
    r"|roundup|powerof2|alloca|isnan|isinf|isfinite|signbit|WIN32|WIN64|MSDOS|DEBUG|sun|sparc|vax|mips"
    r"|and|and_eq|bitand|bitor|compl|not|not_eq|or|or_eq|xor|xor_eq"
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
    """Whether a compiler, or a standard header, may define a macro `name`."""
    return _LIBRARY_MACRO.fullmatch(name) is not None
