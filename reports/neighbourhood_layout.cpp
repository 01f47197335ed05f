#include "reports/neighbourhood_layout.h"

#include <graphviz/gvc.h>

#include <memory>

#if defined(__SANITIZE_ADDRESS__)
// Graphviz 2.42 never frees the text of its list of plug-ins.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libgvc.so\n";
}
#endif

namespace schemaudit {
namespace {

constexpr double kPointsPerInch = 72;
constexpr double kArrowLength = 9;

// Graphviz takes texts that it does not change as `char*` up to version 12.
char* text(const std::string& value) {
  return const_cast<char*>(value.c_str());
}

void set(void* object, const char* name, const std::string& value) {
  agsafeset(object, const_cast<char*>(name), text(value), const_cast<char*>(""));
}

struct Context {
  GVC_t* context = gvContext();
  Agraph_t* graph = agopen(const_cast<char*>("neighbourhood"), Agdirected, nullptr);
  bool laid_out = false;

  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() {
    if (laid_out) gvFreeLayout(context, graph);
    if (graph) agclose(graph);
    if (context) gvFreeContext(context);
  }
};

GraphPoint point_of(const pointf& point, double height) {
  return {point.x, height - point.y};
}

std::vector<GraphPoint> curve_of(Agedge_t* edge, double height) {
  std::vector<GraphPoint> points;
  const splines* curves = ED_spl(edge);
  if (!curves || curves->size < 1) return points;
  const bezier& curve = curves->list[0];
  for (int i = 0; i < static_cast<int>(curve.size); ++i)
    points.push_back(point_of(curve.list[i], height));
  return points;
}

}  // namespace

std::optional<GraphLayout> lay_out(const std::vector<GraphNode>& nodes,
                                   const std::vector<GraphEdge>& edges) {
  // What it would print is of no use to a reader of the report.
  agseterr(AGMAX);
  Context drawing;
  if (!drawing.context || !drawing.graph || nodes.empty()) return std::nullopt;
  Agraph_t* graph = drawing.graph;
  set(graph, "rankdir", "LR");
  set(graph, "nodesep", "0.22");
  set(graph, "ranksep", "1.1");
  std::vector<Agnode_t*> made;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    // The page draws the names: what they say must not move anything here.
    Agnode_t* node = agnode(graph, text("n" + std::to_string(i)), 1);
    // An empty one also keeps the plug-in for text out, which reads freed memory (2.42).
    set(node, "label", "");
    set(node, "shape", "box");
    set(node, "fixedsize", "true");
    set(node, "width", std::to_string(nodes[i].width / kPointsPerInch));
    set(node, "height", std::to_string(nodes[i].height / kPointsPerInch));
    made.push_back(node);
  }
  std::vector<Agedge_t*> drawn;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    Agedge_t* edge =
        agedge(graph, made[edges[i].from], made[edges[i].to], text("e" + std::to_string(i)), 1);
    set(edge, "arrowsize", std::to_string(kArrowLength / 10));
    drawn.push_back(edge);
  }
  if (gvLayout(drawing.context, graph, "dot") != 0) return std::nullopt;
  drawing.laid_out = true;

  GraphLayout layout;
  const boxf box = GD_bb(graph);
  layout.width = box.UR.x;
  layout.height = box.UR.y;
  for (Agnode_t* node : made) layout.nodes.push_back(point_of(ND_coord(node), layout.height));
  for (Agedge_t* edge : drawn) layout.edges.push_back(curve_of(edge, layout.height));
  return layout;
}

}  // namespace schemaudit
