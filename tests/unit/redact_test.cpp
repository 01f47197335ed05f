#include "analyzer/model/redact.h"

#include <gtest/gtest.h>

namespace schemaudit {
namespace {

TEST(Redact, TakesPasswordsOut) {
  EXPECT_EQ(redact("PGPASSWORD=hunter2 psql"), "PGPASSWORD=*** psql");
  EXPECT_EQ(redact("postgresql://app:s3cret@db/x"), "postgresql://app:***@db/x");
  EXPECT_EQ(redact("`postgres://app:p%40ss%2Fw@db:5432/x`"), "`postgres://app:***@db:5432/x`");
  EXPECT_EQ(redact("POSTGRES_PASSWORD=password"), "POSTGRES_PASSWORD=***");
  EXPECT_EQ(redact("export PGPASSWORD='two words'"), "export PGPASSWORD='***'");
  EXPECT_EQ(redact("host=db password=s3cret user=app"), "host=db password=*** user=app");
  EXPECT_EQ(redact("host=db password='s3 cret' user=app"), "host=db password='***' user=app");
  EXPECT_EQ(redact("mysql --password=s3cret -h db"), "mysql --password=*** -h db");
  EXPECT_EQ(redact("MYSQL_PWD=s3cret mysql"), "MYSQL_PWD=*** mysql");
  EXPECT_EQ(redact("a\npostgresql+asyncpg://u:one@h/d and redis://u:two@h\nb"),
            "a\npostgresql+asyncpg://u:***@h/d and redis://u:***@h\nb");
}

TEST(Redact, TakesAPasswordInAUrlUpToTheLastAt) {
  EXPECT_EQ(redact("postgres://app:pa@ss@h/db"), "postgres://app:***@h/db");
  EXPECT_EQ(redact("`postgres://a:XX/14@h/db`"), "`postgres://a:***@h/db`");
  EXPECT_EQ(redact("postgres://a:X?1#2@h/db?x=y@z"), "postgres://a:***@h/db?x=y@z");
  EXPECT_EQ(redact("postgres://a:b1@h/d,postgres://c:d2@h/e"),
            "postgres://a:***@h/d,postgres://c:***@h/e");
  EXPECT_EQ(redact("redis://:hunter2@h:6379/0"), "redis://:***@h:6379/0");
  EXPECT_EQ(redact("https://u:hunter2@h/a@b"), "https://u:***@h/a@b");
  for (const char* text :
       {"http://localhost:3000/@scope/pkg", "postgres://h:5432/db?options=a@b",
        "https://host:port/users/@me", "docker://registry:5000/image@sha256:1234",
        "git@github.com:a/b.git", "https://example.org/a:b@c"})
    EXPECT_EQ(redact(text), text);
}

TEST(Redact, TakesOutWhatALabelAnnounces) {
  for (const auto& [text, safe] : std::vector<std::pair<std::string, std::string>>{
           {"Password: XX3x9", "Password: ***"},
           {"- **Password:** XX3x9", "- **Password:** ***"},
           {"- **Password**: `XX3x9`", "- **Password**: `***`"},
           {"User: admin / Password: XX4x9", "User: admin / Password: ***"},
           {"Password is `XX1x9`, or ask", "Password is `***`, or ask"},
           {"set `DB_PASSWORD: XX11x` there", "set `DB_PASSWORD: ***` there"},
           {"  dbPassword: 'XX11x'", "  dbPassword: '***'"},
           {R"({"user": "a", "password": "XX19x"})", R"({"user": "a", "password": "***"})"},
           {"Passwort: XX23x.", "Passwort: ***."},
           {"Das Kennwort ist `XX23x`", "Das Kennwort ist `***`"},
           {"| admin | Password: P@ssw0rd! |", "| admin | Password: *** |"},
           {"Password is `XX1`, or postgresql://a:b@h/db",
            "Password is `***`, or postgresql://a:***@h/db"}})
    EXPECT_EQ(redact(text), safe);
}

TEST(Redact, LeavesAloneWhatALabelSaysOfPasswords) {
  for (const char* text : {"password: required",
                           "password: text, not null",
                           "Password | text | not null",
                           "password: varchar(255)",
                           "password: VARCHAR255",
                           "password: `char60`",
                           "password: int4",
                           "Password: bcrypt12",
                           "Password: argon2id",
                           "password: SHA-256",
                           "Password: SCRAM-SHA-256",
                           "password: \"string\"",
                           R"({"password": "string"})",
                           R"({"password": "secret"})",
                           R"({"password": "The user's new password, 8 to 64 characters"})",
                           R"({"password": {"type": "string", "minLength": 8}})",
                           "Password: 8-64chars",
                           "Password: 90days",
                           "Password: min8",
                           "password: OAuth2 is used",
                           "Password: oauth2",
                           "password: <password>",
                           "password: ${PASSWORD}",
                           "password: {{ db1 }}",
                           "Password: ***",
                           "Password: changeme",
                           "Password: password123",
                           "passwd\"\"::RF10:",
                           "Password: changeme123",
                           "Password: `your-password-1`",
                           "Password: `users.password_2`",
                           "password: `password_hash`",
                           "password: see PROJ-1234",
                           "Password: PROJ-1234",
                           "Password: ask admin1@example.org",
                           "Password: admin1@corp.io",
                           "password: !vault db1",
                           "password: env(DB1)",
                           "password: secret/data/db1",
                           "password: process.env.DB_1",
                           "reset_password: 5/hour1",
                           "resetPassword: 'Reset1'",
                           "Password: [A-Za-z0-9]{8}",
                           "Password: length>=8",
                           "passwordHash: abc123def",
                           "Password: 1Password",
                           "Password: RFC2104",
                           "The password is v2 of it",
                           "Password: 12345678",
                           "password: required in step2, else none",
                           "Password policy: P1x9z"})
    EXPECT_EQ(redact(text), text);
}

TEST(Redact, TakesPasswordsOutOfJson) {
  EXPECT_EQ(redact(R"(row {"k":"a","password":"hunterK"} failed)"),
            R"(row {"k":"a","password":"***"} failed)");
  EXPECT_EQ(redact(R"({"password": "a\"b"})"), R"({"password": "***"})");
  EXPECT_EQ(redact(R"("{\"db_password\": \"hunter2\"}")"), R"("{\"db_password\": \"***\"}")");
}

TEST(Redact, LeavesPlaceholdersAndOrdinaryTextAlone) {
  for (const char* text :
       {"postgresql://user:<password>@host/db", "PGPASSWORD=$PASSWORD psql",
        "PGPASSWORD=\"${DB_PASSWORD}\"", "password=...", "postgresql://app:***@db/x",
        "PGPASSWORD=xxx", "postgresql://app@db:5432/x", "`password_hash` text NOT NULL",
        "see https://example.org:8080/a@b", "passwords are hashed", ""})
    EXPECT_EQ(redact(text), text);
}

TEST(FindSecrets, SaysWhereAndWhatWithoutTheSecret) {
  std::string text = "run PGPASSWORD=hunter2 psql";
  std::vector<Secret> secrets = find_secrets(text);
  ASSERT_EQ(secrets.size(), 1u);
  EXPECT_EQ(text.substr(secrets[0].offset, secrets[0].length), "hunter2");
  EXPECT_EQ(secrets[0].what, "PGPASSWORD");
}

TEST(FindSecrets, EndsOnLongLines) {
  std::string text = "password=" + std::string(1'000'000, 'a') + "://:@";
  EXPECT_FALSE(find_secrets(text).empty());
}

}  // namespace
}  // namespace schemaudit
