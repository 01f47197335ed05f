// The versions that files carry in their names. Private to analyzer/migrations.
//
//   NumberedName name = numbered_name("0012_add_users.sql");   version 0012, rest add_users.sql
//   comes_before("2", "10")
#pragma once

#include <string>
#include <vector>

#include "analyzer/migrations/migrations.h"

namespace schemaudit {

struct NumberedName {
  /// The leading digits; empty where there are none.
  std::string version;
  /// What follows, without the separator.
  std::string rest;
};

NumberedName numbered_name(const std::string& file_name);

/// Numbers by value, part by part (`1.2` before `1.10`), else as text.
bool comes_before(const std::string& a, const std::string& b);

/// The two directions of a file that holds no statement for one of them.
bool holds_no_statement(const std::string& sql);

/// Adds duplicate versions, and a missing number where the steps are numbered one by one; sets
/// the head. `migrations` are in order.
void judge_numbers(MigrationReading& reading);

/// A step whose way up is this whole file.
Migration step_of(const MigrationFile& file, std::string version, std::string name);
/// The way back, as a whole file.
void add_way_back(Migration& migration, const MigrationFile& file);

/// A step in a language that is not read here (`00002_fill.go`): it would run, and what it does is
/// not known.
void add_unread_step(MigrationReading& reading, const MigrationFile& file);

ChainFault not_understood(const MigrationFile& file, int line, std::string message);

}  // namespace schemaudit
