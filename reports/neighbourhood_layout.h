// Where the tables and foreign keys of a small graph stand on a page, as Graphviz lays them out.
//
//   std::optional<GraphLayout> layout = lay_out({{"orders", 80, 28}, {"users", 70, 28}}, {{0, 1}});
//
// Sizes are pixels; y grows downward. The only file of this program that knows Graphviz is
// neighbourhood_layout.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace schemaudit {

struct GraphNode {
  std::string name;
  double width = 0, height = 0;
};

struct GraphEdge {
  std::size_t from = 0, to = 0;
};

struct GraphPoint {
  double x = 0, y = 0;
};

struct GraphLayout {
  double width = 0, height = 0;
  /// The middles of the nodes, in their order.
  std::vector<GraphPoint> nodes;
  /// Of each edge: the first point, then three for each piece of a cubic Bézier curve. Ends at
  /// the border of the node that it points at.
  std::vector<std::vector<GraphPoint>> edges;
};

/// From left to right. Unset where Graphviz finds no layout, or its plug-in is not installed.
std::optional<GraphLayout> lay_out(const std::vector<GraphNode>& nodes,
                                   const std::vector<GraphEdge>& edges);

}  // namespace schemaudit
