#include "analyzer/postgres/introspect.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <string>

#include "analyzer/model/snapshot.h"
#include "analyzer/postgres/catalog_session.h"
#include "analyzer/postgres/read_only_session.h"
#include "analyzer/postgres/server_refusal.h"
#include "analyzer/postgres/server_session.h"
#include "tests/live/kitchen_sink.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using IntrospectTest = LiveTest;

LiveReading read(const std::string& conninfo) {
  LiveOptions options;
  options.conninfo = conninfo;
  return introspect(options);
}

bool hides(const SourceResult& source, const std::string& view, const std::string& relation) {
  for (const HiddenFact& hidden : source.visibility.hidden)
    if (hidden.view == view &&
        std::count(hidden.relations.begin(), hidden.relations.end(), relation))
      return true;
  return false;
}

std::string all_hidden(const SourceResult& source) {
  std::string text;
  for (const HiddenFact& hidden : source.visibility.hidden)
    text += hidden.view + " " + std::to_string(hidden.shown) + "/" +
            std::to_string(hidden.expected) + "\n";
  return text;
}

const Index* find_index(const Relation& relation, const std::string& name) {
  for (const Index& index : relation.indexes)
    if (index.name == name) return &index;
  return nullptr;
}

TEST_F(IntrospectTest, ReadsOneOfEverythingAndTheSnapshotKeepsIt) {
  std::string db = fresh_database();
  test_server().run(db, kKitchenSink);
  LiveReading live = read(db);
  ASSERT_TRUE(live.source) << live.error;
  const Schema& schema = live.source->schema;

  const Relation* item = schema.find_relation({"stock", "item"});
  ASSERT_TRUE(item);
  EXPECT_EQ(item->find_column("price")->type->normal, "stock.money_amount");
  EXPECT_EQ(item->find_column("status")->type->normal, "character varying(20)");
  EXPECT_TRUE(item->find_column("twice")->generated.has_value());
  EXPECT_TRUE(item->find_column("twice")->default_value.is_none());
  EXPECT_FALSE(*item->find_column("state")->nullable);
  ASSERT_EQ(item->foreign_keys.size(), 1u);
  EXPECT_EQ(item->foreign_keys[0].target, (QualifiedName{"stock", "shelf"}));
  EXPECT_EQ(item->foreign_keys[0].target_columns, std::vector<std::string>{"id"});
  EXPECT_EQ(item->foreign_keys[0].on_delete, ReferentialAction::set_null);
  EXPECT_EQ(item->foreign_keys[0].on_update, ReferentialAction::cascade);
  EXPECT_EQ(item->foreign_keys[0].initially_deferred, true);
  ASSERT_EQ(item->checks.size(), 2u);
  EXPECT_EQ(item->checks[0].name, "item_price_small");
  EXPECT_EQ(item->checks[0].validated, false);
  EXPECT_EQ(item->checks[1].columns, std::vector<std::string>{"status"});
  ASSERT_TRUE(item->checks[1].allowed);
  EXPECT_EQ(item->checks[1].allowed->values, (std::vector<std::string>{"gone", "here"}));
  ASSERT_EQ(item->exclusions.size(), 1u);
  EXPECT_EQ(item->exclusions[0].method, "gist");
  EXPECT_EQ(item->exclusions[0].elements[0].op, "&&");
  EXPECT_TRUE(item->exclusions[0].predicate.has_value());
  const Index* lower = find_index(*item, "item_lower_idx");
  ASSERT_TRUE(lower);
  ASSERT_EQ(lower->keys.size(), 2u);
  EXPECT_EQ(lower->keys[0].operator_class, "text_pattern_ops");
  EXPECT_TRUE(lower->keys[0].descending);
  EXPECT_FALSE(lower->keys[0].nulls_first);
  EXPECT_TRUE(lower->keys[0].expression);
  EXPECT_EQ(lower->keys[1].column, "label");
  EXPECT_EQ(lower->include, std::vector<std::string>{"price"});
  EXPECT_TRUE(lower->predicate.has_value());
  ASSERT_EQ(item->triggers.size(), 1u);
  EXPECT_EQ(item->triggers[0].definition.rfind("BEFORE DELETE OR UPDATE OF status FOR EACH ROW "
                                               "WHEN ",
                                               0),
            0u)
      << item->triggers[0].definition;
  EXPECT_EQ(item->triggers[0].function, (QualifiedName{"stock", "touch"}));
  ASSERT_EQ(item->policies.size(), 1u);
  EXPECT_EQ(item->policies[0].roles, std::vector<std::string>{"public"});
  EXPECT_EQ(item->row_security, true);

  const Relation* shelf = schema.find_relation({"stock", "shelf"});
  ASSERT_TRUE(shelf);
  EXPECT_EQ(shelf->comment.value(), "A shelf");
  EXPECT_EQ(shelf->find_column("room")->comment.value(), "Counted from the door");
  EXPECT_EQ(shelf->find_column("name")->collation.value().name, "C");
  EXPECT_EQ(shelf->find_column("id")->identity.value(), IdentityKind::always);
  ASSERT_EQ(shelf->unique_constraints.size(), 1u);
  EXPECT_EQ(shelf->unique_constraints[0].include, std::vector<std::string>{"id"});
  EXPECT_EQ(find_index(*shelf, "shelf_pkey")->constraint, "shelf_pkey");

  const Relation* partition = schema.find_relation({"stock", "event_2025"});
  ASSERT_TRUE(partition && partition->partition_of);
  EXPECT_EQ(partition->partition_of->parent, (QualifiedName{"stock", "event"}));
  ASSERT_EQ(partition->foreign_keys.size(), 1u);
  EXPECT_TRUE(partition->foreign_keys[0].inherited);
  ASSERT_EQ(partition->checks.size(), 1u);
  EXPECT_TRUE(partition->checks[0].inherited);
  EXPECT_TRUE(std::all_of(partition->indexes.begin(), partition->indexes.end(),
                          [](const Index& index) { return index.inherited; }));
  EXPECT_TRUE(schema.find_relation({"stock", "event"})->partition_key);
  EXPECT_EQ(schema.find_relation({"stock", "heavy_item"})->inherits,
            (std::vector<QualifiedName>{{"stock", "item"}}));

  ASSERT_EQ(schema.enums.size(), 1u);
  EXPECT_EQ(schema.enums[0].labels, (std::vector<std::string>{"new", "used", "broken"}));
  ASSERT_EQ(schema.domains.size(), 1u);
  EXPECT_EQ(schema.domains[0].checks.size(), 1u);
  EXPECT_EQ(schema.other_types.size(), 2u) << "size and span, without its multirange";
  auto depends = [&](const char* kind, const char* dependent, const QualifiedName& needs) {
    return std::any_of(schema.dependencies.begin(), schema.dependencies.end(),
                       [&](const Dependency& dependency) {
                         return dependency.kind == kind && dependency.dependent.name == dependent &&
                                dependency.needs == needs;
                       });
  };
  EXPECT_TRUE(depends("view", "shelf_view", {"stock", "shelf"}));
  EXPECT_TRUE(depends("materialized view", "totals", {"stock", "item"}));
  EXPECT_TRUE(depends("function", "priced", {"stock", "item"}));
  EXPECT_TRUE(depends("policy", "item_mine", {"stock", "shelf"}));
  EXPECT_TRUE(depends("sequence", "item_id_seq", {"stock", "item"}));

  EXPECT_FALSE(schema.find_relation({"public", "alembic_version"}));
  ASSERT_EQ(live.source->left_out.size(), 1u);
  EXPECT_EQ(live.source->left_out[0].what, "public.alembic_version");

  EXPECT_TRUE(live.source->visibility.complete) << all_hidden(*live.source);
  ASSERT_EQ(live.source->applied.size(), 1u);
  EXPECT_EQ(live.source->applied[0].table, "public.alembic_version");
  // A snapshot is of the schema alone.
  live.source->applied.clear();
  SnapshotReading back = read_snapshot(write_snapshot(*live.source));
  ASSERT_TRUE(back.source) << back.error;
  EXPECT_EQ(*back.source, *live.source);
}

