#include "reports/html_neighbourhood.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "reports/neighbourhood_layout.h"
#include "reports/page_limits.h"
#include "reports/report_words.h"
#include "reports/visible_text.h"

namespace schemaudit {
namespace {

// Of the page's font for code at 12 pixels.
constexpr double kCharacterWidth = 7.3;
constexpr double kNodeHeight = 30;
constexpr double kMargin = 6;
constexpr std::size_t kNameShown = 30;

std::string_view state_words(EdgeState state) {
  switch (state) {
    case EdgeState::agreed:
      return "as stated";
    case EdgeState::missing:
      return "missing";
    case EdgeState::forbidden:
      return "forbidden";
    case EdgeState::undocumented:
      return "undocumented";
    case EdgeState::flagged:
      return "has findings";
  }
  return "";
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
  }));
}

/// `a_very_long_na…_of_a_table`: a name's beginning and end tell it from others.
std::string short_name(const std::string& name) {
  const std::string shown = visible_line(name);
  if (characters_in(shown) <= kNameShown) return shown;
  const auto cut = [&](std::size_t characters, bool from_end) {
    std::size_t at = from_end ? shown.size() : 0;
    while (characters > 0) {
      at = from_end ? at - 1 : at + 1;
      while (at > 0 && at < shown.size() && (static_cast<unsigned char>(shown[at]) & 0xc0) == 0x80)
        at = from_end ? at - 1 : at + 1;
      --characters;
    }
    return at;
  };
  return shown.substr(0, cut(kNameShown / 2, false)) + "…" +
         shown.substr(cut(kNameShown / 2 - 1, true));
}

/// A number of a picture: short, and the same on every machine.
std::string coordinate(double value) {
  return fmt::format("{:.1f}", value + 0.0);
}

class Picture {
 public:
  Picture(const Neighbourhood& neighbourhood, std::size_t number)
      : neighbourhood_(neighbourhood), number_(number) {
    node_of(neighbourhood.table);
    for (std::size_t i = 0; i < neighbourhood.edges.size(); ++i) {
      const NeighbourEdge& edge = neighbourhood.edges[i];
      const std::size_t fresh = static_cast<std::size_t>(index_.count(edge.from) == 0) +
                                static_cast<std::size_t>(index_.count(edge.to) == 0);
      if (index_.size() + fresh > kNodesOfPicture || shown_.size() >= kEdgesOfNeighbourhood) {
        ++left_out_;
        continue;
      }
      edges_.push_back({node_of(edge.from), node_of(edge.to)});
      shown_.push_back(i);
    }
  }

  std::size_t left_out() const { return left_out_; }

  /// False where it could not be laid out.
  bool write(HtmlWriter& html) const {
    const std::optional<GraphLayout> layout = lay_out(nodes_, edges_);
    if (!layout) return false;
    const std::string width = coordinate(layout->width + 2 * kMargin);
    const std::string height = coordinate(layout->height + 2 * kMargin);
    html.markup("<svg class=\"graph\" role=\"img\" aria-labelledby=\"graph-").number(number_);
    html.markup("\" width=\"").text(width).markup("\" height=\"").text(height);
    html.markup("\" viewBox=\"0 0 ").text(width).markup(" ").text(height).markup("\">");
    html.markup("<title id=\"graph-").number(number_).markup("\">Foreign keys around ");
    html.text(neighbourhood_.table).markup("; the list beside it says the same</title>");
    // What is amiss is drawn over what is not.
    for (std::size_t i = edges_.size(); i-- > 0;) write_edge(i, layout->edges[i], html);
    for (std::size_t i = 0; i < nodes_.size(); ++i) write_node(i, layout->nodes[i], html);
    for (std::size_t i = 0; i < edges_.size(); ++i) write_number(i, layout->edges[i], html);
    html.markup("</svg>");
    return true;
  }

 private:
  std::size_t node_of(const std::string& table) {
    const auto [entry, added] = index_.try_emplace(table, nodes_.size());
    if (added) {
      const std::string name = short_name(table);
      names_.push_back(name);
      const double width = static_cast<double>(characters_in(name)) * kCharacterWidth + 24;
      nodes_.push_back({name, width, kNodeHeight});
    }
    return entry->second;
  }

  const NeighbourEdge& edge(std::size_t i) const { return neighbourhood_.edges[shown_[i]]; }

  void write_node(std::size_t i, const GraphPoint& middle, HtmlWriter& html) const {
    const GraphNode& node = nodes_[i];
    const bool absent = std::any_of(neighbourhood_.absent.begin(), neighbourhood_.absent.end(),
                                    [&](const std::string& table) {
                                      const auto found = index_.find(table);
                                      return found != index_.end() && found->second == i;
                                    });
    if (i == 0)
      html.markup("<g class=\"node centre\">");
    else if (absent)
      html.markup("<g class=\"node absent\">");
    else
      html.markup("<g class=\"node\">");
    html.markup("<rect x=\"").text(coordinate(middle.x - node.width / 2 + kMargin));
    html.markup("\" y=\"").text(coordinate(middle.y - node.height / 2 + kMargin));
    html.markup("\" width=\"").text(coordinate(node.width)).markup("\" height=\"");
    html.text(coordinate(node.height)).markup("\" rx=\"5\"/><text x=\"");
    html.text(coordinate(middle.x + kMargin)).markup("\" y=\"");
    html.text(coordinate(middle.y + kMargin + 4)).markup("\" text-anchor=\"middle\">");
    html.text(names_[i]).markup("</text></g>");
  }

