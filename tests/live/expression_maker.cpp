#include "tests/live/expression_maker.h"

#include <cctype>

namespace schemaudit {

namespace {

std::string quoted(const std::string& text) {
  return "'" + text + "'";
}

bool same(const WrittenExpression& a, const WrittenExpression& b) {
  if (a.spellings != b.spellings || a.parts.size() != b.parts.size()) return false;
  for (std::size_t i = 0; i < a.parts.size(); ++i)
    if (!same(a.parts[i], b.parts[i])) return false;
  return true;
}

std::string two(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

const char* ExpressionMaker::types() {
  return "CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'happy');"
         "CREATE DOMAIN public.positive AS integer;";
}

const char* ExpressionMaker::columns() {
  return "i integer, k integer, s smallint, w bigint, n numeric(10,2), m numeric, "
         "f double precision, g real, b boolean, e boolean, t text, x text, v varchar(20), "
         "y varchar, c char(5), d date, h date, ts timestamp, tt timestamp, tz timestamptz, "
         "tm time, iv interval, j jsonb, u uuid, a text[], ia integer[], md public.mood, "
         "r int4range, q bytea, bt bit(4), \"Odd Name\" text, o public.positive";
}

int ExpressionMaker::number(int below) {
  return static_cast<int>(random_() % static_cast<unsigned>(below));
}

const std::string& ExpressionMaker::one_of(const std::vector<std::string>& choices) {
  return choices[static_cast<std::size_t>(number(static_cast<int>(choices.size())))];
}

ExpressionMaker::Piece ExpressionMaker::column(const std::vector<std::string>& alike) {
  Piece piece;
  std::string name = one_of(alike);
  piece.spellings = {name, name, "(" + name + ")"};
  if (name.front() != '"') piece.spellings.push_back("\"" + name + "\"");
  for (const std::string& other : alike)
    if (other != name) piece.changed.push_back(other);
  return piece;
}

ExpressionMaker::Piece ExpressionMaker::comparison(Piece left, Piece right) {
  struct Kind {
    std::vector<std::string> same, other;
  };
  static const std::vector<Kind> kKinds = {
      {{"$1 = $2", "$2 = $1"}, {"$1 <> $2", "$1 >= $2"}},
      {{"$1 <> $2", "$1 != $2", "$2 <> $1"}, {"$1 = $2"}},
      {{"$1 < $2", "$2 > $1"}, {"$1 <= $2", "$1 > $2"}},
      {{"$1 <= $2", "$2 >= $1"}, {"$1 < $2", "$2 < $1"}},
      {{"$1 > $2", "$2 < $1"}, {"$1 >= $2"}},
      {{"$1 >= $2", "$2 <= $1"}, {"$1 > $2", "$1 = $2"}},
      {{"$1 IS DISTINCT FROM $2", "$2 IS DISTINCT FROM $1"}, {"$1 IS NOT DISTINCT FROM $2"}},
      {{"$1 IS NOT DISTINCT FROM $2", "NOT ($1 IS DISTINCT FROM $2)"},
       {"$1 IS DISTINCT FROM $2", "$1 = $2"}},
  };
  const Kind& kind = kKinds[static_cast<std::size_t>(number(static_cast<int>(kKinds.size())))];
  return {kind.same, kind.other, {std::move(left), std::move(right)}};
}

ExpressionMaker::Piece ExpressionMaker::integer_constant(bool untyped) {
  std::string n = std::to_string(number(900) + 2);
  Piece piece{{n, "(" + n + ")", n + "::integer", "CAST(" + n + " AS int)", "'" + n + "'::int4",
               "integer '" + n + "'", "(" + n + "::int)"},
              {std::to_string(number(900) + 1000), "-" + n},
              {}};
  if (untyped) piece.spellings.push_back(quoted(n));
  return piece;
}

ExpressionMaker::Piece ExpressionMaker::integer(int depth) {
  if (depth <= 0) return number(2) ? column({"i", "k"}) : integer_constant(false);
  switch (number(12)) {
    case 0:
      return {{"$1 + $2", "($1) + ($2)", "$2 + $1"},
              {"$1 - $2", "$1 * $2"},
              {integer(depth - 1), integer(depth - 1)}};
    case 1:
      return {{"$1 - $2", "($1 - $2)"}, {"$1 + $2"}, {column({"i", "k"}), integer(depth - 1)}};
    case 2:
      return {{"$1 % $2"}, {"$1 / $2"}, {column({"i", "k"}), integer_constant(false)}};
    case 3:
      return {
          {"length($1)", "LENGTH (($1))"}, {"octet_length($1)", "ascii($1)"}, {text(depth - 1)}};
    case 4:
      return {{"coalesce($1, $2)", "COALESCE(($1), $2)"},
              {"coalesce($2, $1)", "nullif($1, $2)"},
              {column({"i", "k"}), integer_constant(true)}};
    case 5:
      return {{"CASE WHEN $1 THEN $2 ELSE $3 END", "(CASE WHEN ($1) THEN ($2) ELSE $3 END)"},
              {"CASE WHEN $1 THEN $3 ELSE $2 END", "CASE WHEN $1 THEN $2 END"},
              {simple_condition(), integer(depth - 1), integer_constant(false)}};
    case 6:
      return {{"greatest($1, $2)", "GREATEST(($1), ($2))"},
              {"least($1, $2)"},
              {integer(depth - 1), column({"i", "k"})}};
    case 7:
      return {{"position($1 in $2)", "POSITION(($1) IN ($2))"},
              {"position($2 in $1)"},
              {text_constant(), column({"t", "x", "v"})}};
    case 8:
      return {{"abs($1)", "ABS(($1))"}, {"-($1)", "sign($1)::int"}, {integer(depth - 1)}};
    case 9:
      return {{"array_length($1, 1)"},
              {"array_length($1, 2)", "cardinality($1)"},
              {column({"a", "ia"})}};
    case 10:
      return {{"nullif($1, $2)", "NULLIF(($1), $2)"},
              {"nullif($2, $1)", "coalesce($1, $2)"},
              {column({"i", "k"}), integer_constant(true)}};
    default:
      return {{"ia[$1]", "(ia)[$1]"}, {"ia[$1 + 1]"}, {integer_constant(false)}};
  }
}

ExpressionMaker::Piece ExpressionMaker::numeric_constant() {
  std::string whole = std::to_string(number(90) + 1), part = std::to_string(number(8) + 1);
  std::string n = whole + "." + part;
  return {{n, n + "0", "(" + n + ")", "'" + n + "'::numeric", "numeric '" + n + "'",
           "CAST(" + n + " AS decimal)", whole + part + "e-1"},
          {whole + "." + part + "7", "-" + n},
          {}};
}

ExpressionMaker::Piece ExpressionMaker::numeric(int depth) {
  if (depth <= 0) return number(2) ? column({"n", "m"}) : numeric_constant();
  switch (number(8)) {
    case 0:
      return {{"$1 * $2", "($2) * ($1)", "$1 * ($2)::numeric"},
              {"$1 / $2", "$1 + $2"},
              {column({"n", "m"}), column({"i", "k", "w"})}};
    case 1:
      return {{"$1 + $2", "$2 + $1", "(($1) + ($2))"},
              {"$1 - $2", "$1 * $2"},
              {numeric(depth - 1), numeric(depth - 1)}};
    case 2:
      return {{"round($1, 2)", "ROUND(($1), 2)"},
              {"round($1, 1)", "trunc($1, 2)"},
              {numeric(depth - 1)}};
    case 3:
      return {
          {"coalesce($1, 0)", "coalesce($1, 0::numeric)", "COALESCE($1, 0.0)", "coalesce($1, '0')"},
          {"coalesce($1, 1)", "nullif($1, 0)"},
          {column({"n", "m"})}};
    case 4:
      return {{"$1::numeric(5,1)", "CAST($1 AS decimal(5, 1))", "($1)::numeric(5, 1)"},
              {"$1::numeric(5,2)", "$1::integer"},
              {column({"n", "m"})}};
    case 5:
      return {{"extract(year from $1)", "EXTRACT(YEAR FROM ($1))", "extract('year' from $1)"},
              {"extract(month from $1)"},
              {column({"d", "ts"})}};
    case 6:
      return {
          {"$1 / $2", "$1 / $2::numeric"}, {"$2 / $1"}, {numeric_constant(), column({"i", "k"})}};
    default:
      return {{"-$1", "- ($1)", "-($1)"}, {"abs($1)"}, {column({"n", "m"})}};
  }
}

ExpressionMaker::Piece ExpressionMaker::text_constant() {
  static const std::vector<std::string> kWords = {"open", "a b", "x_1", "Z", "dé", "done", "q%"};
  std::string word = one_of(kWords) + std::to_string(number(50));
  return {{quoted(word), "E" + quoted(word), "$$" + word + "$$", quoted(word) + "::text",
           "CAST(" + quoted(word) + " AS TEXT)", "(" + quoted(word) + ")", "text " + quoted(word),
           "U&" + quoted(word)},
          {quoted(word + "!"), quoted("it''s")},
          {}};
}

ExpressionMaker::Piece ExpressionMaker::text(int depth) {
  if (depth <= 0) return column({"t", "x", "v", "y", "\"Odd Name\""});
  switch (number(13)) {
    case 0:
      return {{"lower($1)", "LOWER(($1))", "lower(($1)::text)"},
              {"upper($1)", "$1"},
              {text(depth - 1)}};
    case 1:
      return {{"trim($1)", "btrim($1)", "TRIM(BOTH FROM $1)", "trim(both from ($1))"},
              {"ltrim($1)", "trim(trailing from $1)"},
              {text(depth - 1)}};
    case 2:
      return {{"trim(leading 'x' from $1)", "ltrim($1, 'x')", "LTRIM($1, 'x'::text)"},
              {"rtrim($1, 'x')", "ltrim($1, 'y')"},
              {text(depth - 1)}};
    case 3:
      return {{"substring($1 from 1 for $2)", "substring($1, 1, $2)", "SUBSTRING(($1), 1, $2)"},
              {"substring($1 from 2 for $2)", "substr($1, 1, $2)"},
              {text(depth - 1), integer_constant(false)}};
    case 4:
      return {
          {"$1 || $2", "($1) || ($2)"}, {"$2 || $1"}, {column({"t", "x", "v"}), text_constant()}};
    case 5:
      return {{"coalesce($1, '')", "COALESCE($1, ''::text)"},
              {"coalesce($1, ' ')"},
              {column({"t", "x"})}};
    case 6:
      return {{"j ->> 'kind'", "(j) ->> 'kind'::text", "(j ->> 'kind')"},
              {"j ->> 'sort'", "(j -> 'kind')::text"},
              {}};
    case 7:
      return {{"j #>> '{a,b}'", "j #>> '{a, b}'::text[]", "j #>> '{\"a\",\"b\"}'"},
              {"j #>> '{b,a}'"},
              {}};
    case 8:
      return {{"overlay($1 placing 'x' from 2)", "OVERLAY(($1) PLACING 'x' FROM 2)"},
              {"overlay($1 placing 'x' from 3)"},
              {text(depth - 1)}};
    case 9:
      return {{"replace($1, $2, '')", "REPLACE($1, $2, ''::text)"},
              {"replace($1, '', $2)"},
              {text(depth - 1), text_constant()}};
    case 10:
      return {{"$1::text", "CAST($1 AS text)", "($1)::text"},
              {"$1::varchar(3)", "'' || $1::text"},
              {column({"i", "n", "d", "u", "md", "b"})}};
    case 11:
      return {{"CASE $1 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END",
               "(CASE ($1) WHEN 1 THEN 'one'::text WHEN 2 THEN 'two' ELSE 'many' END)"},
              {"CASE $1 WHEN 1 THEN 'one' WHEN 2 THEN 'two' END",
               "CASE $1 WHEN 1 THEN 'one' WHEN 3 THEN 'two' ELSE 'many' END"},
              {column({"i", "k", "s", "w"})}};
    default:
      return {{"left($1, 3)", "LEFT(($1), 3)", "\"left\"($1, 3)"},
              {"right($1, 3)", "left($1, 4)"},
              {text(depth - 1)}};
  }
}

ExpressionMaker::Piece ExpressionMaker::date_constant(bool untyped) {
  std::string year = std::to_string(2000 + number(30)), month = two(1 + number(12)),
              day = two(1 + number(28));
  std::string iso = year + "-" + month + "-" + day;
  Piece piece{{quoted(iso) + "::date", "DATE " + quoted(iso), "CAST(" + quoted(iso) + " AS date)",
               quoted(year + month + day) + "::date", "date(" + quoted(iso) + ")"},
              {"DATE '1999-01-01'", "DATE '" + year + "-" + month + "-29' + 7"},
              {}};
  if (month == "02") piece.changed.pop_back();
  if (untyped) piece.spellings.push_back(quoted(iso));
  return piece;
}

ExpressionMaker::Piece ExpressionMaker::timestamp_constant(bool untyped) {
  std::string day = "20" + two(number(30)) + "-0" + std::to_string(1 + number(9)) + "-1" +
                    std::to_string(number(9));
  std::string hour = two(number(24));
  Piece piece{
      {quoted(day + " " + hour + ":30:00") + "::timestamp",
       "TIMESTAMP " + quoted(day + "T" + hour + ":30"),
       "CAST(" + quoted(day + " " + hour + ":30:00.0") + " AS timestamp without time zone)"},
      {"TIMESTAMP " + quoted(day + " " + hour + ":31")},
      {}};
  if (untyped) piece.spellings.push_back(quoted(day + " " + hour + ":30"));
  return piece;
}

ExpressionMaker::Piece ExpressionMaker::zoned_constant(bool untyped) {
  std::string day = "20" + two(number(30)) + "-0" + std::to_string(1 + number(9)) + "-1" +
                    std::to_string(number(9));
  int hour = 3 + number(20);
  Piece piece{{quoted(day + " " + two(hour) + ":00:00+00") + "::timestamptz",
               "TIMESTAMPTZ " + quoted(day + " " + two(hour) + ":00Z"),
               "timestamp with time zone " + quoted(day + " " + two(hour - 2) + ":00:00-02"),
               "CAST(" + quoted(day + " " + two(hour) + ":30:00+00:30") + " AS timestamptz)"},
              {"TIMESTAMPTZ " + quoted(day + " " + two(hour) + ":00:00+01")},
              {}};
  if (untyped) piece.spellings.push_back(quoted(day + "T" + two(hour) + ":00:00Z"));
  return piece;
}

ExpressionMaker::Piece ExpressionMaker::interval_constant(bool untyped) {
  std::string n = std::to_string(2 + number(20));
  static const std::vector<std::vector<std::string>> kForms = {
      {"interval '$ days'", "'$ days'::interval", "INTERVAL '$' DAY", "'@ $ day'::interval",
       "'P$D'::interval", "CAST('$ d' AS interval)"},
      {"interval '$ hours'", "'$:00:00'::interval", "INTERVAL '$' HOUR", "'PT$H'::interval",
       "interval '$:00'"},
      {"interval '$ months'", "'$ mons'::interval", "INTERVAL '$' MONTH"},
      {"interval '1 day $ minutes'", "'1 d 00:$'::interval", "interval '1 day $ min'"},
      {"interval '$ years 2 days'", "'$ y 2 d'::interval"},
      {"interval '-$ seconds'", "'$ seconds ago'::interval"},
  };
  const std::vector<std::string>& form =
      kForms[static_cast<std::size_t>(number(static_cast<int>(kForms.size())))];
  Piece piece;
  for (std::string spelling : form) {
    bool clock = spelling.find("00:$") != std::string::npos;
    spelling.replace(spelling.find('$'), 1, clock && n.size() == 1 ? "0" + n : n);
    piece.spellings.push_back(spelling);
  }
  piece.changed = {"interval '" + n + " days 1 minute'", "interval '24 hours'"};
  if (untyped && piece.spellings[1].ends_with("::interval"))
    piece.spellings.push_back(piece.spellings[1].substr(0, piece.spellings[1].size() - 10));
  return piece;
}

ExpressionMaker::Piece ExpressionMaker::word_list(const std::string& column, bool numbers) {
  std::vector<std::string> values;
  for (int i = 0, count = 2 + number(3); i < count; ++i)
    values.push_back(numbers ? std::to_string(i * 10 + number(10))
                             : quoted("v" + std::to_string(i * 10 + number(10))));
  std::string list, reversed, alternatives, negated, braces;
  for (std::size_t i = 0; i < values.size(); ++i) {
    list += (i ? ", " : "") + values[i];
    reversed = values[i] + (i ? "," : "") + reversed;
    alternatives += (i ? " OR " : "") + column + " = " + values[i];
    negated += (i ? " AND " : "") + column + " <> " + values[i];
    std::string bare = numbers ? values[i] : values[i].substr(1, values[i].size() - 2);
    braces += (i ? "," : "") + bare;
  }
  std::string more = list + (numbers ? ", 777" : ", 'more'");
  std::string array = numbers ? "::int[]" : "::text[]";
  Piece in{
      {column + " IN (" + list + ")", column + " in (" + reversed + ")", alternatives,
       column + " = ANY (ARRAY[" + list + "])", column + " = any ('{" + braces + "}'" + array + ")",
       "(" + column + ") = ANY (ARRAY[" + list + "]" + array + ")"},
      {column + " IN (" + more + ")", column + " NOT IN (" + list + ")",
       column + " = ALL (ARRAY[" + list + "])"},
      {}};
  Piece not_in{{column + " NOT IN (" + list + ")", negated,
                "NOT (" + column + " IN (" + list + "))", column + " <> ALL (ARRAY[" + list + "])"},
               {column + " IN (" + list + ")", column + " <> ANY (ARRAY[" + list + "])",
                column + " NOT IN (" + more + ")"},
               {}};
  return number(3) ? in : not_in;
}

ExpressionMaker::Piece ExpressionMaker::simple_condition() {
  switch (number(42)) {
    case 0:
    case 1:
      return comparison(column({"i", "k"}), integer_constant(true));
    case 2:
      return comparison(column({"s", "w"}), integer_constant(false));
    case 3:
      return comparison(column({"n", "m"}),
                        number(2) ? numeric_constant() : integer_constant(false));
    case 4:
      return comparison(column({"f", "g"}), numeric_constant());
    case 5:
      return comparison(integer(2), integer(1));
    case 6:
      return comparison(numeric(2), numeric(1));
    case 7:
    case 8:
      return comparison(text(2), text_constant());
    case 9:
      return comparison(column({"t", "v", "y"}), text(1));
    case 10:
      return comparison(column({"d", "h"}), date_constant(true));
    case 11:
      return comparison(column({"ts", "tt"}), timestamp_constant(true));
    case 12:
      return comparison(column({"tz"}), zoned_constant(true));
    case 13:
      return comparison(column({"iv"}), interval_constant(true));
    case 14:
      return comparison({{"$1 + $2", "($1) + ($2)"},
                         {"$1 - $2"},
                         {column({"ts", "tt"}), interval_constant(false)}},
                        column({"ts", "tt"}));
    case 15:
      return comparison(
          {{"$1 - $2", "(($1) - ($2))"}, {"$2 - $1"}, {column({"d", "h"}), date_constant(false)}},
          integer_constant(true));
    case 16:
      return {
          {"$1 BETWEEN $2 AND $3", "$1 >= $2 AND $1 <= $3", "($2 <= $1) AND ($3 >= $1)",
           "$1 between ($2) and ($3)"},
          {"$1 > $2 AND $1 <= $3", "$1 NOT BETWEEN $2 AND $3", "$1 BETWEEN SYMMETRIC $2 AND $3"},
          {column({"i", "k"}), integer_constant(true), integer_constant(true)}};
    case 17:
      return {{"$1 NOT BETWEEN $2 AND $3", "$1 < $2 OR $1 > $3", "NOT ($1 BETWEEN $2 AND $3)"},
              {"$1 < $2 OR $1 >= $3", "$1 BETWEEN $2 AND $3"},
              {column({"n", "m"}), numeric_constant(), integer_constant(false)}};
    case 18:
      return {
          {"$1 BETWEEN SYMMETRIC $2 AND $3", "($1 BETWEEN $2 AND $3) OR ($1 BETWEEN $3 AND $2)"},
          {"$1 BETWEEN $2 AND $3"},
          {column({"d", "h"}), date_constant(true), date_constant(true)}};
    case 19:
    case 20:
      return word_list(one_of({"t", "v", "y"}), false);
    case 21:
      return word_list(one_of({"i", "k"}), true);
    case 22:
      return {{"$1 LIKE $2", "$1 ~~ $2", "($1) like ($2)"},
              {"$1 NOT LIKE $2", "$1 ILIKE $2"},
              {text(1), text_constant()}};
    case 23:
      return {{"$1 NOT ILIKE $2", "$1 !~~* $2", "NOT ($1 ILIKE $2)"},
              {"$1 NOT LIKE $2"},
              {column({"t", "v"}), text_constant()}};
    case 24:
      return {
          {"$1 SIMILAR TO '(a|b)%'", "$1 similar to '(a|b)%'", "$1 ~ similar_to_escape('(a|b)%')"},
          {"$1 SIMILAR TO '(a|c)%'", "$1 NOT SIMILAR TO '(a|b)%'"},
          {column({"t", "v"})}};
    case 25:
      return {{"$1 ~ '^[a-z]+$'", "($1) ~ '^[a-z]+$'::text"},
              {"$1 ~* '^[a-z]+$'", "$1 !~ '^[a-z]+$'"},
              {text(1)}};
    case 26:
      return {{"$1 IS NULL", "$1 ISNULL", "($1) IS NULL", "NOT ($1 IS NOT NULL)"},
              {"$1 IS NOT NULL"},
              {column({"i", "k", "t", "v", "d", "j", "a"})}};
    case 27:
      return {{"$1 IS NOT NULL", "$1 NOTNULL", "(($1) IS NOT NULL)"},
              {"$1 IS NULL"},
              {column({"i", "k", "t", "v", "d", "j", "a"})}};
    case 28:
      return {{"$1", "$1 = TRUE", "$1 = 't'", "true = $1"},
              {"NOT $1", "$1 IS TRUE", "$1 IS NOT NULL"},
              {column({"b", "e"})}};
    case 29:
      return {{"$1 IS TRUE", "($1) is true"},
              {"$1 IS NOT TRUE", "$1 IS FALSE", "$1"},
              {column({"b", "e"})}};
    case 30:
      return {
          {"$1 IS NOT UNKNOWN", "($1) IS NOT UNKNOWN"}, {"$1 IS UNKNOWN"}, {column({"b", "e"})}};
    case 31:
      return {{"j @> '{\"a\": 1, \"b\": [1, 2]}'", "j @> '{\"b\":[1,2],\"a\":1}'::jsonb",
               "j @> jsonb '{\"a\":1,\"b\":[1,2]}'"},
              {"j <@ '{\"a\": 1, \"b\": [1, 2]}'", "j @> '{\"a\": 1, \"b\": [2, 1]}'"},
              {}};
    case 32:
      return {{"j ? $1", "(j) ? ($1)"}, {"j -> $1 IS NOT NULL"}, {text_constant()}};
    case 33:
      return {{"a @> ARRAY[$1]", "a @> ARRAY[$1]::text[]", "a @> (ARRAY[$1])"},
              {"a <@ ARRAY[$1]", "a && ARRAY[$1]"},
              {text_constant()}};
    case 34:
      return {
          {"$1 = ANY (a)", "($1) = any (a)"}, {"$1 = ALL (a)", "$1 <> ANY (a)"}, {text_constant()}};
    case 35:
      return {{"($1, $2) = ($3, $4)", "ROW($1, $2) = ROW($3, $4)", "$1 = $3 AND $2 = $4"},
              {"($1, $2) < ($3, $4)", "($1, $2) <> ($3, $4)"},
              {column({"i", "k"}), column({"t", "x"}), integer_constant(true), text_constant()}};
    case 36:
      return {
          {"($1, $2) < ($3, $4)", "ROW($1, $2) < ROW($3, $4)"},
          {"($1, $2) <= ($3, $4)"},
          {column({"i", "k"}), column({"d", "h"}), integer_constant(true), date_constant(true)}};
    case 37:
      return {{"md = 'happy'", "md = 'happy'::mood", "'happy'::public.mood = md"},
              {"md = 'sad'", "md <> 'happy'"},
              {}};
    case 38:
      return {{"r @> $1", "(r) @> ($1)"}, {"r << int4range($1, 9999)"}, {integer_constant(false)}};
    case 39:
      return {{"r && '[2,5)'", "r && '[2,4]'::int4range", "r && int4range '(1,5)'"},
              {"r && '[2,6)'", "r @> '[2,5)'"},
              {}};
    case 40:
      return {{"$1 COLLATE \"C\" = $2", "$1 collate \"C\" = ($2)"},
              {"$1 COLLATE \"POSIX\" = $2", "$1 = $2"},
              {column({"t", "v"}), text_constant()}};
    default:
      break;
  }
  switch (number(9)) {
    case 0:
      return {{"u = '6F9619FF-8B86-D011-B42D-00C04FC964FF'",
               "u = '6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid",
               "u = uuid '{6f9619ff8b86d011b42d00c04fc964ff}'"},
              {"u = '6F9619FF-8B86-D011-B42D-00C04FC964FE'"},
              {}};
    case 1:
      return {{"bt = B'1010'", "bt = '1010'", "bt = X'A'"}, {"bt = B'1011'"}, {}};
    case 2:
      return {{"q = '\\x6162'", "q = 'ab'::bytea", "q = '\\x6162'::bytea"}, {"q = '\\x6163'"}, {}};
    case 3:
      return {{"(d, h) OVERLAPS ($1, $2)", "(d, h) overlaps ($1, ($2))"},
              {"(h, d) OVERLAPS ($1, $2)"},
              {date_constant(false), date_constant(false)}};
    case 4:
      return {{"ts AT TIME ZONE 'UTC' < $1", "(ts AT TIME ZONE 'UTC'::text) < $1",
               "timezone('UTC', ts) < $1"},
              {"ts AT TIME ZONE 'CET' < $1"},
              {zoned_constant(true)}};
    case 5:
      return {{"c = 'abc'", "c = 'abc'::bpchar", "c = 'abc'::char(3)"},
              {"c = 'abd'", "c <> 'abc'"},
              {}};
    case 6:
      return {{"tm >= '08:00'", "tm >= '08:00:00'::time", "tm >= time '08:00:00'"},
              {"tm >= '08:01'", "tm > '08:00'"},
              {}};
    case 7:
      return {{"o > 0", "(o) > 0", "o > (0)"}, {"o >= 0", "o > 1"}, {}};
    default:
      return {
          {"normalize(t, NFC) = t", "NORMALIZE((t), NFC) = (t)"}, {"normalize(t, NFD) = t"}, {}};
  }
}

ExpressionMaker::Piece ExpressionMaker::condition(int depth) {
  if (depth <= 0) return simple_condition();
  // `x AND x` changed to `x OR x` says the same.
  Piece first = condition(depth - 1), second = condition(depth - 1);
  while (same(first, second)) second = simple_condition();
  switch (number(7)) {
    case 0:
    case 1:
      return {{"$1 AND $2", "($1) AND ($2)", "$2 AND $1"},
              {"$1 OR $2", "$1"},
              {std::move(first), std::move(second)}};
    case 2:
      return {{"$1 OR $2", "(($1) OR ($2))", "$2 OR $1"},
              {"$1 AND $2", "NOT ($1 OR $2)"},
              {std::move(first), std::move(second)}};
    case 3:
      return {{"$1 AND $2 AND $3", "$1 AND ($2 AND $3)", "($3 AND $1) AND $2"},
              {"$1 AND $2 OR $3", "$1 AND NOT $2 AND $3"},
              {std::move(first), std::move(second), simple_condition()}};
    case 4:
      return {{"NOT $1", "NOT ($1)"}, {"$1"}, {std::move(first)}};
    default:
      return simple_condition();
  }
}

WrittenDefault ExpressionMaker::default_value() {
  std::string n = std::to_string(number(900) + 2);
  switch (number(26)) {
    case 0:
      return {"integer", {{n, quoted(n), n + "::int", "(" + n + ")"}, {n + "1", "-" + n}, {}}};
    case 1:
      return {"numeric(10,2)", {{n, n + ".0", quoted(n), n + ".00::numeric"}, {n + ".5"}, {}}};
    case 2:
      return {"numeric", {{"0", "0.0", "'0'"}, {"1", "0.1"}, {}}};
    case 3:
      return {"bigint", {{n, quoted(n), n + "::bigint"}, {"-" + n}, {}}};
    case 4:
      return {"double precision",
              {{n + ".5", quoted(n + ".5"), n + ".5::float8"}, {n + ".25"}, {}}};
    case 5:
      return {"varchar(10)",
              {{quoted("a" + n), quoted("a" + n) + "::varchar", quoted("a" + n) + "::text",
                "E" + quoted("a" + n)},
               {quoted("b" + n), "NULL"},
               {}}};
    case 6:
      return {"text", {{"'it''s'", "E'it\\'s'", "$$it's$$", "'it''s'::text"}, {"'its'"}, {}}};
    case 7:
      return {"char(3)", {{"'abc'", "'abc'::bpchar", "'abc'::char(3)"}, {"'abd'"}, {}}};
    case 8:
      return {"boolean",
              {{"TRUE", "'t'", "true::bool", "'yes'::boolean"}, {"false", "NOT true"}, {}}};
    case 9:
      return {"timestamptz",
              {{"now()", "CURRENT_TIMESTAMP", "transaction_timestamp()", "(now())"},
               {"clock_timestamp()", "CURRENT_DATE", "statement_timestamp()"},
               {}}};
    case 10:
      return {"date", {{"CURRENT_DATE", "(current_date)"}, {"now()", "CURRENT_DATE + 1"}, {}}};
    case 11: {
      Piece constant = date_constant(true);
      return {"date", std::move(constant)};
    }
    case 12:
      return {"timestamp", timestamp_constant(true)};
    case 13:
      return {"timestamptz", zoned_constant(true)};
    case 14:
      return {"interval", interval_constant(true)};
    case 15:
      return {"jsonb",
              {{"'{}'", "'{}'::jsonb", "jsonb '{ }'", "CAST('{}' AS jsonb)"},
               {"'[]'", "'{\"a\":1}'"},
               {}}};
    case 16:
      return {
          "text[]",
          {{"'{}'", "ARRAY[]::text[]", "'{ }'::text[]", "array[]::text[]"}, {"'{a}'", "NULL"}, {}}};
    case 17:
      return {"text[]",
              {{"ARRAY['a','b']", "ARRAY['a','b']::text[]", "array['a'::text, 'b']"},
               {"ARRAY['b','a']"},
               {}}};
    case 18:
      return {"integer[]",
              {{"'{1,2}'", "'{1, 2}'::int[]", "'{ 1,2 }'::integer[]"}, {"'{2,1}'"}, {}}};
    case 19:
      return {"public.mood", {{"'ok'", "'ok'::mood", "'ok'::public.mood"}, {"'sad'"}, {}}};
    case 20:
      return {"uuid",
              {{"gen_random_uuid()", "pg_catalog.gen_random_uuid()", "(gen_random_uuid())"},
               {"'6f9619ff-8b86-d011-b42d-00c04fc964ff'"},
               {}}};
    case 21:
      return {"bigint",
              {{"nextval('numbers')", "nextval('numbers'::regclass)", "nextval('public.numbers')",
                "nextval('public.numbers'::regclass)"},
               {"nextval('digits')", "currval('numbers')"},
               {}}};
    case 22:
      return {"timestamptz",
              {{"now() + $1", "CURRENT_TIMESTAMP + $1", "(now() + $1)"},
               {"now() - $1"},
               {interval_constant(false)}}};
    case 23:
      return {"text", {{"lower($1)", "LOWER(($1))"}, {"upper($1)"}, {text_constant()}}};
    case 24:
      return {"timestamp",
              {{"now() AT TIME ZONE 'utc'", "timezone('utc', now())",
                "(CURRENT_TIMESTAMP AT TIME ZONE 'utc'::text)"},
               {"now()", "LOCALTIMESTAMP"},
               {}}};
    default:
      return {"integer",
              {{"$1 + $2", "($1) + ($2)"},
               {"$1 - $2", "$1"},
               {integer_constant(false), integer_constant(false)}}};
  }
}

std::string ExpressionMaker::written(const WrittenExpression& expression) {
  const std::string& form = one_of(expression.spellings);
  std::string sql;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '$' || i + 1 == form.size() || form[i + 1] < '1' || form[i + 1] > '9' ||
        expression.parts.empty()) {
      sql += form[i];
      continue;
    }
    const Piece& part = expression.parts[static_cast<std::size_t>(form[++i] - '1')];
    std::string inner = written(part);
    bool atom = inner.find_first_of(" -<>=+*/%|~&?@:") == std::string::npos ||
                (inner.front() == '"' && inner.find('"', 1) == inner.size() - 1);
    sql += atom ? inner : "(" + inner + ")";
  }
  return sql;
}

/// With other white space and letter case outside of quotes.
std::string ExpressionMaker::disguised(const std::string& sql) {
  const int letters = number(3);
  std::string shown;
  for (std::size_t i = 0; i < sql.size();) {
    std::size_t end = i + 1;
    if (sql.compare(i, 2, "$$") == 0) {
      end = sql.find("$$", i + 2) + 2;
    } else if (sql[i] == '\'' || sql[i] == '"') {
      bool escapes = i > 0 && (sql[i - 1] == 'E' || sql[i - 1] == 'e');
      while (sql[end] != sql[i]) end += escapes && sql[end] == '\\' ? 2 : 1;
      ++end;
    } else if (sql[i] == ' ') {
      static const char* const kSpaces[] = {" ", "  ", "\n  ", " /* so */ "};
      shown += kSpaces[number(12) == 0 ? 3 : number(3)];
      ++i;
      continue;
    } else if (letters < 2) {
      auto c = static_cast<unsigned char>(sql[i]);
      shown += static_cast<char>(letters == 0 ? std::tolower(c) : std::toupper(c));
      ++i;
      continue;
    }
    shown.append(sql, i, end - i);
    i = end;
  }
  return shown;
}

std::string ExpressionMaker::write(const WrittenExpression& expression) {
  return disguised(written(expression));
}

WrittenExpression ExpressionMaker::mutated(const WrittenExpression& expression) {
  WrittenExpression copy = expression;
  std::vector<WrittenExpression*> open = {&copy}, changeable;
  while (!open.empty()) {
    WrittenExpression* piece = open.back();
    open.pop_back();
    if (!piece->changed.empty()) changeable.push_back(piece);
    for (WrittenExpression& part : piece->parts) open.push_back(&part);
  }
  WrittenExpression& chosen =
      *changeable[static_cast<std::size_t>(number(static_cast<int>(changeable.size())))];
  chosen.spellings = {one_of(chosen.changed)};
  return copy;
}

}  // namespace schemaudit
