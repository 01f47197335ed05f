// Writes the pages that the browser tests open:
//   write_pages FOLDER
#include <fstream>
#include <iostream>
#include <string>

#include "reports/renderer.h"
#include "tests/support/sample_reports.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: write_pages FOLDER\n";
    return 2;
  }
  using namespace schemaudit;
  const std::string folder = std::string(argv[1]) + "/";
  const auto write = [&](const char* name, const Report& report) {
    std::ofstream(folder + name) << render_html(report);
  };
  write("small.html", small_report());
  write("hostile.html", hostile_report());
  write("large.html", large_report(20000, 500));
  write("empty.html", Report{});
  return 0;
}
