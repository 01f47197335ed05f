#include "schema_docs/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <memory>
#include <mutex>

#include "analyzer/model/names.h"
#include "schema_docs/table_source.h"
#include "schema_docs/unicode_text.h"

namespace schemaudit {

namespace {

/// Deeper nesting than people write is flattened: the tree is walked by recursion later.
constexpr std::size_t kMaxDepth = 64;

struct ParserDeleter {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct NodeDeleter {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct IterDeleter {
  void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};

std::string text_of(const char* text) {
  return text ? text : "";
}

/// Turns cmark's stream of enter and exit events into blocks.
class BlockBuilder {
 public:
  explicit BlockBuilder(const std::vector<std::string>& lines) : lines_(lines) {}

  void handle(cmark_event_type event, cmark_node* node) {
    cmark_node_type type = cmark_node_get_type(node);
    std::string name = text_of(cmark_node_get_type_string(node));
    if (type == CMARK_NODE_DOCUMENT) return;
    bool enter = event == CMARK_EVENT_ENTER;
    if (name == "table_row" || name == "table_header") return row(enter, node);
    if (name == "table_cell") return cell(enter);
    if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE)
      return inline_node(enter, type, node);
    if (enter) {
      open(type, name, node);
    } else {
      close();
    }
  }

  std::vector<Block> take() {
    while (!kept_.empty()) close();
    return std::move(top_);
  }

 private:
  static bool is_leaf(cmark_node_type type) {
    return type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK ||
           type == CMARK_NODE_THEMATIC_BREAK;
  }

  void open(cmark_node_type type, const std::string& name, cmark_node* node) {
    Block block;
    block.line = cmark_node_get_start_line(node);
    block.end_line = cmark_node_get_end_line(node);
    block.column = column_at(block.line, cmark_node_get_start_column(node));
    if (type == CMARK_NODE_HEADING) {
      block.kind = BlockKind::heading;
      block.level = cmark_node_get_heading_level(node);
    } else if (type == CMARK_NODE_LIST) {
      block.kind = BlockKind::list;
      block.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    } else if (type == CMARK_NODE_ITEM || name == "tasklist") {
      block.kind = BlockKind::item;
    } else if (type == CMARK_NODE_BLOCK_QUOTE) {
      block.kind = BlockKind::quote;
    } else if (type == CMARK_NODE_CODE_BLOCK) {
      code(node, block);
    } else if (type == CMARK_NODE_HTML_BLOCK) {
      block.kind = BlockKind::html;
      block.literal = text_of(cmark_node_get_literal(node));
    } else if (type == CMARK_NODE_THEMATIC_BREAK) {
      block.kind = BlockKind::rule;
    } else if (name == "table") {
      block.kind = BlockKind::table;
    }
    bool container = block.kind == BlockKind::list || block.kind == BlockKind::item ||
                     block.kind == BlockKind::quote;
    kept_.push_back(!container || open_.size() < kMaxDepth);
    if (kept_.back()) open_.push_back(std::move(block));
    if (is_leaf(type)) close();
  }

  void code(cmark_node* node, Block& block) {
    block.kind = BlockKind::code;
    block.literal = text_of(cmark_node_get_literal(node));
    std::string info = fold_case(text_of(cmark_node_get_fence_info(node)));
    std::size_t begin = info.find_first_not_of(" \t{.");
    if (begin != std::string::npos)
      block.language = info.substr(begin, info.find_first_of(" \t,:{}", begin) - begin);
    int length = 0, offset = 0;
    char character = 0;
    bool fenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0;
    block.literal_line = fenced ? block.line + 1 : block.line;
    block.literal_column = literal_column(block);
  }

  /// The column of the file at which the literal's lines begin: what stands before is a
  /// container's marker or indentation.
  int literal_column(const Block& block) const {
    std::size_t line = static_cast<std::size_t>(block.literal_line);
    for (std::size_t at = 0; at < block.literal.size(); ++line) {
      std::size_t end = block.literal.find('\n', at);
      if (end == std::string::npos) end = block.literal.size();
      std::string_view written(block.literal.data() + at, end - at);
      at = end + 1;
      if (!written.empty() && written.back() == '\r') written.remove_suffix(1);
      if (written.find_first_not_of(" \t") == std::string_view::npos) continue;
      if (line == 0 || line > lines_.size()) return 1;
      const std::string& source = lines_[line - 1];
      if (source.size() < written.size() ||
          source.compare(source.size() - written.size(), written.size(), written) != 0)
        return 1;
      return static_cast<int>(count_code_points(
                 std::string_view(source).substr(0, source.size() - written.size()))) +
             1;
    }
    return 1;
  }

  void close() {
    if (kept_.empty()) return;
    bool kept = kept_.back();
    kept_.pop_back();
    if (!kept || open_.empty()) return;
    Block done = std::move(open_.back());
    open_.pop_back();
    (open_.empty() ? top_ : open_.back().children).push_back(std::move(done));
  }

  void row(bool enter, cmark_node* node) {
    if (!enter || open_.empty()) return;
    TableRow row;
    row.line = cmark_node_get_start_line(node);
    if (row.line > 0 && static_cast<std::size_t>(row.line) <= lines_.size())
      row.source_cells = count_source_cells(lines_[static_cast<std::size_t>(row.line) - 1]);
    open_.back().rows.push_back(std::move(row));
  }

