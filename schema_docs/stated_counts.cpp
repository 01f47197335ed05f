#include "schema_docs/stated_counts.h"

#include <algorithm>
#include <set>

#include "analyzer/model/names.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

struct Noun {
  std::string_view words;
  Counted what;
};

constexpr Noun kNouns[] = {{"foreign key constraints", Counted::foreign_keys},
                           {"foreign keys", Counted::foreign_keys},
                           {"check constraints", Counted::checks},
                           {"unique constraints", Counted::unique_constraints},
                           {"database tables", Counted::tables},
                           {"new tables", Counted::tables},
                           {"tables", Counted::tables},
                           {"indexes", Counted::indexes},
                           {"indices", Counted::indexes}};

std::string_view name_of(Counted what) {
  switch (what) {
    case Counted::tables:
      return "tables";
    case Counted::indexes:
      return "indexes";
    case Counted::foreign_keys:
      return "foreign keys";
    case Counted::checks:
      return "check constraints";
    case Counted::unique_constraints:
      return "unique constraints";
  }
  return "";
}

std::optional<Counted> noun_of(std::string_view words) {
  for (const Noun& noun : kNouns)
    if (words == noun.words) return noun.what;
  return std::nullopt;
}

/// `12`, `28+`, `at least 5`, `exactly four`.
std::optional<StatedCount> number_in(std::string_view text) {
  StatedCount count;
  std::string folded = fold_case(trim(text));
  std::string_view word = folded;
  for (std::string_view lead : {std::string_view("exactly "), std::string_view("total of "),
                                std::string_view("a total of "), std::string_view("all ")})
    if (starts_with(word, lead)) word = trim(word.substr(lead.size()));
  for (std::string_view lead :
       {std::string_view("at least "), std::string_view("over "), std::string_view("more than ")}) {
    if (!starts_with(word, lead)) continue;
    count.at_least = true;
    word = trim(word.substr(lead.size()));
  }
  if (!word.empty() && word.back() == '+') {
    count.at_least = true;
    word.remove_suffix(1);
  }
  std::optional<std::size_t> number = parse_count(word);
  if (!number) return std::nullopt;
  count.count = *number;
  return count;
}

std::optional<StatedCount> found(StatedCount count, Counted what, const Origin& origin,
                                 std::string_view text) {
  count.what = what;
  count.origin = origin;
  count.words = excerpt_of(text);
  return count;
}

std::size_t occurrences(std::string_view sql, std::string_view word) {
  std::string folded = fold_case(sql);
  std::size_t count = 0;
  for (std::size_t at = folded.find(word); at != std::string::npos;
       at = folded.find(word, at + word.size())) {
    bool begins = at == 0 || !(std::isalnum(static_cast<unsigned char>(folded[at - 1])) ||
                               folded[at - 1] == '_');
    std::size_t end = at + word.size();
    bool finishes = end == folded.size() ||
                    !(std::isalnum(static_cast<unsigned char>(folded[end])) || folded[end] == '_');
    if (begins && finishes) ++count;
  }
  return count;
}

/// Every number that somebody who counts could arrive at.
struct Ways {
  std::size_t least = 0;
  std::size_t most = 0;
  std::set<std::size_t> others;

  bool match(const StatedCount& stated) const {
    if (stated.at_least) return most >= stated.count;
    return (stated.count >= least && stated.count <= most) || others.count(stated.count) > 0;
  }
};

template <typename List>
std::size_t from_document(const List& list, const std::string& uri, int first = 0,
                          int last = 1 << 30) {
  return static_cast<std::size_t>(std::count_if(list.begin(), list.end(), [&](const auto& element) {
    return element.origin.uri == uri && element.origin.line >= first && element.origin.line <= last;
  }));
}