  static std::string at(const GraphPoint& point) {
    return coordinate(point.x + kMargin) + " " + coordinate(point.y + kMargin);
  }

  void write_edge(std::size_t i, const std::vector<GraphPoint>& curve, HtmlWriter& html) const {
    if (curve.size() < 4) return;
    html.markup("<g class=\"edge ").text(to_string(edge(i).state)).markup("\"><path d=\"M");
    html.text(at(curve.front()));
    for (std::size_t p = 1; p + 2 < curve.size(); p += 3)
      html.markup(" C")
          .text(at(curve[p]))
          .markup(" ")
          .text(at(curve[p + 1]))
          .markup(" ")
          .text(at(curve[p + 2]));
    html.markup("\"/>");
    write_arrow(curve, html);
    html.markup("</g>");
  }

  /// Points on from the end of the curve: Graphviz leaves room for it.
  static void write_arrow(const std::vector<GraphPoint>& curve, HtmlWriter& html) {
    const GraphPoint& end = curve.back();
    const GraphPoint& before = curve[curve.size() - 2];
    const double length = std::hypot(end.x - before.x, end.y - before.y);
    const double x = length > 0 ? (end.x - before.x) / length : 1;
    const double y = length > 0 ? (end.y - before.y) / length : 0;
    const GraphPoint tip{end.x + 9 * x, end.y + 9 * y};
    const GraphPoint left{end.x - 4 * y, end.y + 4 * x}, right{end.x + 4 * y, end.y - 4 * x};
    html.markup("<path class=\"arrow\" d=\"M").text(at(tip)).markup(" L").text(at(left));
    html.markup(" L").text(at(right)).markup(" Z\"/>");
  }

  /// The number of its row in the list, about the middle of an edge that is amiss.
  void write_number(std::size_t i, const std::vector<GraphPoint>& curve, HtmlWriter& html) const {
    if (edge(i).state == EdgeState::agreed || curve.size() < 4) return;
    const std::size_t piece = (curve.size() - 1) / 3 / 2 * 3;
    const GraphPoint &a = curve[piece], &b = curve[piece + 1], &c = curve[piece + 2],
                     &d = curve[piece + 3];
    // Edges between the same two tables run close together: their numbers stand side by side.
    constexpr double kPlaces[] = {0.5, 0.3, 0.7};
    const double t = kPlaces[i % 3], u = 1 - t;
    const auto along = [&](double p, double q, double r, double s) {
      return u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
    };
    const GraphPoint middle{along(a.x, b.x, c.x, d.x), along(a.y, b.y, c.y, d.y)};
    html.markup("<g class=\"number ").text(to_string(edge(i).state)).markup("\"><circle cx=\"");
    html.text(coordinate(middle.x + kMargin)).markup("\" cy=\"");
    html.text(coordinate(middle.y + kMargin)).markup("\" r=\"9\"/><text x=\"");
    html.text(coordinate(middle.x + kMargin)).markup("\" y=\"");
    html.text(coordinate(middle.y + kMargin + 4)).markup("\" text-anchor=\"middle\">");
    html.number(shown_[i] + 1).markup("</text></g>");
  }

  const Neighbourhood& neighbourhood_;
  const std::size_t number_;
  std::map<std::string, std::size_t> index_;
  std::vector<std::string> names_;
  std::vector<GraphNode> nodes_;
  std::vector<GraphEdge> edges_;
  /// Their places among the neighbourhood's edges.
  std::vector<std::size_t> shown_;
  std::size_t left_out_ = 0;
};

void write_words(const Neighbourhood& neighbourhood, HtmlWriter& html) {
  const std::size_t shown = std::min(neighbourhood.edges.size(), kEdgesOfNeighbourhood);
  html.markup("<ol class=\"edges\">");
  for (std::size_t i = 0; i < shown; ++i) {
    const NeighbourEdge& edge = neighbourhood.edges[i];
    html.markup("<li class=\"").text(to_string(edge.state)).markup("\"><code>").text(edge.from);
    html.markup("</code> (").text(edge.columns).markup(") to <code>").text(edge.to);
    html.markup("</code> <b class=\"edge-state\">").text(state_words(edge.state)).markup("</b>");
    for (const std::string& finding : edge.findings)
      html.markup(" <a href=\"#f-")
          .text(finding)
          .markup("\">")
          .text(finding.substr(0, 6))
          .markup("</a>");
    html.markup("</li>");
  }
  html.markup("</ol>");
  if (shown < neighbourhood.edges.size())
    html.markup("<p class=\"note\">and ")
        .number(neighbourhood.edges.size() - shown)
        .markup(" more, all as stated or told under Findings.</p>");
}

}  // namespace

void write_neighbourhood(const Neighbourhood& neighbourhood, std::size_t number, HtmlWriter& html) {
  html.markup(
      "<figure class=\"neighbourhood\"><figcaption class=\"label\">Foreign keys, one step "
      "around</figcaption>");
  const Picture picture(neighbourhood, number);
  HtmlWriter svg;
  if (picture.write(svg)) {
    html.markup(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Picture of the "
        "foreign keys around ");
    html.text(neighbourhood.table).markup("\">").add(svg).markup("</div>");
    if (picture.left_out() > 0)
      html.markup("<p class=\"note\">The picture leaves out ")
          .text(counted(picture.left_out(), "foreign key"))
          .markup(", for more tables than it can show.</p>");
  } else {
    html.markup("<p class=\"note\">No picture: Graphviz could not lay it out.</p>");
  }
  write_words(neighbourhood, html);
  html.markup("</figure>");
}

}  // namespace schemaudit
