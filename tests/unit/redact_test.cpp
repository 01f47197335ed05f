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