Ways ways_of_counting(Counted what, const Schema& schema, const std::string& uri,
                      std::string_view sql, std::size_t tables,
                      const std::vector<CountedSection>& sections) {
  Ways ways;
  std::size_t implicit = 0, unique_indexes = 0, primary_keys = 0, unique_constraints = 0;
  std::size_t views = 0, indexes = 0, foreign_keys = 0, checks = 0;
  for (const Relation& relation : schema.relations) {
    if (relation.is_view() && relation.origin.uri == uri) ++views;
    indexes += from_document(relation.indexes, uri);
    foreign_keys += from_document(relation.foreign_keys, uri);
    checks += from_document(relation.checks, uri);
    unique_constraints += from_document(relation.unique_constraints, uri);
    if (relation.primary_key && relation.primary_key->origin.uri == uri) ++primary_keys;
    for (const Index& index : relation.indexes)
      if (index.unique == true && index.origin.uri == uri) ++unique_indexes;
  }
  implicit = primary_keys + unique_constraints;
  switch (what) {
    case Counted::tables:
      ways.least = tables;
      ways.most = tables + views;
      ways.others.insert(occurrences(sql, "create table"));
      // `The schema has 5 tables` may count those of all documents.
      ways.others.insert(static_cast<std::size_t>(
          std::count_if(schema.relations.begin(), schema.relations.end(),
                        [](const Relation& relation) { return !relation.is_view(); })));
      break;
    case Counted::indexes:
      ways.least = indexes;
      ways.most = std::max(indexes + implicit, occurrences(sql, "index") + implicit);
      break;
    case Counted::foreign_keys:
      ways.least = foreign_keys;
      ways.most = std::max(foreign_keys, occurrences(sql, "references"));
      break;
    case Counted::checks:
      ways.least = checks;
      ways.most = std::max(checks, occurrences(sql, "check"));
      break;
    case Counted::unique_constraints:
      ways.least = unique_constraints;
      ways.most =
          std::max(unique_constraints + unique_indexes + primary_keys, occurrences(sql, "unique"));
      break;
  }
  for (const CountedSection& section : sections) {
    if (section.what != what) continue;
    std::size_t within = 0;
    for (const Relation& relation : schema.relations) {
      if (what == Counted::checks)
        within += from_document(relation.checks, uri, section.first_line, section.last_line);
      if (what == Counted::unique_constraints)
        within +=
            from_document(relation.unique_constraints, uri, section.first_line, section.last_line);
      if (what == Counted::foreign_keys)
        within += from_document(relation.foreign_keys, uri, section.first_line, section.last_line);
      if (what == Counted::indexes)
        within += from_document(relation.indexes, uri, section.first_line, section.last_line);
    }
    if (within > 0) ways.others.insert(within);
  }
  return ways;
}

Problem miscounted(const StatedCount& stated, const Ways& ways, const std::string& uri,
                   const std::string& where) {
  Problem problem;
  problem.kind = ProblemKind::stated_count;
  problem.origin = stated.origin;
  problem.object = {"document", "", "", uri};
  std::string counted = std::to_string(ways.least);
  if (ways.most != ways.least) counted += " to " + std::to_string(ways.most);
  problem.message = "The document says \"" + stated.words + "\", and states " + counted + " " +
                    std::string(name_of(stated.what)) + " " + where +
                    ". Correct the number, or add what is missing.";
  problem.key = "count of " + std::string(name_of(stated.what));
  problem.excerpt = stated.words;
  return problem;
}

}  // namespace

