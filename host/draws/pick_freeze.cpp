#include "host/draws/pick_freeze.hpp"

#include <algorithm>
#include <cmath>

#include "kernels/real_math.hpp"

namespace potentia {

PickFreeze::PickFreeze(std::size_t groups, std::size_t figures)
    : groups_(groups), figures_(figures), common_(commons * figures), group_(groups * of_groups * figures) {}

void PickFreeze::add(const double* a, const double* b, const std::vector<const double*>& mixed, int threads) {
  if (samples_++ == 0) centre_.assign(a, a + figures_);
    // With a, b less the centre: d = f(AB) − f(A), s1 = a + b, s2 = (a² + b²) / 2. The names of the sums say what they
    // add up.
#pragma omp parallel for schedule(static) num_threads(threads)
  for (std::size_t figure = 0; figure < figures_; ++figure) {
    const double from_a = a[figure] - centre_[figure], from_b = b[figure] - centre_[figure];
    const double first = from_a + from_b, second = 0.5 * (from_a * from_a + from_b * from_b);
    const double to_common[commons] = {first, second, first * first, first * second, second * second};
    for (std::size_t n = 0; n < commons; ++n) common_[n * figures_ + figure] += to_common[n];
    for (std::size_t group = 0; group < groups_; ++group) {
      const double move = mixed[group][figure] - a[figure], product = from_b * move, square = move * move;
      const double terms[of_groups] = {move,
                                       product,
                                       square,
                                       from_b * square,
                                       product * product,
                                       product * first,
                                       product * second,
                                       move * first,
                                       move * second,
                                       square * square,
                                       square * first,
                                       square * second};
      double* const to = group_.data() + group * of_groups * figures_ + figure;
      for (std::size_t n = 0; n < of_groups; ++n) to[n * figures_] += terms[n];
    }
  }
}

SobolIndices PickFreeze::indices() const {
  SobolIndices found;
  for (Buffer<double>* table : {&found.first, &found.total, &found.first_error, &found.total_error})
    *table = Buffer<double>(groups_ * figures_);
  const double count = static_cast<double>(samples_);
  for (std::size_t figure = 0; figure < figures_; ++figure) {
    const auto common = [&](Common n) { return common_[n * figures_ + figure]; };
    const double m = common(s1) / (2.0 * count);
    const double v = common(s2) - m * common(s1) + m * m * count;  // Σ v
    const double vv = common(s22) + m * m * common(s11) + count * m * m * m * m - 2.0 * m * common(s12) +
                      2.0 * m * m * common(s2) - 2.0 * m * m * m * common(s1);
    for (std::size_t group = 0; group < groups_; ++group) {
      const auto sum = [&](OfGroup n) { return group_[(group * of_groups + n) * figures_ + figure]; };
      const std::size_t at = group * figures_ + figure;
      if (!(v > 0.0)) {
        for (Buffer<double>* table : {&found.first, &found.total, &found.first_error, &found.total_error})
          (*table)[at] = not_a_number();
        continue;
      }
      // t = (b − m) d and u = d² / 2, their squares and their products with v
      const double t = sum(bd) - m * sum(d), u = 0.5 * sum(dd);
      const double tt = sum(bbdd) - 2.0 * m * sum(bdd) + m * m * sum(dd), uu = 0.25 * sum(dddd);
      const double tv =
          sum(bd_s2) - m * sum(bd_s1) + m * m * sum(bd) - m * (sum(d_s2) - m * sum(d_s1) + m * m * sum(d));
      const double uv = 0.5 * (sum(dd_s2) - m * sum(dd_s1) + m * m * sum(dd));
      const auto error = [&](double index, double squares, double products) {
        if (samples_ < 2) return not_a_number();
        const double rest = std::max(0.0, squares - 2.0 * index * products + index * index * vv);  // Σ (t − S v)²
        return std::sqrt(rest / (count * (count - 1.0))) / (v / count);
      };
      found.first[at] = t / v;
      found.total[at] = u / v;
      found.first_error[at] = error(t / v, tt, tv);
      found.total_error[at] = error(u / v, uu, uv);
    }
  }
  return found;
}

}  // namespace potentia