TEST_F(IntrospectTest, EveryRoleReadsTheSameFactsAndIsToldWhatIsHidden) {
  std::string db = fresh_database();
  std::string name = database_name(db);
  test_server().run(db,
                    "CREATE ROLE app_owner LOGIN; CREATE ROLE reader LOGIN; "
                    "CREATE ROLE one_table LOGIN; CREATE ROLE stranger LOGIN; "
                    "CREATE ROLE no_usage LOGIN");
  test_server().run(db, "GRANT CREATE ON SCHEMA public TO app_owner; GRANT CREATE ON DATABASE " +
                            name + " TO app_owner");
  test_server().run(test_server().conninfo(name, "app_owner"), kKitchenSink);
  test_server().run(db,
                    "GRANT USAGE ON SCHEMA stock TO reader, one_table; "
                    "GRANT SELECT ON ALL TABLES IN SCHEMA stock, public TO reader; "
                    "GRANT SELECT ON stock.shelf TO one_table; "
                    "GRANT SELECT ON stock.item TO no_usage");
  LiveReading owner = read(test_server().conninfo(name, "app_owner"));
  ASSERT_TRUE(owner.source) << owner.error;
  EXPECT_TRUE(owner.source->visibility.complete) << all_hidden(*owner.source);
  LiveReading superuser = read(db);
  ASSERT_TRUE(superuser.source) << superuser.error;
  EXPECT_TRUE(superuser.source->visibility.complete) << all_hidden(*superuser.source);
  EXPECT_EQ(superuser.source->schema, owner.source->schema);

  for (const char* role : {"reader", "one_table", "stranger", "no_usage"}) {
    SCOPED_TRACE(role);
    LiveReading seen = read(test_server().conninfo(name, role));
    ASSERT_TRUE(seen.source) << seen.error;
    EXPECT_EQ(seen.source->schema, owner.source->schema);
    EXPECT_EQ(seen.source->digest, owner.source->digest);
    // The tables of migration tools are read by those who may alone.
    EXPECT_LE(seen.statements, owner.statements);
    EXPECT_FALSE(seen.source->visibility.complete);
    EXPECT_TRUE(hides(*seen.source, "table_constraints", "stock.item"));
    EXPECT_TRUE(hides(*seen.source, "referential_constraints", "stock.item"));
    EXPECT_TRUE(hides(*seen.source, "constraint_column_usage", "stock.shelf"));
    EXPECT_TRUE(hides(*seen.source, "check_constraints", "stock.item"));
    EXPECT_TRUE(hides(*seen.source, "triggers", "stock.item"));
    EXPECT_TRUE(hides(*seen.source, "views", "stock.shelf_view"));
    bool sees_item = std::string(role) == "reader" || std::string(role) == "no_usage";
    EXPECT_EQ(hides(*seen.source, "tables", "stock.item"), !sees_item);
    EXPECT_EQ(hides(*seen.source, "columns", "stock.item"), !sees_item);
  }
}

