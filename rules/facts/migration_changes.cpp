#include "rules/facts/migration_changes.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace schemaudit {

namespace {

/// Kind, schema, table and name.
using Key = std::tuple<std::string, std::string, std::string, std::string>;

Key key_of(const ObjectRef& object) {
  return {object.kind, object.schema, object.table, object.name};
}

Key table_key(const std::string& schema, const std::string& table) {
  return {"table", schema, table, table};
}

Key table_of(const Change& change) {
  return table_key(change.object.schema, change.object.table);
}

bool makes_object(ChangeKind kind) {
  return kind == ChangeKind::create || kind == ChangeKind::add_column ||
         kind == ChangeKind::add_constraint;
}

class Walk {
 public:
  explicit Walk(const SourceResult& source) : source_(source) {}

  std::vector<MigrationChange> all() {
    std::size_t next = 0;
    for (const MigrationStep& step : source_.chain->steps) {
      made_.clear();
      emptied_.clear();
      widened_.clear();
      unvalidated_.clear();
      const std::size_t first = changes_.size();
      while (next < source_.changes.size() &&
             source_.changes[next].statement < step.first_statement)
        ++next;
      for (; next < source_.changes.size() && source_.changes[next].statement < step.end_statement;
           ++next)
        take(step, source_.changes[next]);
      find_names_taken_again(first);
    }
    return std::move(changes_);
  }

 private:
  void take(const MigrationStep& step, const Change& change) {
    const Key table = table_of(change);
    MigrationChange now;
    now.step = &step;
    now.change = &change;
    const bool table_is_made =
        made_.count(table) ||
        made_.count({"view", change.object.schema, change.object.table, change.object.table});
    now.table_is_new = table_is_made || emptied_.count(table);
    now.object_is_new = table_is_made || made_.count(key_of(change.object));
    now.target_is_new =
        change.target && made_.count(table_key(change.target->schema, change.target->name));
    const bool in_one = runs_in_one_transaction(*source_.chain, step);
    now.in_transaction = in_one || change.transaction != 0;
    now.rows_were_updated = may_have_updated_ || updated_.count(table);
    now.follows_new_column = widened_.count(table);
    now.added_in_same_transaction =
        now.in_transaction &&
        unvalidated_.count({key_of(change.object), transaction(in_one, change)});
    now.table_has_check = checked_.count(table);
    changes_.push_back(now);
    note(change, table, in_one);
  }

  static std::size_t transaction(bool in_one, const Change& change) {
    return in_one ? 0 : change.transaction;
  }

  void note(const Change& change, const Key& table, bool in_one) {
    const Key object = key_of(change.object);
    if (makes_object(change.kind)) made_.insert(object);
    switch (change.kind) {
      case ChangeKind::add_column:
        widened_.insert(table);
        break;
      case ChangeKind::add_constraint:
        if (change.not_valid) unvalidated_.insert({object, transaction(in_one, change)});
        if (change.constraint == ConstraintType::check) checked_.insert(table);
        break;
      case ChangeKind::rename:
      case ChangeKind::move:
        rename(change, table);
        break;
      case ChangeKind::rename_column:
        if (made_.erase(object))
          made_.insert(
              {change.object.kind, change.object.schema, change.object.table, change.new_name});
        break;
      case ChangeKind::truncate:
        emptied_.insert(table);
        break;
      case ChangeKind::rows:
        if (change.updates_rows) updated_.insert(table);
        emptied_.erase(table);
        break;
      case ChangeKind::unanalysed:
        may_have_updated_ = true;
        break;
      default:
        break;
    }
  }

  /// What is known of a table stays known under its new name.
  void rename(const Change& change, const Key& table) {
    if (change.object.kind != "table") {
      const Key before = key_of(change.object);
      if (change.kind == ChangeKind::rename && made_.erase(before))
        made_.insert(
            {change.object.kind, change.object.schema, change.object.table, change.new_name});
      return;
    }
    const bool moves = change.kind == ChangeKind::move;
    const Key after = table_key(moves ? change.new_name : change.object.schema,
                                moves ? change.object.name : change.new_name);
    for (std::set<Key>* known : {&made_, &emptied_, &widened_, &updated_, &checked_})
      if (known->erase(table)) known->insert(after);
    std::set<Key> parts;
    for (auto each = made_.begin(); each != made_.end();) {
      const auto& [kind, schema, of, name] = *each;
      if (kind == "table" || schema != change.object.schema || of != change.object.table) {
        ++each;
        continue;
      }
      parts.insert({kind, std::get<1>(after), std::get<2>(after), name});
      each = made_.erase(each);
    }
    made_.merge(parts);
  }

  void find_names_taken_again(std::size_t first) {
    std::set<Key> taken;
    for (std::size_t i = changes_.size(); i-- > first;) {
      const Change& change = *changes_[i].change;
      const ObjectRef& object = change.object;
      changes_[i].name_is_taken_again = taken.count(key_of(object)) != 0;
      if (change.kind == ChangeKind::rename && object.kind == "table")
        taken.insert(table_key(object.schema, change.new_name));
      else if (change.kind == ChangeKind::rename || change.kind == ChangeKind::rename_column)
        taken.insert({object.kind, object.schema, object.table, change.new_name});
      else if (change.kind == ChangeKind::create && object.kind == "view")
        taken.insert(table_key(object.schema, object.name));
    }
  }

  const SourceResult& source_;
  std::vector<MigrationChange> changes_;
  /// Of the step at hand.
  std::set<Key> made_, emptied_, widened_;
  std::set<std::pair<Key, std::size_t>> unvalidated_;
  /// Of the whole chain up to here.
  std::set<Key> updated_, checked_;
  bool may_have_updated_ = false;
};

}  // namespace

bool runs_in_one_transaction(const MigrationChain& chain, const MigrationStep& step) {
  switch (chain.tool) {
    case MigrationTool::alembic:
    case MigrationTool::dbmate:
    case MigrationTool::goose:
      return step.up.in_transaction;
    case MigrationTool::golang_migrate:
      // The file is sent as one text, which the server runs in one transaction.
      return step.end_statement - step.first_statement > 1;
    default:
      return false;
  }
}

std::vector<MigrationChange> migration_changes(const SourceResult& source) {
  return source.chain ? Walk(source).all() : std::vector<MigrationChange>();
}

}  // namespace schemaudit
