// render_page REPORT.json PAGE.html: the page of a report that a test has made up.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "host/drilldown/forms/html.hpp"

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: render_page REPORT.json PAGE.html\n";
    return 2;
  }
  std::ifstream in(arguments[1], std::ios::binary);
  const std::string report((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::ofstream out(arguments[2], std::ios::binary);
  out << potentia::drilldown::report_html(report, "A sample <report> & \"title\"");
  return in && out.flush() ? 0 : 1;
}
