// What a night does: the configuration of `potentia nightly`, read and checked before anything runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace potentia::nightly {

/// A world, and the solve of it.
struct WorldConfig {
  std::string name;      ///< of its files and in every message: letters, digits, - and _
  std::string manifest;  ///< what `potentia import` reads, or …
  std::string file;      ///< … a finished world.h5
  std::string lenient;   ///< of the import: kinds of faulty rows, "all", or empty = none
  std::string settings;  ///< of the solve; empty = defaults
  std::string groups;    ///< groups of one's own that these settings name; empty = none
};

/// A drill-down.
struct ReportConfig {
  std::string name;                ///< of its folder within the world's
  std::string world;               ///< name of one above
  std::string exporter;            ///< as `potentia drilldown --exporter` takes it; empty = that of the settings
  std::string market;              ///< likewise
  std::string settings;            ///< empty = those of the world
  std::string groups;              ///< groups of one's own; empty = those that the settings name
  std::vector<std::string> forms;  ///< html, json, csv, xlsx: which files are kept
};

/// Scenarios of a world, in one file.
struct ScenarioConfig {
  std::string name;                 ///< of its file
  std::string world;                ///< name of one above
  std::vector<std::string> files;   ///< scenarios
  std::vector<std::string> inputs;  ///< these files, those that they include, and their tables of tariffs
  std::string exporter, market;     ///< whose cells are written; empty = nobody's
  bool full = false;                ///< sums by exporter and product, and by market and product, too
  std::string settings;             ///< empty = those of the world
  std::string groups;               ///< groups of one's own; empty = those that the settings name
};

/// A site of a whole world.
struct AtlasConfig {
  std::string name;                 ///< of its folder; "atlas" where none is given
  std::string world;                ///< name of one above
  std::string exporters, markets;   ///< who gets a page, as `potentia atlas` takes it; empty = all
  std::optional<std::int64_t> cells;  ///< listed of each exporter; nothing = what the settings say
  std::string title;                ///< empty = the world's
  std::string logo;                 ///< a picture's file; empty = none
  std::vector<std::string> names;   ///< "fr=noms.csv", the file's whole path
  std::string outlook;              ///< a back-test's file; empty = none
  std::vector<std::string> scenarios;  ///< their files
  std::vector<std::string> inputs;     ///< as of scenarios
  std::string settings;             ///< empty = those of the world
  std::string groups;               ///< groups of one's own; empty = those that the settings name
};

/// When to call for somebody. What is not given is not watched.
struct AlarmConfig {
  std::optional<double> total, exporter, market, product;  ///< largest relative change since the run before, 0.1 = 10 %
  double smallest = 1e6;  ///< USD: changes below it are no matter, however large they are relative to what was
  std::optional<std::int64_t> drops, fills;  ///< how many more of them than in the run before are no matter
  std::optional<double> data_age_days;       ///< since the newest input of a world was written
};

struct Config {
  std::string path;    ///< of the configuration itself
  std::string folder;  ///< where everything lies that nightly makes
  std::string title;
  std::int64_t jobs = 0;  ///< steps at a time; 0 = as many as there are threads
  std::string backend = "auto";
  std::vector<std::string> on_alarm;  ///< a program and its arguments; empty = none
  std::int64_t keep_runs = 30;
  std::int64_t keep_days = 0;
  std::vector<WorldConfig> worlds;
  std::vector<ReportConfig> reports;
  std::vector<ScenarioConfig> scenarios;
  std::vector<AtlasConfig> atlases;
  AlarmConfig alarm;
  std::string metrics_file;  ///< empty = none
};

/// Paths are relative to the file, and absolute in what is returned. Settings and groups are read too, since they
/// belong to the configuration; manifests and data are not, since one that is missing tonight shall not stop the
/// others.
/// @throws Error(input) with file, line and column: not TOML, an unknown key (naming the nearest known one), a value of
/// the
///         wrong type or out of range, a world that no [[world]] names, settings that are not there or not right
Config read_config(const std::string& path);

}  // namespace potentia::nightly
