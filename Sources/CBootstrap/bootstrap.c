#include "bootstrap.h"

// Which clone is taken is resolved before ThreadSanitizer is ready, and would crash under it.
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define LR_UNCLONED
#endif
#endif

#if defined(__x86_64__) && defined(__linux__) && !defined(LR_UNCLONED)
#define LR_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LR_CLONES
#endif
#define LR_INLINE static inline __attribute__((always_inline))

/// Thresholds from the last of these on are reached once in 1700 draws.
enum { USUAL = 6 };

enum { HALF = LR_LANES / 2 };
typedef double Lanes __attribute__((vector_size(HALF * sizeof(double)), aligned(sizeof(double))));
typedef uint64_t Words __attribute__((vector_size(HALF * sizeof(uint64_t)), aligned(sizeof(uint64_t))));

/// The weights of RoutingCore/Statistics/PoissonWeights.swift, for many replicates at once; a test compares the two.
///
/// Ten rounds of Philox4x32 for the replicates from `first` on; the first two words as 64 bits. Upper halves of the
/// lanes hold what multiplications leave there; only lower halves count.
LR_INLINE void draw(uint64_t seed, uint64_t item, uint32_t first, uint32_t attempt, Words *bits)
{
  const Words low = (Words){0} + UINT32_MAX;
  Words c0 = (Words){0} + (item & UINT32_MAX), c1 = (Words){0} + (item >> 32);
  Words c2 = {0, 1, 2, 3, 4, 5, 6, 7}, c3 = (Words){0} + attempt;
  uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
  c2 += first;
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    Words even = (c0 & low) * 0xD2511F53u, odd = (c2 & low) * 0xCD9E8D57u;
    c0 = (odd >> 32) ^ c1 ^ k0;
    c1 = odd;
    c2 = (even >> 32) ^ c3 ^ k1;
    c3 = even;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  *bits = c1 << 32 | (c0 & low);
}

/// Adds how many of the thresholds in a range the bits reach; the lanes that reach the last of them.
LR_INLINE void weigh(
  const Words *bits, const uint64_t *thresholds, int from, int to, Lanes *weights, Words *reached)
{
  const Words one = (Words)((Lanes){0} + 1.0);
#pragma clang loop unroll(full)
  for (int i = from; i < to; i++) {
    *reached = (Words)(*bits >= thresholds[i]);
    *weights += (Lanes)(*reached & one);
  }
}

LR_CLONES void lr_poisson_weights(
  uint64_t seed, const uint64_t *keys, size_t groups, uint32_t first, uint32_t attempt,
  const uint64_t thresholds[LR_THRESHOLDS], double *weights)
{
  for (size_t group = 0; group < groups; group++) {
    Lanes *row = (Lanes *)(weights + group * LR_LANES);
    Words bits[2], reached[2];
    Lanes sums[2] = {0};
    draw(seed, keys[group], first, attempt, &bits[0]);
    draw(seed, keys[group], first + HALF, attempt, &bits[1]);
    weigh(&bits[0], thresholds, 0, USUAL, &sums[0], &reached[0]);
    weigh(&bits[1], thresholds, 0, USUAL, &sums[1], &reached[1]);
    Words either = reached[0] | reached[1];
    uint64_t any = 0;
    for (int lane = 0; lane < HALF; lane++) any |= either[lane];
    if (__builtin_expect(any != 0, 0)) {
      weigh(&bits[0], thresholds, USUAL, LR_THRESHOLDS, &sums[0], &reached[0]);
      weigh(&bits[1], thresholds, USUAL, LR_THRESHOLDS, &sums[1], &reached[1]);
    }
    row[0] = sums[0];
    row[1] = sums[1];
  }
}

/// `width` columns at a time, so that their sums stay in registers.
LR_INLINE void add(
  const double *weights, size_t groups, const double *columns, size_t height, size_t width, double *totals)
{
  Lanes sums[4][2] = {0};
  for (size_t group = 0; group < groups; group++) {
    const Lanes *row = (const Lanes *)(weights + group * LR_LANES);
    for (size_t c = 0; c < width; c++) {
      double value = columns[c * height + group];
      sums[c][0] += row[0] * value;
      sums[c][1] += row[1] * value;
    }
  }
  for (size_t c = 0; c < width; c++) {
    Lanes *total = (Lanes *)(totals + c * LR_LANES);
    total[0] += sums[c][0];
    total[1] += sums[c][1];
  }
}

LR_CLONES void lr_add_weighted_sums(
  const double *weights, size_t groups, const double *columns, size_t height, size_t count, double *totals)
{
  size_t c = 0;
  for (; c + 4 <= count; c += 4) add(weights, groups, columns + c * height, height, 4, totals + c * LR_LANES);
  for (; c < count; c++) add(weights, groups, columns + c * height, height, 1, totals + c * LR_LANES);
}
