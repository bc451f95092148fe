// The two inner loops of the bootstrap, compiled for several instruction sets.
#ifndef LIGHTREPLAY_BOOTSTRAP_H
#define LIGHTREPLAY_BOOTSTRAP_H
#include <stddef.h>
#include <stdint.h>

/// Replicates worked on side by side.
enum { LR_LANES = 16 };

/// Weights go up to this.
enum { LR_THRESHOLDS = 20 };

/// Draws the Poisson weights of `groups` groups in LR_LANES replicates from `first` on.
///
/// The counter of Philox4x32-10 is (key of the group, replicate, attempt), its key the seed. A weight is the number
/// of thresholds that the 64 bits drawn reach.
///
/// keys: [groups]; thresholds: ascending; weights: [groups][LR_LANES].
void lr_poisson_weights(
  uint64_t seed, const uint64_t *keys, size_t groups, uint32_t first, uint32_t attempt,
  const uint64_t thresholds[LR_THRESHOLDS], double *weights);

/// Adds the weighted sums of columns to totals: totals[c][lane] += Σ_g weights[g][lane] · columns[c · height + g].
///
/// weights: [groups][LR_LANES]; columns: `count` of them, `height` apart; totals: [count][LR_LANES].
/// Exact as long as all are whole numbers and no total reaches 2⁵³.
void lr_add_weighted_sums(
  const double *weights, size_t groups, const double *columns, size_t height, size_t count, double *totals);

#endif