TEST_F(IntrospectTest, SendsAsManyStatementsForManyTablesAsForFew) {
  std::string few = fresh_database(), many = fresh_database();
  auto make = [](int count) {
    return "DO $$ BEGIN FOR i IN 1.." + std::to_string(count) +
           " LOOP EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, a text DEFAULT ''x'', "
           "parent int REFERENCES t%s, CHECK (a <> ''''))', i, greatest(i - 1, 1)); "
           "END LOOP; END $$";
  };
  test_server().run(few, make(3));
  test_server().run(many, make(300));
  LiveReading of_few = read(few), of_many = read(many);
  ASSERT_TRUE(of_few.source && of_many.source) << of_few.error << of_many.error;
  EXPECT_EQ(of_many.source->schema.relations.size(), 300u);
  EXPECT_EQ(of_few.statements, of_many.statements);
  EXPECT_LE(of_many.statements, 25u);
}

TEST_F(IntrospectTest, LeavesOutWhatAnExtensionOwnsAndSaysSo) {
  std::string db = fresh_database();
  try {
    test_server().run(db, "CREATE EXTENSION pg_trgm");
  } catch (const std::runtime_error&) {
    GTEST_SKIP() << "pg_trgm is not installed: install the package postgresql-contrib";
  }
  test_server().run(db,
                    "CREATE TABLE t (a text); CREATE INDEX t_trgm ON t USING gin "
                    "(a gin_trgm_ops)");
  LiveReading live = read(db);
  ASSERT_TRUE(live.source) << live.error;
  EXPECT_TRUE(live.source->schema.functions.empty());
  ASSERT_EQ(live.source->schema.extensions.size(), 1u);
  EXPECT_EQ(live.source->schema.extensions[0].name, "pg_trgm");
  EXPECT_FALSE(live.source->left_out.empty());
  EXPECT_EQ(live.source->schema.relations[0].indexes[0].keys[0].operator_class,
            "public.gin_trgm_ops");
  EXPECT_TRUE(live.source->visibility.complete) << all_hidden(*live.source);
}

