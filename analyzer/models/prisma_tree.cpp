#include "analyzer/models/prisma_tree.h"

#include <algorithm>

#include "analyzer/models/prisma_tokens.h"

namespace schemaudit {

namespace {

using Kind = PrismaToken::Kind;

/// No attribute of a real schema nests its arguments deeper.
constexpr int kDeepest = 40;

bool is_block_word(std::string_view word) {
  return word == "model" || word == "enum" || word == "view" || word == "type" ||
         word == "datasource" || word == "generator";
}

/// Thrown within this file: the line it stands on is given up.
struct Unread {
  std::string message;
};

class FileParser {
 public:
  FileParser(const PrismaFile& file, PrismaTree& tree)
      : tokens_(prisma_tokens(file)), uri_(file.uri), tree_(tree) {}

  void parse() {
    while (!at(Kind::end)) {
      if (at(Kind::new_line)) {
        ++next_;
        continue;
      }
      const std::size_t begin = next_;
      if (at(Kind::word) && is_block_word(token().text)) {
        block();
        continue;
      }
      give_up(begin, "a line outside of every block is not understood");
    }
  }

 private:
  const PrismaToken& token() const { return tokens_[next_]; }
  bool at(Kind kind) const { return token().kind == kind; }
  bool at_sign(std::string_view sign) const { return at(Kind::sign) && token().text == sign; }
  Origin here() const { return {uri_, token().line, token().column}; }

  bool take_sign(std::string_view sign) {
    if (!at_sign(sign)) return false;
    ++next_;
    return true;
  }
  void expect_sign(std::string_view sign) {
    if (!take_sign(sign))
      throw Unread{"'" + std::string(sign) + "' is missing before '" + token().text + "'"};
  }
  std::string word() {
    if (!at(Kind::word)) throw Unread{"a name is missing before '" + token().text + "'"};
    return tokens_[next_++].text;
  }
  /// Prisma ends an attribute with its line; what goes on is read all the same.
  void skip_new_lines() {
    if (!at(Kind::new_line)) return;
    Problem problem;
    problem.kind = ProblemKind::would_not_load;
    problem.origin = here();
    problem.message = "Prisma refuses this: an attribute has to stand on one line";
    problem.key = "one line";
    if (std::none_of(tree_.problems.begin(), tree_.problems.end(), [&](const Problem& told) {
          return told.key == problem.key && told.origin.uri == uri_;
        }))
      tree_.problems.push_back(std::move(problem));
    while (at(Kind::new_line)) ++next_;
  }

  /// What stands on the rest of the line is not read.
  void give_up(std::size_t begin, const std::string& why) {
    Problem problem;
    problem.kind = ProblemKind::unreadable;
    problem.origin = {uri_, tokens_[begin].line, tokens_[begin].column};
    problem.message = "this line of the Prisma schema could not be read: " + why;
    tree_.problems.push_back(std::move(problem));
    while (!at(Kind::new_line) && !at(Kind::end)) ++next_;
  }

  void block() {
    PrismaBlock block;
    block.origin = here();
    const std::size_t begin = next_;
    block.kind = tokens_[next_++].text;
    try {
      block.name = word();
      expect_sign("{");
    } catch (const Unread& unread) {
      return give_up(begin, unread.message);
    }
    while (!at_sign("}")) {
      if (at(Kind::end)) {
        give_up(begin, "the block has no end");
        break;
      }
      if (at(Kind::new_line)) {
        ++next_;
        continue;
      }
      const std::size_t line = next_;
      try {
        member(block);
        if (!at(Kind::new_line) && !at(Kind::end) && !at_sign("}"))
          throw Unread{"'" + token().text + "' is not expected here"};
      } catch (const Unread& unread) {
        give_up(line, unread.message);
      }
    }
    take_sign("}");
    tree_.blocks.push_back(std::move(block));
  }

  void member(PrismaBlock& block) {
    if (take_sign("@@")) {
      block.attributes.push_back(attribute());
      return;
    }
    if (block.kind == "datasource" || block.kind == "generator") {
      PrismaProperty property;
      property.origin = here();
      property.name = word();
      expect_sign("=");
      property.value = value(0);
      block.properties.push_back(std::move(property));
      return;
    }
    PrismaField field;
    field.origin = here();
    field.name = word();
    if (block.kind != "enum") type(field);
    while (take_sign("@")) field.attributes.push_back(attribute());
    block.fields.push_back(std::move(field));
  }

