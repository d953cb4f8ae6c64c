// Chance, expected exports and interval of every cell: the models of a back-test applied to a world's own base (METHOD.md,
// "Outlook").
//
//   without trade:  chance = 1 − (1 − p)^(h'/h), expected = chance × smearing × e^size;  no interval
//   with trade:     middle = v0 e^(growth h'/h), low and high = middle e^(∓ width of v0's class),
//                   expected = middle · smearing of v0's class ^ (h'/h), inside the interval;
//                   chance = that it goes on, where the back-test saw flows end, else missing
//
// Cells without supply, demand or ease have no potential and no outlook: nothing is known to start or to go on there.
#pragma once

#include <memory>

#include "host/model/outlook_tables.hpp"
#include "io/result/solution.hpp"
#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

class Outlook {
public:
  /// @param problem,tables of the world's baseline; tables live as long as this
  /// @param facts of that problem
  /// @param axes of the result, along whose products the problem's columns count
  Outlook(const OutlookModels& models, const OutlookScale& scale, CellFacts facts, std::shared_ptr<const Problem> problem,
          const Tables& tables, Axes axes, int threads);

  /// Sums over all cells of the pairs along the axes, each over products in their order. @throws Error(interrupted)
  PairOutlook pairs() const;

  /// @param cells along the axes, with their potential and trade
  CellOutlook of_cells(const CellList& cells) const;

private:
  OutlookTables outlook_;
  std::shared_ptr<const Problem> problem_;
  const Tables& tables_;
  Axes axes_;
  int threads_;
};

}  // namespace potentia
