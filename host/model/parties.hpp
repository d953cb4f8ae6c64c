// Who people mean by what they type for one side of trade: countries, groups, lists of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/model/groups.hpp"
#include "host/model/party.hpp"
#include "io/world/country_lookup.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// The countries and groups that can be asked for, of a world or of one side of a result.
///
/// A word is an ISO3 code or another code for the country ("TWN" where the trade files have S19), a country's name, a
/// group's code ("ASEAN") or name, "EU", or "world"; letters of either case. A text is a list of words, parted by commas
/// with or without blanks; "Korea, Rep." is one name all the same.
class Parties {
public:
  /// @param noun what a country must be to be found, for complaints: "exporter of the result"
  Parties(std::vector<Country> countries, std::map<std::string, CountryGroup> groups,
          std::string noun = "country of the world");

  /// All that is listed as one party, each country counted once: "LAO, asean" is LAO+ASEAN.
  /// @param flag what the text was given to, for complaints ("--market")
  /// @param notices receives members of a group that are not here
  /// @throws Error(input) for an empty list, for a word that is neither country nor group (naming one that is at most
  ///   two letters off, or else the groups), and for what is counted with another country
  Party find(const std::string& text, const std::string& flag, std::vector<Notice>& notices) const;

  /// What a flag such as --exporters selects, as a Selection and readers of results take it: indices into the
  /// countries, ascending; empty, which stands for all, when nothing was given or everyone is meant.
  /// @param typed a list, or several
  /// @throws Error(input) as find() does
  std::vector<std::int32_t> indices(const std::vector<std::string>& typed, const std::string& flag,
                                    std::vector<Notice>& notices) const;

private:
  struct Meaning {
    std::int32_t country = -1;
    const std::string* group = nullptr;  ///< its code
    bool is_world = false;
    bool is_known() const { return country >= 0 || group != nullptr || is_world; }
  };

  Meaning meaning(const std::string& word) const;
  std::vector<std::string> words(const std::string& text, const std::string& flag) const;
  Party party_of(const std::string& word, const std::string& flag, std::vector<Notice>& notices) const;
  Party party_of_group(const std::string& code, const std::string& flag, std::vector<Notice>& notices) const;
  std::string shown(std::int32_t country) const;
  std::string nearest(const std::string& word) const;

  std::vector<Country> countries_;
  std::map<std::string, CountryGroup> groups_;
  std::string noun_;
  CountryCodes codes_;
};

/// Lists as one list.
std::string joined_words(const std::vector<std::string>& typed);

/// The parts of a text between commas, without the blanks around them and without empty ones.
std::vector<std::string> parts_between_commas(const std::string& text);

}  // namespace potentia
