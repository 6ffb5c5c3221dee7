/* Put behind the code under test: values for its inputs, and a record of what it leaves. */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned long long hpcls_state;
static FILE *hpcls_records;

/* xorshift64* (Vigna, ACM Transactions on Mathematical Software 42(4), 2016). */
static unsigned long long hpcls_random(void) {
  hpcls_state ^= hpcls_state >> 12;
  hpcls_state ^= hpcls_state << 25;
  hpcls_state ^= hpcls_state >> 27;
  return hpcls_state * 2685821657736338717ULL;
}

static long hpcls_between(long low, long high) {
  return low + (long)((hpcls_random() >> 16) % (unsigned long long)(high - low + 1));
}

enum { HPCLS_REAL, HPCLS_TRUTH, HPCLS_LETTER, HPCLS_INTEGER };

/* Only a floating type keeps a half, and only truth values turn 2 into 1: so typedefs need not be looked through. */
#define HPCLS_KIND(T) \
  ((T)2 == (T)1 ? HPCLS_TRUTH : (T)0.5 != (T)0 ? HPCLS_REAL : sizeof(T) == 1 ? HPCLS_LETTER : HPCLS_INTEGER)

static double hpcls_value(int kind, long low, long high) {
  switch (kind) {
  case HPCLS_REAL:
    return (double)(hpcls_random() >> 11) / 4503599627370496.0 - 1.0;
  case HPCLS_TRUTH:
    return (double)hpcls_between(0, 1);
  case HPCLS_LETTER:
    return (double)hpcls_between('a', 'z');
  default:
    return (double)hpcls_between(low, high);
  }
}

static void *hpcls_memory(size_t count, size_t size) {
  void *found = calloc(count, size);
  if (!found) {
    fprintf(stderr, "hpcls: no memory\n");
    exit(97);
  }
  return found;
}

#define HPCLS_FILL(T, at, count, low, high)                              \
  do {                                                                   \
    T *hpcls_at = (T *)(at);                                             \
    size_t hpcls_k, hpcls_count = (count);                               \
    for (hpcls_k = 0; hpcls_k < hpcls_count; hpcls_k++)                  \
      hpcls_at[hpcls_k] = (T)hpcls_value(HPCLS_KIND(T), (low), (high));  \
  } while (0)

#define HPCLS_HEAD(name, T, count) \
  fprintf(hpcls_records, "%s %d %zu %zu\n", name, HPCLS_KIND(T), sizeof(T), (size_t)(count))

#define HPCLS_SHOW(T, at, count) fwrite((at), sizeof(T), (count), hpcls_records)