std::optional<StatedCount> stated_count_in(std::string_view text, const Origin& origin) {
  std::string_view line = trim(text);
  while (!line.empty() && (line.back() == ':' || line.back() == '.'))
    line = trim(line.substr(0, line.size() - 1));
  if (line.empty() || line.size() > 160) return std::nullopt;
  std::string folded = fold_case(line);

  // `Tables: 12`
  std::size_t colon = folded.find(':');
  if (colon != std::string::npos) {
    std::string_view label = trim(std::string_view(folded).substr(0, colon));
    for (std::string_view lead : {std::string_view("number of "), std::string_view("total ")})
      if (starts_with(label, lead)) label = trim(label.substr(lead.size()));
    std::optional<Counted> what = noun_of(label);
    std::optional<StatedCount> number = number_in(std::string_view(folded).substr(colon + 1));
    if (what && number) return found(*number, *what, origin, line);
    return std::nullopt;
  }

  for (const Noun& noun : kNouns) {
    std::size_t at = folded.find(" " + std::string(noun.words));
    if (at == std::string::npos) continue;
    std::string_view before = std::string_view(folded).substr(0, at);
    std::string_view after = trim(std::string_view(folded).substr(at + 1 + noun.words.size()));
    // `6 tables created`, `12 tables`: nothing else stands in the line.
    if (std::optional<StatedCount> number = number_in(before)) {
      bool alone = after.empty() || after == "created" || after == "defined" ||
                   after == "in total" || after == "total";
      bool all = starts_with(before, "all ");
      if (alone && !all) return found(*number, noun.what, origin, line);
      return std::nullopt;
    }
    // `WS1 defines exactly four tables`: the sentence ends there.
    if (!after.empty()) return std::nullopt;
    std::size_t exactly = before.rfind(" exactly ");
    std::string_view verb_part = before, number_part;
    if (exactly != std::string_view::npos) {
      verb_part = before.substr(0, exactly);
      number_part = before.substr(exactly + 9);
    } else {
      std::size_t space = before.rfind(' ');
      if (space == std::string_view::npos) return std::nullopt;
      verb_part = before.substr(0, space);
      number_part = before.substr(space + 1);
    }
    std::size_t verb_at = verb_part.rfind(' ');
    std::string_view verb =
        verb_at == std::string_view::npos ? verb_part : verb_part.substr(verb_at + 1);
    bool states = verb == "defines" || verb == "contains" || verb == "has" ||
                  verb == "introduces" || verb == "creates" || verb == "comprises" ||
                  ends_with(verb_part, "consists of");
    std::optional<StatedCount> number = number_in(number_part);
    bool negated = contains_any_word(verb_part, {"not", "no", "if", "may", "could", "should"});
    if (states && number && !negated) return found(*number, noun.what, origin, line);
    return std::nullopt;
  }
  return std::nullopt;
}

CheckedCounts check_stated_counts(const std::vector<StatedCount>& counts,
                                  const std::vector<CountedSection>& sections, const Schema& schema,
                                  const std::string& uri, std::string_view sql,
                                  std::size_t tables) {
  CheckedCounts checked;
  for (const StatedCount& stated : counts) {
    checked.readings.push_back({stated.words, stated.origin, std::nullopt});
    // Where the document states none of them itself, it counts what is elsewhere.
    Ways ways = ways_of_counting(stated.what, schema, uri, sql, tables, sections);
    if (tables == 0 || ways.most == 0) continue;
    const bool holds = ways.match(stated);
    checked.readings.back().holds = holds;
    if (!holds) checked.problems.push_back(miscounted(stated, ways, uri, "itself"));
  }
  return checked;
}

std::set<std::string, std::less<>> identifiers_in(std::string_view text) {
  std::set<std::string, std::less<>> words;
  std::string word;
  for (char c : text) {
    bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (part) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.insert(std::move(word));
  return words;
}

CheckedCounts check_overview_counts(const std::vector<StatedCount>& counts, const Schema& schema,
                                    const std::string& uri,
                                    const std::set<std::string, std::less<>>& words) {
  CheckedCounts checked;
  for (const StatedCount& stated : counts)
    checked.readings.push_back({stated.words, stated.origin, std::nullopt});
  std::size_t documented = 0, named = 0;
  for (const Relation& relation : schema.relations) {
    if (relation.is_view()) continue;
    ++documented;
    named += words.count(relation.name.name);
  }
  if (named < 3 || named * 3 < documented * 2) return checked;
  Ways ways{named, documented, {}};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i].what != Counted::tables) continue;
    const bool holds = ways.match(counts[i]);
    checked.readings[i].holds = holds;
    if (!holds)
      checked.problems.push_back(
          miscounted(counts[i], ways, uri, "in all, here and in the other documents"));
  }
  return checked;
}

}  // namespace schemaudit
