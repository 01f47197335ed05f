#include "schema_docs/document_reader.h"

#include <algorithm>
#include <map>

#include "analyzer/model/names.h"
#include "analyzer/model/redact.h"
#include "analyzer/sql/waiver_comments.h"
#include "schema_docs/block_reader.h"
#include "schema_docs/document_state.h"
#include "schema_docs/garbled_text.h"
#include "schema_docs/markdown.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/unicode_text.h"
#include "schema_docs/waiver_comments.h"

namespace schemaudit {

namespace {

/// Turns byte offsets into places, for offsets that only grow.
class Places {
 public:
  Places(std::string_view text, std::string uri) : text_(text), uri_(std::move(uri)) {}

  Origin at(std::size_t offset) {
    offset = std::min(offset, text_.size());
    for (; at_ < offset; ++at_) {
      if (text_[at_] != '\n') continue;
      ++line_;
      line_begin_ = at_ + 1;
    }
    std::string_view before = text_.substr(line_begin_, offset - line_begin_);
    return {uri_, line_, static_cast<int>(count_code_points(before)) + 1};
  }

  std::string line() const {
    std::size_t end = text_.find_first_of("\r\n", line_begin_);
    return std::string(
        text_.substr(line_begin_, end == std::string_view::npos ? end : end - line_begin_));
  }

 private:
  std::string_view text_;
  std::string uri_;
  std::size_t at_ = 0, line_begin_ = 0;
  int line_ = 1;
};

Problem problem_of(ProblemKind kind, const DocumentText& document, Origin origin,
                   std::string message, std::string key) {
  Problem problem;
  problem.kind = kind;
  problem.origin = std::move(origin);
  problem.object = {"document", "", "", document.uri};
  problem.message = std::move(message);
  problem.key = std::move(key);
  return problem;
}

/// `postgresql://user:password@localhost`: it names the parts, and is hidden all the same.
bool names_the_part(const std::string& text, const Secret& secret) {
  const std::string word = fold_case(std::string_view(text).substr(secret.offset, secret.length));
  const std::string_view before = std::string_view(text).substr(0, secret.offset);
  const bool of_user = before.ends_with("://user:") || before.ends_with("://username:") ||
                       before.ends_with("://USER:") || before.ends_with("://USERNAME:");
  return of_user && (word == "password" || word == "pass" || word == "passwd" || word == "pwd" ||
                     word == "secret");
}

void report_secrets(const DocumentText& document, ReadDocument& read) {
  std::vector<Secret> secrets = find_secrets(document.text);
  std::sort(secrets.begin(), secrets.end(),
            [](const Secret& a, const Secret& b) { return a.offset < b.offset; });
  Places places(document.text, document.uri);
  std::map<bool, std::size_t> ordinals;
  std::size_t last = std::string::npos;
  for (const Secret& secret : secrets) {
    if (secret.offset == last || names_the_part(document.text, secret)) continue;
    last = secret.offset;
    Problem problem =
        problem_of(ProblemKind::credential, document, places.at(secret.offset),
                   "A password stands here in clear text (" + secret.what +
                       "). Replace it by a placeholder, and change it wherever it is in use.",
                   secret.what + " " + std::to_string(++ordinals[secret.what == kBehindItsLabel]));
    problem.excerpt = excerpt_of(places.line());
    read.problems.push_back(std::move(problem));
  }
}

void report_garbled_text(const DocumentText& document, std::string_view text, ReadDocument& read) {
  std::optional<GarbledText> garbled = find_garbled_text(text);
  if (!garbled) return;
  Places places(text, document.uri);
  std::string message = "Text was decoded wrongly: UTF-8 was read as " + garbled->taken_for +
                        ", so that `" + garbled->found + "` stands where `" + garbled->meant +
                        "` was meant";
  message += garbled->count == 1
                 ? "."
                 : ", here and in " + std::to_string(garbled->count - 1) + " more places.";
  message += " Restore the text from before it was converted, or convert it back.";
  Problem problem = problem_of(ProblemKind::garbled_text, document, places.at(garbled->offset),
                               message, "garbled text");
  problem.excerpt = excerpt_of(places.line());
  read.problems.push_back(std::move(problem));
}

}  // namespace

ReadDocument read_document(const DocumentText& document, const DocumentLimits& limits) {
  ReadDocument read;
  read.reading.uri = document.uri;
  read.reading.state = document.state;
  report_secrets(document, read);

  std::string_view text = document.text;
  std::string repaired;
  if (std::optional<std::size_t> invalid = invalid_utf8(text)) {
    Places places(text, document.uri);
    char digits[8];
    std::snprintf(digits, sizeof digits, "0x%02X", static_cast<unsigned char>(text[*invalid]));
    read.problems.push_back(problem_of(
        ProblemKind::unreadable, document, places.at(*invalid),
        "The document is not UTF-8: byte " + std::to_string(*invalid) + " (" + digits +
            ") begins no character. Save it as UTF-8; what stands around such bytes was read.",
        "not UTF-8"));
    // A text of another encoding altogether (UTF-16 has a zero in every other byte) is not read.
    if (text.find('\0') != std::string_view::npos) return read;
    repaired = with_valid_utf8(text);
    text = repaired;
  } else {
    report_garbled_text(document, text, read);
  }

  MarkdownDocument markdown = parse_markdown(text, limits);
  if (!markdown.refused.empty()) {
    read.problems.push_back(
        problem_of(ProblemKind::unreadable, document, {document.uri, markdown.refused_line, 0},
                   "The document was not read: " + markdown.refused + ". Split it.", "too large"));
    return read;
  }
  for (std::size_t i = 0; i < markdown.long_paragraphs.size(); ++i)
    read.problems.push_back(problem_of(
        ProblemKind::unreadable, document, {document.uri, markdown.long_paragraphs[i], 0},
        "The paragraph that begins here was not read: it has more than " +
            std::to_string(limits.paragraph_bytes >> 10) +
            " KB. Break it up by empty lines; what stands around it was read.",
        "paragraph too long " + std::to_string(i + 1)));
  if (std::optional<SelfDescription> self = self_description_of(markdown);
      self && self->proposed != document.state) {
    read.reading.self_description = self->words;
    read.reading.proposed_state = self->proposed;
    read.reading.self_description_origin = {document.uri, self->line, 1};
  }
  bool states_schema =
      document.state == DocumentState::current || document.state == DocumentState::planned;
  if (states_schema) read_blocks(markdown, document.uri, read);
  read.waivers = waivers_in_markdown(markdown, document.uri);
  for (const SqlFence& fence : read.fences)
    for (InlineWaiver& waiver : waivers_in_sql(fence.text))
      read.waivers.push_back(std::move(waiver));
  return read;
}

}  // namespace schemaudit