TEST_F(IntrospectTest, AShorterTimeLimitOfTheUsersOwnHolds) {
  const std::string database = fresh_database();
  auto limit_of = [&](const std::string& options, int ours) {
    CatalogSession session(database + " options='" + options + "'", {10, ours});
    session.open_snapshot("1");
    return session.rows("select current_setting('statement_timeout')")[0].text(0);
  };
  EXPECT_EQ(limit_of("", 120), "2min");
  EXPECT_EQ(limit_of("-c statement_timeout=1500", 120), "1500ms");
  EXPECT_EQ(limit_of("-c statement_timeout=600s", 120), "2min");
  ReadOnlySession session(database + " options='-c statement_timeout=300'");
  EXPECT_EQ(session.ask("select pg_sleep(5)", {}, 4000, 1).sqlstate, "57014");
}

TEST_F(IntrospectTest, KeepsItsSnapshotAndNoLock) {
  const std::string database = fresh_database();
  ServerSession other(database);
  other.run("CREATE TABLE t (a int CHECK (a > 0)); CREATE VIEW v AS SELECT a FROM t");
  CatalogSession session(database, {});
  session.open_snapshot("1");
  const std::string read =
      "select pg_get_viewdef('public.v'::regclass), (select count(*) from pg_class where "
      "relname = 'later')";
  session.rows(read);
  other.run("SET lock_timeout = '1s'");
  EXPECT_TRUE(other.run("ALTER TABLE t ADD COLUMN later int").accepted);
  EXPECT_TRUE(other.run("CREATE TABLE later ()").accepted);
  EXPECT_EQ(session.rows(read)[0].text(1), "0") << "one snapshot";
  EXPECT_THROW(session.rows("select 1 / 0"), ServerRefusal);
  EXPECT_EQ(session.rows(read)[0].text(1), "0") << "also after an error";
}

// A server whose own time limits no longer work: its process is stopped while it answers.
TEST_F(IntrospectTest, AServerThatFallsSilentIsGivenUp) {
  const std::string database = fresh_database();
  test_server().run(database, kKitchenSink);
  LiveOptions options;
  options.conninfo = database + " application_name=falls_silent";
  options.statement_timeout_seconds = 1;
  ServerSession other(database);
  for (int attempt = 0; attempt < 50; ++attempt) {
    std::future<LiveReading> reading =
        std::async(std::launch::async, [&] { return introspect(options); });
    long pid = 0;
    while (pid == 0 &&
           reading.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
      const ServerSession::Answer found = other.run(
          "select pid from pg_stat_activity where application_name = 'falls_silent' and "
          "state = 'active'");
      if (!found.rows.empty()) pid = std::stol(*found.rows[0][0]);
    }
    if (pid == 0) continue;
    ASSERT_EQ(::kill(static_cast<pid_t>(pid), SIGSTOP), 0);
    const LiveReading read = reading.get();
    ::kill(static_cast<pid_t>(pid), SIGCONT);
    // It may have sent its last answer just before.
    if (read.source) continue;
    // 6 s, or 15 s before it has told its own limit.
    EXPECT_NE(read.error.find("the server has not answered for "), std::string::npos) << read.error;
    return;
  }
  FAIL() << "the server was never caught at work";
}

