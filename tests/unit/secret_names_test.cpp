#include "analyzer/model/secret_names.h"

#include <gtest/gtest.h>

namespace schemaudit {
namespace {

TEST(SecretNames, MembersOfJsonAreHiddenAtAnyDepth) {
  EXPECT_EQ(without_secret_members(R"({"k":"a","password":"hunter2"})"),
            R"({"k":"a","password":"***"})");
  EXPECT_EQ(without_secret_members(R"({"password" : "a\"hunter2\\", "id": 1})"),
            R"({"password" : "***", "id": 1})");
  EXPECT_EQ(without_secret_members(R"([{"api_key": 17}, {"a": {"tokens": ["x", "]"], "b": 2}}])"),
            R"([{"api_key": ***}, {"a": {"tokens": ***, "b": 2}}])");
  EXPECT_EQ(without_secret_members(R"({"note": "{\"password\": \"a\\\"b\", \"id\": 1}"})"),
            R"({"note": "{\"password\": \"***\", \"id\": 1}"})");
  EXPECT_EQ(without_secret_members(R"({"password": "hunt)"), R"({"password": "***)");
}

TEST(SecretNames, AllElseStaysAsItIs) {
  for (const char* text :
       {R"({"password": null, "has_password": true, "token": ""})", R"({"name": "password"})",
        R"("password", "x")", "password: text", R"(\\\\)", "\"", ""})
    EXPECT_EQ(without_secret_members(text), text);
}

TEST(SecretNames, WhatAColumnHasForItsValueDecides) {
  LiveAnswer answer;
  answer.columns = {"id", "password", "p", "password_changed_at"};
  answer.types = {20, 25, 25, 1184};
  answer.table_columns = {"id", "password", "password", "password_changed_at"};
  answer.rows = {{"1", "hunter2", std::nullopt, "2026-01-01"}};
  EXPECT_FALSE(hides_values(answer, 0));
  EXPECT_TRUE(hides_values(answer, 1));
  EXPECT_TRUE(hides_values(answer, 2));
  EXPECT_FALSE(hides_values(answer, 3));
  EXPECT_EQ(shown_cell(answer, 0, 1), "***");
  EXPECT_EQ(shown_cell(answer, 0, 2), "NULL");
}

TEST(SecretNames, AreLookedForInWhatAServerTellsOfARow) {
  EXPECT_EQ(without_secret_values("Key (id, token)=(1, x) already exists.", "23505"),
            "Key (id, token)=(***) already exists.");
  EXPECT_EQ(without_secret_values("Key (id)=(1) already exists.", "23505"),
            "Key (id)=(1) already exists.");
  EXPECT_EQ(without_secret_values("Schlüssel »(lower(password))=(a(b)« existiert.", "23505"),
            "Schlüssel »(lower(password))=(***)« existiert.");
  EXPECT_EQ(without_secret_values("Key (t, token)=(1, a)) conflicts with existing key (t, "
                                  "token)=(1, b).",
                                  "23P01"),
            "Key (t, token)=(***).");
  const std::string row = "Failing row contains (1, hunter2, {\"password\": \"x\"}).";
  EXPECT_EQ(without_secret_values(row, "23514"), "Failing row contains (***).");
  EXPECT_EQ(without_secret_values(row, "23502", {{"id", "passwd", "data"}}),
            "Failing row contains (***).");
  EXPECT_EQ(without_secret_values(row, "23502", {{"id", "name", "data"}}),
            "Failing row contains (1, hunter2, {\"password\": \"***\"}).");
  EXPECT_EQ(without_secret_values("Failing row contains (id, name) = (1, x).", "23502"),
            "Failing row contains (id, name) = (1, x).");
  const std::string message = "invalid input syntax for type integer: \"tok-1\"";
  EXPECT_EQ(without_secret_literal(message, "22P02", "ALTER TABLE a ALTER token TYPE int"),
            "invalid input syntax for type integer: \"***\"");
  EXPECT_EQ(without_secret_literal(message, "22P02", "ALTER TABLE a ALTER code TYPE int"), message);
  EXPECT_EQ(without_secret_literal("division by zero", "22012", "SELECT token"),
            "division by zero");
  EXPECT_EQ(without_secret_values("There is no (such) column.", "42703"),
            "There is no (such) column.");
}

TEST(SecretNames, EndOnLongText) {
  std::string text = std::string(300'000, '\\') + std::string(300'000, '"') +
                     std::string(300'000, '{') + "\"password\": " + std::string(300'000, '[');
  EXPECT_FALSE(without_secret_members(text).empty());
}

}  // namespace
}  // namespace schemaudit