  void type(PrismaField& field) {
    field.type = word();
    if (field.type == "Unsupported" && take_sign("(")) {
      if (!at(Kind::text)) throw Unread{"Unsupported(...) names no type"};
      field.unsupported = tokens_[next_++].text;
      expect_sign(")");
    }
    if (take_sign("[")) {
      expect_sign("]");
      field.arity = PrismaArity::list;
    }
    if (take_sign("?")) field.arity = PrismaArity::optional;
  }

  PrismaAttribute attribute() {
    PrismaAttribute attribute;
    attribute.origin = here();
    attribute.name = word();
    while (take_sign(".")) attribute.name += "." + word();
    attribute.arguments.kind = PrismaValue::Kind::call;
    attribute.arguments.text = attribute.name;
    if (take_sign("(")) arguments(attribute.arguments, ")", 0);
    return attribute;
  }

  void arguments(PrismaValue& call, std::string_view end, int depth) {
    skip_new_lines();
    while (!take_sign(end)) {
      std::string name;
      if (at(Kind::word) && tokens_[next_ + 1].kind == Kind::sign &&
          tokens_[next_ + 1].text == ":") {
        name = word();
        ++next_;
        skip_new_lines();
      }
      call.argument_names.push_back(std::move(name));
      call.elements.push_back(value(depth + 1));
      skip_new_lines();
      if (!take_sign(",") && !at_sign(end))
        throw Unread{"'" + token().text + "' is not expected here"};
      skip_new_lines();
    }
  }

  PrismaValue value(int depth) {
    if (depth > kDeepest) throw Unread{"its arguments are nested too deeply"};
    PrismaValue read;
    if (take_sign("[")) {
      read.kind = PrismaValue::Kind::list;
      arguments(read, "]", depth);
      return read;
    }
    if (take_sign("{")) {
      read.kind = PrismaValue::Kind::object;
      arguments(read, "}", depth);
      return read;
    }
    read.text = token().text;
    if (at(Kind::text)) {
      read.kind = PrismaValue::Kind::text;
      ++next_;
      return read;
    }
    if (at(Kind::number)) {
      read.kind = PrismaValue::Kind::number;
      ++next_;
      return read;
    }
    read.text = word();
    while (take_sign(".")) read.text += "." + word();
    if (take_sign("(")) {
      read.kind = PrismaValue::Kind::call;
      arguments(read, ")", depth);
    }
    return read;
  }

  std::vector<PrismaToken> tokens_;
  std::size_t next_ = 0;
  std::string uri_;
  PrismaTree& tree_;
};

template <typename List>
auto* named(List& list, std::string_view name) {
  auto found = std::find_if(list.begin(), list.end(),
                            [&](const auto& element) { return element.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const PrismaValue* PrismaValue::argument(std::string_view name) const {
  for (std::size_t i = 0; i < argument_names.size(); ++i)
    if (argument_names[i] == name) return &elements[i];
  return nullptr;
}

const PrismaValue* PrismaAttribute::argument(std::string_view wanted, std::size_t position) const {
  if (const PrismaValue* by_name = arguments.argument(wanted)) return by_name;
  for (std::size_t i = 0; i < arguments.elements.size(); ++i)
    if (arguments.argument_names[i].empty() && position-- == 0) return &arguments.elements[i];
  return nullptr;
}

const PrismaAttribute* PrismaField::attribute(std::string_view wanted) const {
  return named(attributes, wanted);
}

const PrismaAttribute* PrismaBlock::attribute(std::string_view wanted) const {
  return named(attributes, wanted);
}

const PrismaField* PrismaBlock::field(std::string_view wanted) const {
  return named(fields, wanted);
}

const PrismaValue* PrismaBlock::property(std::string_view wanted) const {
  const PrismaProperty* found = named(properties, wanted);
  return found ? &found->value : nullptr;
}

PrismaTree parse_prisma(const std::vector<PrismaFile>& files) {
  PrismaTree tree;
  for (const PrismaFile& file : files) FileParser(file, tree).parse();
  return tree;
}

}  // namespace schemaudit
