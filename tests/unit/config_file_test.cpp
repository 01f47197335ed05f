// schemaudit.toml: what is read, and that nothing misspelt or unsupported passes in silence.
#include "analyzer/engine/config_file.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "rules/rule.h"

namespace schemaudit {

namespace {

ConfigReading read(const std::string& text) {
  std::vector<std::string> ids;
  for (const Rule* rule : all_rules()) ids.emplace_back(rule->info.id);
  return read_config(text, "schemaudit.toml", ids);
}

std::string error_of(const std::string& text) {
  return read(text).error;
}

TEST(ConfigFile, AnEmptyOneHasTheDefaults) {
  ConfigReading reading = read("");
  EXPECT_EQ(reading.error, "");
  EXPECT_EQ(reading.config.path, "schemaudit.toml");
  EXPECT_EQ(reading.config.fail_on, Severity::high);
  EXPECT_EQ(reading.config.digest.size(), 64u);
}

TEST(ConfigFile, ReadsSourcesWithTheStatesOfDocuments) {
  Config config = read(R"toml(
[sources]
docs = ["docs/**/*.md", { path = "plans/*.md", state = "planned" }]
database = "env:DATABASE_URL"
[scope]
schemas = ["public", "billing"]
ignore = ["*_backup_*"]
)toml")
                      .config;
  ASSERT_EQ(config.docs.size(), 2u);
  EXPECT_EQ(config.docs[0].state, DocumentState::current);
  EXPECT_EQ(config.docs[1].glob, "plans/*.md");
  EXPECT_EQ(config.docs[1].state, DocumentState::planned);
  EXPECT_EQ(config.databases, std::vector<std::string>{"env:DATABASE_URL"});
  EXPECT_EQ(config.schemas, (std::vector<std::string>{"public", "billing"}));
  EXPECT_EQ(config.ignore, std::vector<std::string>{"*_backup_*"});
}

TEST(ConfigFile, ReadsPoliciesWithTheirPlaces) {
  ConfigReading reading = read(R"toml([policy.isolation.phase3]
tables = "p3_*"
foreign_keys = "inside"
dependencies = "forbid"

[policy.soft_delete]
tables = ["users", "notes"]

[policy.domains]
"*.status" = "check-or-enum"
)toml");
  ASSERT_EQ(reading.error, "");
  const Policies& policy = reading.config.policy;
  ASSERT_EQ(policy.isolation.size(), 1u);
  EXPECT_EQ(policy.isolation[0].name, "phase3");
  EXPECT_EQ(policy.isolation[0].foreign_keys, ForeignKeyStance::inside);
  EXPECT_TRUE(policy.isolation[0].forbid_dependencies);
  EXPECT_EQ(policy.isolation[0].origin.line, 1);
  EXPECT_TRUE(policy.isolation[0].tables.matches({"public", "p3_cache"}));
  EXPECT_FALSE(policy.isolation[0].tables.matches({"public", "p3xlog"}));
  ASSERT_TRUE(policy.soft_delete);
  EXPECT_EQ(policy.soft_delete->column, "deleted_at");
  EXPECT_EQ(policy.soft_delete->origin.line, 6);
  ASSERT_EQ(policy.domains.size(), 1u);
  EXPECT_TRUE(policy.domains[0].columns.matches({"public", "jobs"}, "status"));
  EXPECT_EQ(policy.domains[0].columns.origin.line, 10);
}

TEST(ConfigFile, ReadsWhatATeamDeclares) {
  ConfigReading reading = read(R"toml([policy]
unique = ["users.email", "bids(auction_id, user_id)"]
indexed = ["events(kind, at)"]

[policy.tenancy]
column = "owner_id"
tables = ["*", "!countries"]
through = "foreign-key"

[policy.standard_columns]
columns = { created_at = "timestamptz not null", id = "" }

[policy.naming]
tables = "snake_case"
table_number = "plural"

[policy.types]
forbid = ["money", "serial"]
columns = { "*.created_at" = "timestamptz" }

[policy.delete_actions]
"*.*" = ["restrict", "no action"]
"items.order_id" = "cascade"

[policy.append_only]
tables = "audit_*"

[policy.documentation]
tables = "either"

[policy.sensitive]
columns = ["*.email"]
marked_by = "pii"

[policy.isolation.p3]
tables = "p3_*"
required_rows = [{ table = "p3_switches", row = { name = "all", on = false } }]

[[check]]
name = "nobody is twice"
query = "SELECT email FROM users GROUP BY email HAVING count(*) > 1"
rows = 0

[[check]]
name = "the switch is off"
query = "SELECT state FROM p3_switches"
expect = "off"
severity = "critical"
timeout = 2

[[sql_rule]]
id = "our-own"
query = "SELECT 1"
)toml");
  ASSERT_EQ(reading.error, "");
  const Policies& policy = reading.config.policy;
  ASSERT_EQ(policy.unique.size(), 2u);
  EXPECT_EQ(policy.unique[1].columns, (std::vector<std::string>{"auction_id", "user_id"}));
  EXPECT_TRUE(policy.tenancy->tables.matches({"public", "users"}));
  EXPECT_FALSE(policy.tenancy->tables.matches({"public", "countries"}));
  EXPECT_TRUE(policy.tenancy->through_foreign_key);
  ASSERT_EQ(policy.standard_columns->columns.size(), 2u);
  EXPECT_EQ(policy.standard_columns->columns[0].type, "timestamptz");
  EXPECT_TRUE(policy.standard_columns->columns[0].not_null);
  EXPECT_EQ(policy.naming->patterns.at("tables").text, "snake_case");
  EXPECT_EQ(policy.types->wanted.at(0).type, "timestamptz");
  ASSERT_EQ(policy.delete_actions.size(), 2u);
  EXPECT_EQ(policy.delete_actions[1].allowed, std::vector{ReferentialAction::cascade});
  EXPECT_EQ(policy.isolation[0].required_rows.at(0).values.size(), 2u);
  ASSERT_EQ(reading.config.checks.size(), 2u);
  EXPECT_EQ(reading.config.checks[0].expected_rows, 0);
  EXPECT_EQ(reading.config.checks[1].expected->at(0).at(0), "off");
  EXPECT_EQ(reading.config.sql_rules.at(0).id, "our-own");
}

TEST(ConfigFile, NamesWhatAPolicyCannotUse) {
  EXPECT_NE(error_of("[policy]\nunique = [\"email\"]").find("write table.column or table("),
            std::string::npos);
  EXPECT_NE(error_of("[policy.naming]\ntable = \"snake_case\"").find("policy.naming.tables"),
            std::string::npos);
  EXPECT_NE(error_of("[policy.delete_actions]\n\"*.*\" = \"delete\"").find("an action is"),
            std::string::npos);
  EXPECT_NE(error_of("[[check]]\nname = \"a\"\nquery = \"SELECT 1\"").find("either expect"),
            std::string::npos);
}

TEST(ConfigFile, ReadsRulesGateCriteriaAndWaivers) {
  ConfigReading reading = read(R"toml(
[rules.undocumented-column]
severity = "low"
[rules.garbled-text]
severity = "off"

[gate]
fail_on = "never"
metrics = { documented-tables = 1.0, documented-columns = 0.9 }

[[criteria]]
text = "The docs are whole"
decided_by = ["undocumented-table", "documented-columns", "rehearse"]

[[waiver]]
rule = "undocumented-table"
object = "public.legacy_*"
owner = "data-team"
reason = "dropped with release 4"
expires = 2027-03-31
)toml");
  ASSERT_EQ(reading.error, "");
  const Config& config = reading.config;
  EXPECT_EQ(config.rules.at("undocumented-column").severity, Severity::low);
  EXPECT_TRUE(config.rules.at("garbled-text").off);
  EXPECT_EQ(config.fail_on, std::nullopt);
  EXPECT_EQ(config.metric_thresholds.at("documented-columns"), 0.9);
  ASSERT_EQ(config.criteria.size(), 1u);
  EXPECT_EQ(config.criteria[0].decided_by.size(), 3u);
  ASSERT_EQ(config.waivers.size(), 1u);
  EXPECT_EQ(config.waivers[0].expires, "2027-03-31");
  EXPECT_EQ(config.waivers[0].origin.line, 15);
}

TEST(ConfigFile, AMisspeltKeyNamesTheNearest) {
  EXPECT_EQ(error_of("[policy]\n[policy.isolatoin.p3]\ntables = \"p3_*\""),
            "schemaudit.toml:2: unknown key policy.isolatoin, did you mean policy.isolation?");
  EXPECT_EQ(error_of("[policy.isolation.p3]\ntables = \"p3_*\"\nforeign_key = \"forbid\""),
            "schemaudit.toml:3: unknown key policy.isolation.p3.foreign_key, did you mean "
            "policy.isolation.p3.foreign_keys?");
  EXPECT_EQ(error_of("[sauces]"), "schemaudit.toml:1: unknown key sauces, did you mean sources?");
  EXPECT_EQ(error_of("[rules.undocumented-tabel]\nseverity = \"low\""),
            "schemaudit.toml:1: unknown rule undocumented-tabel, did you mean undocumented-table?");
  EXPECT_EQ(error_of("[gate]\nmetrics = { documented-table = 1.0 }"),
            "schemaudit.toml:2: unknown metric documented-table, did you mean documented-tables?");
  EXPECT_EQ(error_of("[[criteria]]\ntext = \"x\"\ndecided_by = [\"rehears\"]"),
            "schemaudit.toml:3: unknown rule, metric or command rehears, did you mean rehearse?");
}

TEST(ConfigFile, RulesOfItsOwnAreKnownToTheRestOfIt) {
  ConfigReading reading = read(R"toml([rules.acme-rule]
severity = "low"
[[criteria]]
text = "it holds"
decided_by = ["acme-rule"]
[[waiver]]
rule = "acme-rule"
object = "*"
owner = "us"
reason = "known"
expires = 2099-12-31
[[sql_rule]]
id = "acme-rule"
file = "rules/acme.sql"
needs = ["live", "documented"]
timeout = 30
)toml");
  ASSERT_EQ(reading.error, "");
  const SqlRule& rule = reading.config.sql_rules.at(0);
  EXPECT_EQ(rule.file, "rules/acme.sql");
  EXPECT_EQ(rule.needs, (std::vector{Role::live, Role::documented}));
  EXPECT_EQ(rule.timeout_ms, 30000);
  const std::string query = "query = \"SELECT 1\"\n";
  EXPECT_NE(error_of("[[sql_rule]]\nid = \"Acme\"\n" + query).find("not in kebab-case"),
            std::string::npos);
  EXPECT_NE(error_of("[[sql_rule]]\nid = \"garbled-text\"\n" + query).find("of another rule"),
            std::string::npos);
  // Found by fuzzing: two without a name have none in common.
  EXPECT_NE(error_of("[[sql_rule]]\n" + query + "[[sql_rule]]\n" + query).find("lacks its id"),
            std::string::npos);
  EXPECT_NE(error_of("[[check]]\n" + query + "[[check]]\n" + query).find("lacks its name"),
            std::string::npos);
  EXPECT_NE(error_of("[[sql_rule]]\nid = \"a\"\n").find("either a query or the file"),
            std::string::npos);
  EXPECT_EQ(error_of("[[sql_rule]]\nid = \"a\"\n" + query + "needs = \"alive\""),
            "schemaudit.toml:4: unknown role alive, did you mean live?");
  const std::string check = "[[check]]\nname = \"a\"\nrows = 0\n" + query;
  EXPECT_EQ(error_of(check + check), "schemaudit.toml:6: two checks have the name a");
  EXPECT_EQ(plugins_of_config("plugins = [\"a.so\"]\n[scope]\nno = 1"),
            std::vector<std::string>{"a.so"});
  EXPECT_EQ(plugins_of_config("plugins = ["), std::vector<std::string>());
}

TEST(ConfigFile, TheFirstFaultByLineIsTold) {
  EXPECT_EQ(error_of("[scope]\nignored = []\n[gate]\nfail_at = \"high\""),
            "schemaudit.toml:2: unknown key scope.ignored, did you mean scope.ignore?");
}

TEST(ConfigFile, AValueOfTheWrongKindIsAnError) {
  EXPECT_EQ(error_of("[gate]\nfail_on = \"severe\""),
            "schemaudit.toml:2: gate.fail_on is \"severe\"; it can be critical, high, medium, low, "
            "info, never");
  EXPECT_EQ(error_of("[scope]\nschemas = 3"),
            "schemaudit.toml:2: scope.schemas must be a string or a list of strings");
  EXPECT_EQ(error_of("[gate]\nmetrics = { documented-tables = 90 }"),
            "schemaudit.toml:2: gate.metrics.documented-tables must be a number from 0 to 1");
  for (const char* number : {"nan", "-nan", "inf", "-0.1"})
    EXPECT_EQ(error_of("[gate]\nmetrics = { documented-tables = " + std::string(number) + " }"),
              "schemaudit.toml:2: gate.metrics.documented-tables must be a number from 0 to 1");
  EXPECT_EQ(error_of("[policy.soft_delete]\ncolumn = \"\"\ntables = \"*\""),
            "schemaudit.toml:2: policy.soft_delete.column is empty");
  EXPECT_EQ(error_of("[policy.soft_delete]\ntables = \"*\""), "");
  EXPECT_EQ(error_of("[policy.soft_delete]\ncolumn = \"deleted_at\""),
            "schemaudit.toml:1: policy.soft_delete lacks its tables: a glob such as \"p3_*\", or a "
            "list");
  EXPECT_EQ(error_of("[[waiver]]\nrule = \"garbled-text\"\nobject = \"x\"\nowner = \"me\"\n"
                     "reason = \"y\"\nexpires = \"soon\""),
            "schemaudit.toml:6: waiver.expires must be a date, as in expires = 2027-03-31");
  EXPECT_EQ(error_of("[[waiver]]\nrule = \"garbled-text\"\nobject = \"x\"\nowner = \"me\"\n"
                     "expires = 2027-01-01"),
            "schemaudit.toml:1: a waiver lacks its reason");
}

TEST(ConfigFile, AReleaseCannotBeLetThroughWhateverIsFound) {
  EXPECT_NE(error_of("[gate.release]\nfail_on = \"never\"").find("gate.release.fail_on"),
            std::string::npos);
  const ConfigReading reading = read(
      "[gate]\nbaseline = \"known.json\"\n[gate.release]\nfail_on = \"medium\"\n"
      "metrics = { documented-tables = 1.0 }");
  ASSERT_EQ(reading.error, "");
  EXPECT_EQ(reading.config.baseline, "known.json");
  EXPECT_EQ(reading.config.release.fail_on, Severity::medium);
  EXPECT_EQ(reading.config.release.metric_thresholds.at("documented-tables"), 1.0);
}

TEST(ConfigFile, APasswordIsRefusedAndNeverShown) {
  for (const char* text : {"[sources]\ndatabase = \"postgresql://app:tr0ub4dor@db/shop\"",
                           "[sources]\ndatabase = \"host=db user=app password=tr0ub4dor\""}) {
    std::string error = error_of(text);
    EXPECT_NE(error.find("schemaudit.toml:2: sources.database holds a password"), std::string::npos)
        << error;
    EXPECT_EQ(error.find("tr0ub4dor"), std::string::npos) << error;
  }
}

TEST(ConfigFile, BrokenTomlNamesThePlace) {
  EXPECT_EQ(error_of("[scope]\nschemas = [").rfind("schemaudit.toml:2:", 0), 0u)
      << error_of("[scope]\nschemas = [");
}

TEST(ConfigFile, TheJsonSchemaIsClosedAndNamesEveryRule) {
  nlohmann::json schema = nlohmann::json::parse(config_json_schema());
  EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(schema["additionalProperties"], false);
  for (const Rule* rule : all_rules())
    EXPECT_TRUE(schema["properties"]["rules"]["properties"].contains(std::string(rule->info.id)));
}

TEST(ConfigFile, ATypeThatNothingCanBeOfIsRefused) {
  const TypeNormaliser types = [](const std::string& text) {
    return text == "timestmp" ? PolicyType{text, "timestamp"} : PolicyType{text};
  };
  auto told = [&](const std::string& text) { return read_config(text, "c.toml", {}, types).error; };
  EXPECT_EQ(told("[policy.types]\nforbid = [\"money\", \"timestmp\"]"),
            "c.toml:2: policy.types.forbid names the type \"timestmp\", which PostgreSQL does not "
            "have; did you mean timestamp? (A type of your own of that name is written with its "
            "schema.)");
  EXPECT_NE(told("[policy.types.columns]\n\"*.at\" = \"timestmp\""), "");
  EXPECT_NE(told("[policy.standard_columns]\ncolumns = { at = \"timestmp not null\" }"), "");
  EXPECT_EQ(told("[policy.types]\nforbid = \"money\""), "");
}

}  // namespace

}  // namespace schemaudit