TEST_F(IntrospectTest, SaysInOneLineWhyItCouldNotReadAndNeverThePassword) {
  std::string folder = test_server().socket_folder();
  for (const std::string& conninfo :
       {"host=" + folder + " port=5432 user=postgres password=hunter22 dbname=absent",
        "host=" + folder + " port=5432 user=nobody_here password=hunter22 dbname=postgres",
        "host=" + folder + "/none user=postgres password=hunter22 dbname=postgres",
        std::string("postgresql://app:hunter22@127.0.0.1:1/shop"),
        std::string("postgresql://app:hunter22@no-such-host.invalid/shop"),
        std::string("postgresql://app:hunter22@host:not_a_port/shop")}) {
    LiveReading reading = read(conninfo);
    EXPECT_FALSE(reading.source);
    EXPECT_FALSE(reading.error.empty());
    EXPECT_EQ(reading.error.find('\n'), std::string::npos) << reading.error;
    EXPECT_EQ(reading.error.find("hunter22"), std::string::npos) << reading.error;
  }
  EXPECT_TRUE(read("postgresql://app:hunter22@host:not_a_port/shop").usage_error);
  EXPECT_FALSE(read("postgresql://app:hunter22@127.0.0.1:1/shop").usage_error);
}

TEST_F(IntrospectTest, TellsAWrongPasswordWithoutRepeatingIt) {
  std::string db = fresh_database();
  std::string name = database_name(db);
  // PostgreSQL 13 still makes it md5 by itself.
  test_server().run(db,
                    "SET password_encryption = 'scram-sha-256';"
                    "CREATE ROLE guarded LOGIN PASSWORD 'right'");
  test_server().run(db, "COPY (VALUES ('local " + name +
                            " guarded scram-sha-256'), ('local all all trust')) TO '" +
                            test_server().socket_folder() + "/data/pg_hba.conf'");
  test_server().run(db, "SELECT pg_reload_conf()");
  std::string conninfo = test_server().conninfo(name, "guarded");
  LiveReading wrong;
  // The server takes up the new file a moment later.
  for (int attempt = 0; attempt < 200 && wrong.error.empty(); ++attempt)
    wrong = read(conninfo + " password=hunter22");
  EXPECT_NE(wrong.error.find("password authentication failed"), std::string::npos) << wrong.error;
  EXPECT_EQ(wrong.error.find("hunter22"), std::string::npos) << wrong.error;
  EXPECT_FALSE(wrong.usage_error);
  EXPECT_TRUE(read(conninfo + " password=right").source);
}

TEST_F(IntrospectTest, PreparesDocumentedQueriesWithoutRunningThem) {
  std::string db = fresh_database();
  test_server().run(db, "CREATE TABLE users (id uuid PRIMARY KEY, n int); CREATE SEQUENCE s");
  LiveOptions options;
  options.conninfo = db;
  options.queries = {{"SELECT n FROM users WHERE id = $1", {"q.md", 3, 1}, "a"},
                     {"SELECT nextval('s')", {"q.md", 5, 1}, "b"},
                     {"SELECT n\nFROM users WHERE id = 'user_123'", {"q.md", 7, 1}, "c"},
                     {"SELECT m FROM users", {"q.md", 20, 4}, "d"},
                     {"SELECT n FROM users", {"q.md", 30, 1}, "e"},
                     {"SELECT $1 IS NULL", {"q.md", 40, 1}, "f"}};
  LiveReading live = introspect(options);
  ASSERT_TRUE(live.source) << live.error;
  EXPECT_EQ(live.prepared_queries, 3u);
  ASSERT_EQ(live.broken_queries.size(), 2u);
  EXPECT_EQ(live.broken_queries[0].sqlstate, "22P02");
  EXPECT_EQ(live.broken_queries[0].at, (Origin{"q.md", 8, 23}));
  EXPECT_EQ(live.broken_queries[1].sqlstate, "42703");
  EXPECT_EQ(live.broken_queries[1].at, (Origin{"q.md", 20, 11}));
  // nextval() was not called: the sequence still stands at its start.
  EXPECT_NO_THROW(test_server().run(db, "SELECT 1 / (NOT is_called)::int FROM s"));
}

}  // namespace
}  // namespace schemaudit