  void cell(bool enter) {
    in_cell_ = enter;
    if (enter && !open_.empty() && !open_.back().rows.empty())
      open_.back().rows.back().cells.emplace_back();
  }

  void inline_node(bool enter, cmark_node_type type, cmark_node* node) {
    if (type == CMARK_NODE_STRONG) {
      strong_ += enter ? 1 : -1;
    } else if (type == CMARK_NODE_LINK) {
      link_ = enter ? text_of(cmark_node_get_url(node)) : "";
    } else if (enter) {
      if (type == CMARK_NODE_TEXT) add(SpanStyle::text, text_of(cmark_node_get_literal(node)));
      if (type == CMARK_NODE_CODE) add(SpanStyle::code, text_of(cmark_node_get_literal(node)));
      if (type == CMARK_NODE_HTML_INLINE)
        add(SpanStyle::html, text_of(cmark_node_get_literal(node)));
      if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) add(SpanStyle::text, "\n");
    }
  }

  void add(SpanStyle style, std::string text) {
    if (open_.empty()) return;
    Block& block = open_.back();
    Inlines* inlines = &block.inlines;
    if (in_cell_) {
      if (block.rows.empty() || block.rows.back().cells.empty()) return;
      inlines = &block.rows.back().cells.back();
    }
    std::vector<InlineSpan>& spans = inlines->spans;
    bool strong = strong_ > 0;
    if (style == SpanStyle::text && !spans.empty() && spans.back().style == style &&
        spans.back().strong == strong && spans.back().link == link_) {
      spans.back().text += text;
      return;
    }
    spans.push_back({style, std::move(text), strong, link_});
  }

  int column_at(int line, int byte_column) const {
    if (line < 1 || static_cast<std::size_t>(line) > lines_.size() || byte_column < 1) return 1;
    const std::string& source = lines_[static_cast<std::size_t>(line) - 1];
    std::size_t bytes = std::min(source.size(), static_cast<std::size_t>(byte_column) - 1);
    return static_cast<int>(count_code_points(std::string_view(source).substr(0, bytes))) + 1;
  }

  const std::vector<std::string>& lines_;
  std::vector<Block> top_;
  std::vector<Block> open_;
  /// Of the blocks entered and not left, whether they are in open_.
  std::vector<bool> kept_;
  int strong_ = 0;
  std::string link_;
  bool in_cell_ = false;
};

/// Empty ones stand in their place, so that the rest keeps its lines.
std::string without_lines(const std::vector<std::string>& lines,
                          const std::vector<LineRange>& ranges) {
  std::string text;
  auto next = ranges.begin();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    while (next != ranges.end() && next->last < i) ++next;
    if (next == ranges.end() || i < next->first) text += lines[i];
    text += '\n';
  }
  return text;
}

}  // namespace

std::string Inlines::text() const {
  std::string all;
  for (const InlineSpan& span : spans)
    if (span.style != SpanStyle::html) all += span.text;
  return all;
}

bool Inlines::empty() const {
  return text().find_first_not_of(" \t\n") == std::string::npos;
}

MarkdownDocument parse_markdown(std::string_view text, const DocumentLimits& limits) {
  MarkdownDocument document;
  if (text.size() > limits.file_bytes) {
    document.refused = "the file has " + std::to_string(text.size()) + " bytes; at most " +
                       std::to_string(limits.file_bytes) + " are read";
    return document;
  }
  document.lines = source_lines(text);
  if (std::optional<OversizedTable> table = find_oversized_table(document.lines, limits)) {
    document.refused = "a table of " + std::to_string(table->columns) + " columns and " +
                       std::to_string(table->rows) + " rows is more than is read";
    document.refused_line = table->line;
    return document;
  }
  std::string shortened;
  if (const std::vector<LineRange> passed =
          find_oversized_paragraphs(document.lines, limits.paragraph_bytes);
      !passed.empty()) {
    for (const LineRange& paragraph : passed)
      document.long_paragraphs.push_back(static_cast<int>(paragraph.first + 1));
    shortened = without_lines(document.lines, passed);
    text = shortened;
  }

  static std::once_flag registered;
  std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
  std::unique_ptr<cmark_parser, ParserDeleter> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
  if (cmark_syntax_extension* tables = cmark_find_syntax_extension("table"))
    cmark_parser_attach_syntax_extension(parser.get(), tables);
  if (cmark_syntax_extension* tasks = cmark_find_syntax_extension("tasklist"))
    cmark_parser_attach_syntax_extension(parser.get(), tasks);
  cmark_parser_feed(parser.get(), text.data(), text.size());
  std::unique_ptr<cmark_node, NodeDeleter> root(cmark_parser_finish(parser.get()));
  if (!root) return document;

  BlockBuilder builder(document.lines);
  std::unique_ptr<cmark_iter, IterDeleter> iter(cmark_iter_new(root.get()));
  for (cmark_event_type event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iter.get()))
    builder.handle(event, cmark_iter_get_node(iter.get()));
  document.blocks = builder.take();
  return document;
}

}  // namespace schemaudit
