// What nightly tells: alarms, what moved, metrics, the page of runs.
#include <gtest/gtest.h>

#include "host/nightly/alarms.hpp"
#include "host/nightly/figures.hpp"
#include "host/nightly/index_page.hpp"
#include "host/nightly/metrics.hpp"
#include "nightly_sample.hpp"

namespace potentia::nightly {
namespace {

WorldRecord world_of(double potential, double unrealized) {
  WorldRecord world;
  world.name = "base";
  world.potential = potential;
  world.unrealized = unrealized;
  world.data_modified = 1000000;
  return world;
}

TEST(NightlyAlarm, TotalsMoveByMoreThanTheLimit) {
  AlarmConfig limits;
  const WorldRecord before = world_of(100e9, 50e9);
  EXPECT_TRUE(world_alarms(limits, world_of(200e9, 90e9), &before, {}, 1000000).empty());  // nothing is watched
  limits.total = 0.1;
  EXPECT_TRUE(world_alarms(limits, world_of(110e9, 45e9), &before, {}, 1000000).empty());  // not above it
  EXPECT_EQ(world_alarms(limits, world_of(110.1e9, 50e9), &before, {}, 1000000),
            std::vector<std::string>{"base: potential +10.1 % (100.00 billion USD to 110.10 billion USD), above 10 %"});
  EXPECT_EQ(world_alarms(limits, world_of(100e9, 44e9), &before, {}, 1000000),
            std::vector<std::string>{
                "base: unrealised potential -12.0 % (50.00 billion USD to 44.00 billion USD), above 10 %"});
  EXPECT_TRUE(world_alarms(limits, world_of(200e9, 90e9), nullptr, {}, 1000000).empty());  // nothing to compare with
}

TEST(NightlyAlarm, SidesAreWatchedByThemselvesAndSmallChangesNot) {
  AlarmConfig limits;
  limits.exporter = 0.5;
  limits.smallest = 1e6;
  const WorldRecord before = world_of(1, 1);
  const std::vector<MoveRecord> changes{{"exporter", "LAO", "Laos", "potential", 10e6, 16e6, ""},
                                        {"exporter", "CHN", "", "unrealized", 0, 2e6, ""},
                                        {"exporter", "THA", "", "potential", 1e5, 9e5, ""},
                                        {"exporter", "KHM", "", "potential", 10e6, 14e6, ""},
                                        {"market", "LAO", "", "potential", 10e6, 90e6, ""}};
  EXPECT_EQ(world_alarms(limits, before, &before, changes, 1000000),
            (std::vector<std::string>{
                "base: exporter LAO Laos: potential +60.0 % (10.0 million USD to 16.0 million USD), above 50 %",
                "base: exporter CHN: unrealised potential new (0 USD to 2.0 million USD), above 50 %"}));
  limits.exporter.reset();
  limits.market = 8.0;
  EXPECT_TRUE(world_alarms(limits, before, &before, changes, 1000000).empty());
}

TEST(NightlyAlarm, ManyAreCounted) {
  AlarmConfig limits;
  limits.product = 0.0;
  const WorldRecord before = world_of(1, 1);
  std::vector<MoveRecord> changes;
  for (int n = 0; n < 8; ++n) changes.push_back({"product", std::to_string(n), "", "potential", 10e6, 20e6, ""});
  const auto alarms = world_alarms(limits, before, &before, changes, 1000000);
  ASSERT_EQ(alarms.size(), 6u);
  EXPECT_EQ(alarms.back(), "base: 3 more of products above 0 %");
}

TEST(NightlyAlarm, CountsAndAge) {
  AlarmConfig limits;
  limits.drops = 2;
  limits.fills = 0;
  limits.data_age_days = 1;
  WorldRecord before = world_of(1, 1), now = before;
  now.drops = 2;
  now.fills = 1;
  EXPECT_EQ(world_alarms(limits, now, &before, {}, 1000000 + 86400),
            std::vector<std::string>{"base: 1 fills, 1 more than before, above 0"});
  now = before;
  before.fills = 5;  // fewer are no matter
  EXPECT_EQ(world_alarms(limits, now, &before, {}, 1000000 + 129600),
            std::vector<std::string>{"base: the newest of its data was written 1.5 days ago, above 1"});
  EXPECT_TRUE(world_alarms(limits, now, &before, {}, 0).empty());  // data of the future are not old
}

TEST(NightlyMoves, TheLargestOfEachSideAndColumn) {
  std::vector<MoveRecord> changes;
  for (int n = 1; n <= 4; ++n)
    for (const char* side : {"product", "exporter"})
      changes.push_back({side, std::to_string(n), "", "potential", 0, n % 2 == 0 ? 1.0 * n : -1.0 * n, ""});
  changes.push_back({"product", "9", "", "unrealized", 1, 0, ""});
  std::string told;
  for (const MoveRecord& move : largest_moves(changes, 2)) told += move.side + move.code + move.column[0] + " ";
  EXPECT_EQ(told, "exporter4p exporter3p product4p product3p product9u ");
}

TEST(NightlyMoves, SayWhichFilesAreOthers) {
  const auto step = [](const char* kind, const char* name, std::vector<InputRecord> inputs) {
    StepRecord record;
    record.kind = kind;
    record.name = name;
    record.inputs = std::move(inputs);
    return record;
  };
  const std::vector<StepRecord> before{
      step("import", "base",
           {{"data", "/d/a.csv", 0, 0, "1"}, {"data", "/d/b.csv", 0, 0, "1"}, {"data", "/d/gone.csv", 0, 0, "1"}}),
      step("solve", "base", {{"settings", "/d/s.toml", 0, 0, "1"}, {"world", "", 0, 0, "1"}}),
      step("solve", "other", {{"settings", "/d/t.toml", 0, 0, "1"}})};
  const std::vector<StepRecord> now{
      step("import", "base",
           {{"data", "/d/a.csv", 0, 0, "1"}, {"data", "/moved/b.csv", 9, 9, "2"}, {"data", "/d/new.csv", 0, 0, "1"}}),
      step("solve", "base", {{"settings", "/d/s.toml", 0, 0, "2"}, {"world", "", 0, 0, "2"}}),
      step("solve", "other", {{"settings", "/d/t.toml", 0, 0, "2"}})};
  EXPECT_EQ(changed_inputs(before, now, "base", "base"),
            (std::vector<std::string>{"b.csv", "gone.csv", "new.csv", "s.toml"}));
  EXPECT_EQ(changed_inputs(before, now, "other", ""), std::vector<std::string>{"t.toml"});
  EXPECT_TRUE(changed_inputs(now, now, "base", "base").empty());
}

TEST(NightlyMetrics, LabelsAreEscapedAndAFailureSaysNoMoreThanItKnows) {
  Metrics metrics;
  metrics.finished = 1795659871;
  const std::string text = metrics_text(metrics);
  EXPECT_NE(text.find("\npotentia_nightly_success 0\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\npotentia_nightly_last_run_timestamp_seconds 1795659871\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("last_success"), std::string::npos);
  RunRecord run = full_record();
  run.worlds[0].name = "a\"b\\c\nd";
  metrics.run = &run;
  const std::string more = metrics_text(metrics);
  EXPECT_NE(more.find("\npotentia_nightly_success 1\n"), std::string::npos) << more;
  EXPECT_NE(more.find("{world=\"a\\\"b\\\\c\\nd\"} 28\n"), std::string::npos) << more;  // 6 x 7 x 8 cells in 12 s
}

TEST(NightlyIndex, DataIsTextAndNothingElse) {
  RunList list;
  list.runs.push_back(full_record());
  list.runs[0].alarms = {"<script>alert(1)</script>"};
  list.runs[0].worlds[0].moves[0].name = "\"><img src=x>";
  list.unreadable = {"<b>"};
  const std::string page = index_page("A & <i>B</i>", list, "2026-11-26-0012");
  for (const char* never : {"<script", "<img", "<i>", "<b>&"}) EXPECT_EQ(page.find(never), std::string::npos) << never;
  for (const char* wanted : {"&lt;script&gt;alert(1)", "A &amp; &lt;i&gt;B&lt;/i&gt;", index_mark, "(latest)",
                             "moved most in run 2026-11-26-0012, since run 2026-11-25-0011"})
    EXPECT_NE(page.find(wanted), std::string::npos) << wanted;
}

}  // namespace
}  // namespace potentia::nightly
