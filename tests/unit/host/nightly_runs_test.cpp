// Keys of steps, names and records of runs, and which runs may go.
#include <gtest/gtest.h>

#include "host/nightly/plan.hpp"
#include "host/nightly/run_folder.hpp"
#include "host/nightly/steps.hpp"
#include "kernels/error.hpp"
#include "nightly_sample.hpp"

namespace potentia::nightly {
namespace {

TEST(NightlyKey, DependsOnAllThatMattersAndOnNothingElse) {
  Step step;
  step.kind = "solve";
  step.name = "base";
  step.matters = {"lenient "};
  step.arguments = {"solve", "--backend", "cpu"};
  const Program program{"1", "abc", "e"};
  const std::vector<InputRecord> inputs{{"world", "/data/w.h5", 10, 20, "11"}};
  const std::string key = key_of(step, program, inputs);
  EXPECT_EQ(key.size(), 64u);
  EXPECT_EQ(key_of(step, program, {{"world", "/moved/w.h5", 10, 99, "11"}}), key);  // neither place nor time
  Step other = step;
  other.arguments = {"solve", "--backend", "cuda"};
  EXPECT_EQ(key_of(other, program, inputs), key);
  other = step;
  other.matters = {"lenient all"};
  EXPECT_NE(key_of(other, program, inputs), key);
  other = step;
  other.name = "basis";
  EXPECT_NE(key_of(other, program, inputs), key);
  for (const Program& another :
       {Program{"2", "abc", "e"}, Program{"1", "abd", "e"}, Program{"1", "abc", "f"}, Program{"1a", "bc", "e"}})
    EXPECT_NE(key_of(step, another, inputs), key);
  for (const InputRecord& input :
       {InputRecord{"world", "/data/w.h5", 10, 20, "12"}, InputRecord{"settings", "/data/w.h5", 10, 20, "11"},
        InputRecord{"world", "/data/v.h5", 10, 20, "11"}})
    EXPECT_NE(key_of(step, program, {input}), key);
  EXPECT_NE(key_of(step, program, {}), key);
}

TEST(NightlyThreads, AreSharedAmongWhatCanStart) {
  EXPECT_EQ(threads_for_step(8, 1), 8);
  EXPECT_EQ(threads_for_step(8, 3), 2);
  EXPECT_EQ(threads_for_step(1, 3), 1);
  EXPECT_EQ(threads_for_step(0, 1), 1);
}

TEST(NightlyRuns, NamesHaveADateAndANumber) {
  EXPECT_EQ(run_name(1795659871, 12), "2026-11-26-0012");
  EXPECT_EQ(run_name(1795659871, 123456), "2026-11-26-123456");
  EXPECT_EQ(run_number("2026-11-26-0012"), 12);
  EXPECT_EQ(run_number("2026-11-26-123456"), 123456);
  for (const char* name :
       {"2026-11-26", "2026-11-26-", "2026-11-26-012", "2026-11-26-00x2", "2026-11-26-0012 ", ".making-2026-11-26-0012",
        "26-11-2026-0012", "2026-11-26-0012-mine", "2026-11-26-99999999999999999999"})
    EXPECT_FALSE(run_number(name)) << name;
}

TEST(NightlyRuns, GoWhenTheyAreNeitherNewNorYoungNorTheLatestCompleteOne) {
  constexpr std::int64_t day = 86400, today = 1000 * day;
  RunList list;
  list.runs = {run_of(1, RunState::success, today - 40 * day), run_of(2, RunState::alarm, today - 30 * day),
               run_of(3, RunState::partial, today - 20 * day), run_of(4, RunState::failed, today - 10 * day),
               run_of(5, RunState::failed, today)};
  const auto numbers = [&](std::int64_t runs, std::int64_t days, const std::string& linked) {
    std::vector<std::int64_t> gone;
    for (const std::string& name : runs_to_remove(list, runs, days, today, linked)) gone.push_back(*run_number(name));
    return gone;
  };
  using Numbers = std::vector<std::int64_t>;
  EXPECT_EQ(numbers(2, 0, ""), (Numbers{1, 3}));  // 2 is the latest complete one
  EXPECT_EQ(numbers(2, 0, list.runs[0].name), (Numbers{3}));
  EXPECT_EQ(numbers(1, 15, ""), (Numbers{1, 3}));
  EXPECT_EQ(numbers(1, 25, ""), (Numbers{1}));
  EXPECT_EQ(numbers(5, 0, ""), (Numbers{}));
  list.runs[0].started = today + 900 * day;  // by a clock that was ahead: not old
  EXPECT_EQ(numbers(1, 15, ""), (Numbers{3}));
}

TEST(NightlyRecord, IsReadBackAsWritten) {
  const std::string text = record_to_json(full_record());
  EXPECT_EQ(record_to_json(record_from_json(text, "x")), text);
  const RunRecord run = record_from_json(text, "x");
  EXPECT_EQ(run.worlds[0].potential, 0.1);
  EXPECT_EQ(run.worlds[0].moves[0].factor, "income");
  EXPECT_EQ(run.steps[0].outputs[0].modified, 4);
  EXPECT_NE(text.find("\"started\": \"2026-11-26T02:24:31Z\""), std::string::npos) << text;
}

TEST(NightlyRecord, AnyPartMissingIsDamage) {
  const std::string text = record_to_json(full_record());
  int keys = 0;
  for (std::size_t at = text.find("\": "); at != text.npos; at = text.find("\": ", at + 1)) {
    std::string changed = text;
    changed.insert(at, "_x");
    const std::size_t open = text.rfind('"', at - 1);
    const std::string key = text.substr(open + 1, at - open - 1);
    if (key == "started" || key == "look" || key == "steps") continue;  // for people; names that are data
    EXPECT_THROW(record_from_json(changed, "x"), Error) << key;
    ++keys;
  }
  EXPECT_GT(keys, 50);
}

}  // namespace
}  // namespace potentia::nightly
