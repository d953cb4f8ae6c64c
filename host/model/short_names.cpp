#include "host/model/short_names.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace potentia {
namespace {

constexpr std::size_t shortest = 4;  // bytes: less says nothing, whatever it stands for

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80; }

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::size_t end_of_word(std::string_view text, std::size_t begin) {
  while (begin < text.size() && in_word(text[begin])) ++begin;
  return begin;
}

/// Places of the commas and colons outside brackets.
std::vector<std::size_t> ends_of_phrases(std::string_view name) {
  std::vector<std::size_t> ends;
  int depth = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    depth += name[at] == '(' ? 1 : name[at] == ')' ? -1 : 0;
    if (depth <= 0 && (name[at] == ',' || name[at] == ':')) ends.push_back(at);
  }
  return ends;
}

/// Where words begin in the names: a phrase can stand only where its first word does.
class Words {
 public:
  explicit Words(const std::vector<std::string>& names) : names_(names) {
    for (std::size_t product = 0; product < names.size(); ++product)
      for (std::size_t at = 0; at < names[product].size(); ++at) {
        if (!in_word(names[product][at])) continue;
        const std::size_t end = end_of_word(names[product], at);
        places_[std::string_view(names[product]).substr(at, end - at)].push_back({product, at});
        at = end;
      }
  }

  /// Whether another product's name has these words, too.
  bool elsewhere(std::string_view phrase, std::size_t product) const {
    const auto found = places_.find(phrase.substr(0, end_of_word(phrase, 0)));
    if (found == places_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const Place& place) {
      const std::string_view rest = std::string_view(names_[place.product]).substr(place.at);
      return place.product != product && rest.substr(0, phrase.size()) == phrase &&
             (rest.size() == phrase.size() || !in_word(rest[phrase.size()]));
    });
  }

 private:
  struct Place {
    std::size_t product, at;
  };
  const std::vector<std::string>& names_;
  std::unordered_map<std::string_view, std::vector<Place>> places_;
};

}  // namespace

std::vector<std::string> short_names(const std::vector<std::string>& names) {
  std::vector<std::string> folded;
  folded.reserve(names.size());
  for (const std::string& name : names) folded.push_back(lower_case(name));
  const Words words(folded);
  std::vector<std::string> shorter;
  shorter.reserve(names.size());
  for (std::size_t at = 0; at < names.size(); ++at) {
    const std::string& name = names[at];
    shorter.push_back(name);
    if (name.empty() || !in_word(name[0])) continue;
    for (const std::size_t end : ends_of_phrases(name)) {
      if (end < shortest || words.elsewhere(std::string_view(folded[at]).substr(0, end), at)) continue;
      shorter.back() = name.substr(0, end);
      break;
    }
  }
  return shorter;
}

std::vector<std::string> short_names(const World& world) {
  std::vector<std::string> names;
  names.reserve(world.products.size());
  for (const Product& product : world.products) names.push_back(product.name);
  return short_names(names);
}

}  // namespace potentia
