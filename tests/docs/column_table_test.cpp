#include <gtest/gtest.h>

#include "analyzer/sql/normal_form.h"
#include "schema_docs/column_words.h"
#include "tests/docs/reading.h"

namespace schemaudit {
namespace {

TEST(ColumnTable, IsReadInAnyOrderOfItsColumns) {
  SourceResult read = read_document_text(R"(# Shop

## `customers`

| Description | Null | Column | Default | Type |
|---|---|---|---|---|
| the key | no | id | gen_random_uuid() | uuid PK |
| log-in name | NO | email | | text unique |
| | yes | age | | int nullable |
| One of: free, plus, pro | ✗ | plan | 'free' | varchar(20) |
| who brought them | ✓ | referrer_id | | uuid FK -> customers.id |
)");
  EXPECT_EQ(tables_in_words(read),
            "customers table CPUF-- :5\n"
            "  id uuid not null default gen_random_uuid() \"the key\" :7\n"
            "  email text not null \"log-in name\" :8\n"
            "  age integer null :9\n"
            "  plan character varying(20) not null default 'free' values free plus pro "
            "\"One of: free, plus, pro\" :10\n"
            "  referrer_id uuid null \"who brought them\" :11\n"
            "  primary key (id)\n"
            "  unique (email)\n"
            "  foreign key (referrer_id) to customers(id)\n");
  EXPECT_EQ(problems_in_words(read), "");
  EXPECT_EQ(rows_in_words(read.documents[0]), "customers column table 5 3 0 complete\n");
  EXPECT_TRUE(read.schema.relations[0].columns[0].type->loose);
}

TEST(ColumnTable, IsReadInOtherLanguages) {
  const std::string wanted =
      "orders table CP-F-- :3\n"
      "  id bigint not null \"x\" :5\n"
      "  customer_id uuid not null \"y\" :6\n"
      "  primary key (id)\n"
      "  foreign key (customer_id) to customers(id)\n";
  for (const std::string header : {"| 列 | 型 | 制約 | 説明 |", "| 字段 | 类型 | 约束 | 说明 |",
                                   "| カラム | 型 | 制約 | 備考 |"})
    EXPECT_EQ(tables_in_words(
                  read_document_text("## orders\n\n" + header +
                                     "\n|--|--|--|--|\n| id | bigint | PK | x |\n"
                                     "| customer_id | uuid | NOT NULL, FK(customers.id) | y |\n")),
              wanted)
        << header;
}

TEST(ColumnTable, AForeignKeyMayPointWithoutAnArrow) {
  SourceResult read = read_document_text(
      "# orders\n\n| Column | Type | Constraints |\n|---|---|---|\n"
      "| customer_id | bigint | NOT NULL, FK customers(id) ON DELETE CASCADE |\n"
      "| depot_id | bigint | foreign key depots.id |\n| note_id | bigint | FK optional |\n");
  EXPECT_EQ(tables_in_words(read),
            "orders table C--F-- :3\n  customer_id bigint not null :5\n  depot_id bigint :6\n"
            "  note_id bigint :7\n"
            "  foreign key (customer_id) to customers(id) on delete CASCADE\n"
            "  foreign key (depot_id) to depots(id)\n");
}

TEST(ColumnTable, AnActionIsOfTheReferenceWhereverItStands) {
  SourceResult read = read_document_text(
      "# orders\n\n| Column | Type | Notes | Key |\n|---|---|---|---|\n"
      "| a_id | bigint FK -> a.id | ON DELETE CASCADE | |\n"
      "| b_id | bigint | on delete set null | FK -> b.id |\n"
      "| c_id | bigint | FK -> c.id (ON DELETE RESTRICT) | |\n"
      "| d_id | bigint FK -> d.id | cascade delete of its lines | |\n"
      "| e_id | bigint | ON DELETE CASCADE | |\n");
  EXPECT_EQ(tables_in_words(read),
            "orders table C--F-- :3\n  a_id bigint \"ON DELETE CASCADE\" :5\n"
            "  b_id bigint \"on delete set null\" :6\n"
            "  c_id bigint \"FK -> c.id (ON DELETE RESTRICT)\" :7\n"
            "  d_id bigint \"cascade delete of its lines\" :8\n"
            "  e_id bigint \"ON DELETE CASCADE\" :9\n"
            "  foreign key (a_id) to a(id) on delete CASCADE\n"
            "  foreign key (b_id) to b(id) on delete SET NULL\n"
            "  foreign key (c_id) to c(id) on delete RESTRICT\n"
            "  foreign key (d_id) to d(id)\n");
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(ColumnTable, RequiredAndOptionalSpeakOfNullAmongAttributes) {
  SourceResult read = read_document_text(
      "# people\n\n| Column | Type | Attributes | Required | Description |\n|---|---|---|---|---|\n"
      "| a | text | required | | |\n| b | text | Optional | | |\n| c | text | | mandatory | |\n"
      "| d | text, required | | | |\n| e | text optional | | | |\n"
      "| f | text | | | default 'x', required |\n| g | text | | | cannot be null |\n"
      "| h | text | | | must not be null by law |\n| i | text | | | Required |\n"
      "| j | text | | | Optional. |\n| k | text required for staff | | | optional, the name |\n"
      "| l | text | NOT NULL, optional | no | |\n| m | text | | optional | |\n");
  EXPECT_EQ(tables_in_words(read),
            "people table C----- :3\n  a text not null :5\n  b text null :6\n"
            "  c text not null :7\n  d text not null :8\n  e text null :9\n"
            "  f text not null default 'x' \"default 'x', required\" :10\n"
            "  g text not null \"cannot be null\" :11\n"
            "  h text \"must not be null by law\" :12\n  i text \"Required\" :13\n"
            "  j text \"Optional.\" :14\n  k text \"optional, the name\" :15\n"
            "  l text not null :16\n  m text :17\n");
}

/// Common types are read without PostgreSQL's parser, and mean what it says.
TEST(ColumnTable, TypesMeanWhatPostgresqlSaysTheyMean) {
  for (const char* text : {"varchar(255)",
                           "VARCHAR (255)",
                           "character varying(1)",
                           "varchar(007)",
                           "varchar(255)[]",
                           "numeric(12,2)",
                           "numeric( 12 , 2 )",
                           "decimal(10,0)",
                           "decimal(10, 4)",
                           "numeric(10)",
                           "numeric(2,4)",
                           "char(5)",
                           "timestamp with time zone",
                           "TIMESTAMP WITHOUT TIME ZONE",
                           "time with time zone",
                           "timestamp(3) with time zone",
                           "double precision",
                           "double",
                           "varchar",
                           "numeric",
                           "bit varying(8)",
                           "timestamptz[]"}) {
    const std::optional<Type> read = read_plain_type(text);
    const std::optional<Type> parsed =
        normalise_type(std::string_view(text) == "double" ? "double precision" : text);
    ASSERT_TRUE(read && parsed) << text;
    EXPECT_EQ(read->normal, parsed->normal) << text;
    EXPECT_EQ(read->text, text);
  }
}

/// Who may leave a column out may find it filled.
TEST(ColumnTable, OptionalIsNotNullableWhereADefaultFillsTheColumn) {
  SourceResult read = read_document_text(
      "# people\n\n| Column | Type | Constraints | Null | Default | Notes |\n"
      "|---|---|---|---|---|---|\n"
      "| a | int | | no | 20 | Optional. Defaults to 20. |\n"
      "| b | int | | | | Optional, defaults to 20 |\n"
      "| c | int | Optional | | 20 | |\n"
      "| d | timestamptz | optional, default now() | | | |\n"
      "| e | text | Required, when no phone is given | | | |\n"
      "| f | text | unique, per team | | | |\n"
      "| g | int optional | | | 20 | |\n");
  EXPECT_EQ(tables_in_words(read),
            "people table C----- :3\n"
            "  a integer not null default 20 \"Optional. Defaults to 20.\" :5\n"
            "  b integer default 20 \"Optional, defaults to 20\" :6\n"
            "  c integer default 20 :7\n"
            "  d timestamp with time zone default now() :8\n"
            "  e text :9\n  f text :10\n  g integer default 20 :11\n");
}

TEST(ColumnTable, ASentenceThatIsAStatementIsReadAsOne) {
  SourceResult read = read_document_text(
      "# people\n\n| Column | Type | Description |\n|---|---|---|\n"
      "| a | text | Unique. The login. |\n| b | text | The login. Must be unique. |\n"
      "| c | bigint | The buyer. References users.id |\n"
      "| d | bigint | References users. On delete cascade. Who it was. |\n"
      "| e | text | The name. Cannot be null. Required. |\n"
      "| f | text | Unique within a team. Text. |\n| g | text | See there, e.g. unique. |\n");
  EXPECT_EQ(tables_in_words(read),
            "people table C-UF-- :3\n  a text \"Unique. The login.\" :5\n"
            "  b text \"The login. Must be unique.\" :6\n"
            "  c bigint \"The buyer. References users.id\" :7\n"
            "  d bigint \"References users. On delete cascade. Who it was.\" :8\n"
            "  e text not null \"The name. Cannot be null. Required.\" :9\n"
            "  f text \"Unique within a team. Text.\" :10\n"
            "  g text \"See there, e.g. unique.\" :11\n"
            "  unique (a)\n  unique (b)\n  foreign key (c) to users(id)\n"
            "  foreign key (d) to users() on delete CASCADE\n");
}

TEST(ColumnTable, TwoReferencesOfOneColumnAddUpOrContradictEachOther) {
  const std::string head =
      "# orders\n\n| Column | Type | Constraints | Notes |\n|---|---|---|---|\n";
  const auto keys = [&](const std::string& cells) {
    SourceResult read = read_document_text(head + "| a_id | bigint | " + cells + " |\n");
    std::string words = tables_in_words(read);
    const std::size_t first = std::min(words.find("  foreign key"), words.size());
    return words.substr(first) + problems_in_words(read);
  };
  EXPECT_EQ(keys("FK -> a | references a(id) on delete cascade"),
            "  foreign key (a_id) to a(id) on delete CASCADE\n");
  EXPECT_EQ(keys("FK a(id) ON DELETE RESTRICT (FK -> a.id ON DELETE CASCADE) | "),
            "  foreign key (a_id) to a(id) on delete RESTRICT\ncontradiction 5:1\n");
  // Which of two it is goes by another column; where no sentence says so, both are meant.
  EXPECT_EQ(keys("FK a.id / FK b.id depending on a_type | "), "");
  EXPECT_EQ(keys("FK a.id / FK b.id | "),
            "  foreign key (a_id) to a(id)\n  foreign key (a_id) to b(id)\n");
  EXPECT_EQ(keys("FK a(id) ON DELETE RESTRICT | references a, on delete cascade"),
            "  foreign key (a_id) to a(id) on delete RESTRICT\ncontradiction 5:1\n");
  EXPECT_EQ(keys("FK -> a.id, FK -> b.id | "),
            "  foreign key (a_id) to a(id)\n  foreign key (a_id) to b(id)\n");
}

TEST(DataDictionary, IsTheColumnsOfEachOfItsTables) {
  SourceResult read = read_document_text(
      "# Data dictionary\n\n| Table | Column | Type | Nullable |\n|---|---|---|---|\n"
      "| customers | id | bigint | no |\n| | name | varchar(50) | no |\n"
      "| crm.places | id | bigint | no |\n| crm.places | zip | text | no |\n"
      "| customers | mail | text | yes |\n");
  EXPECT_EQ(tables_in_words(read),
            "customers table C----- :5\n  id bigint not null :5\n"
            "  name character varying(50) not null :6\n  mail text null :9\n"
            "crm.places table C----- :7\n  id bigint not null :7\n  zip text not null :8\n");
}

/// Those of a table that are listed for a reason are not all that it has.
TEST(DataDictionary, AChoiceOfColumnsIsNotWhole) {
  SourceResult read = read_document_text(
      "# Encrypted columns\n\n| Table | Column | Type |\n|---|---|---|\n"
      "| customers | iban | text |\n| staff | salary | numeric(10,2) |\n");
  EXPECT_EQ(tables_in_words(read),
            "customers table ------ :5\n  iban text :5\nstaff table ------ :6\n"
            "  salary numeric(10,2) :6\n");
}

TEST(ColumnTable, NullInJapanese) {
  SourceResult read = read_document_text(
      "# orders\n\n| カラム名 | データ型 | NULL許可 |\n|---|---|---|\n| id | bigint | NO |\n"
      "| note | text | YES |\n");
  EXPECT_EQ(tables_in_words(read),
            "orders table C----- :3\n  id bigint not null :5\n  note text null :6\n");
}

TEST(ColumnTable, OfAnUnknownLanguageIsReadByItsPlainShape) {
  SourceResult read = read_document_text(
      "## line_items\n\n| Sarake | Tyyppi |\n|---|---|\n| id | bigint |\n| qty | numeric(10,2) "
      "|\n");
  EXPECT_EQ(tables_in_words(read),
            "line_items table C----- :3\n  id bigint :5\n  qty numeric(10,2) :6\n");
}

TEST(ColumnTable, WordsThatAreNoTypeLeaveTheTypeOpen) {
  SourceResult read = read_document_text(
      "## line_items\n\n| Column | Type |\n|---|---|\n| id | bigint |\n| label | string |\n"
      "| made | datetime, not null |\n| extra | json(b) |\n| ref | serial |\n");
  EXPECT_EQ(tables_in_words(read),
            "line_items table C----- :3\n  id bigint :5\n  label ? :6\n  made ? not null :7\n"
            "  extra ? :8\n  ref integer not null default nextval(...) :9\n");
}

TEST(ColumnTable, ReportsAPipeThatSplitsACell) {
  SourceResult read = read_document_text(
      "## jobs\n\n| Column | Type | Note |\n|---|---|---|\n| id | bigint | |\n"
      "| état_id | text | `a` |\n| state | text | `'a' | 'b'` |\n| kind | text | `x \\| y` |\n");
  EXPECT_EQ(problems_in_words(read), "unread_schema 7:1\n");
  ASSERT_EQ(read.problems.size(), 1u);
  EXPECT_EQ(read.problems[0].object.name, "state");
}

TEST(ColumnTable, LinesBelowItStateIndexes) {
  SourceResult read = read_document_text(
      "## postings\n\n| Column | Type |\n|---|---|\n| id | uuid PK |\n| url | text |\n"
      "| jd_tsv | tsvector |\n\nIndexes: GIN on jd_tsv, unique(url).\n");
  EXPECT_EQ(tables_in_words(read),
            "postings table CP---I :3\n  id uuid not null :5\n  url text :6\n"
            "  jd_tsv tsvector :7\n  primary key (id)\n  index - gin (jd_tsv)\n"
            "  index - ? unique (url)\n");
}

TEST(ColumnTable, TheFileNamesTheTableWhereNoHeadingDoes) {
  SourceResult read = read_documents(
      {{"docs/public.invoices.md", "# Overview\n\n| Column | Type |\n|---|---|\n| id | bigint |\n"},
       {"docs/people.md", "| Column | Type |\n|---|---|\n| id | bigint |\n"}});
  EXPECT_EQ(tables_in_words(read),
            "people table C----- :1\n  id bigint :3\npublic.invoices table C----- :3\n"
            "  id bigint :5\n");
}

TEST(ColumnTable, AWordOfDocumentsIsATableWhereItIsCalledOne) {
  SourceResult read = read_document_text(
      "# notes Table\n\n| Column | Type |\n|---|---|\n| id | bigint |\n\n"
      "# Summary Table\n\n| Item | Price |\n|---|---|\n| id | 3 |\n");
  EXPECT_EQ(tables_in_words(read), "notes table C----- :3\n  id bigint :5\n");
}

TEST(ColumnTable, ThatNothingNamesIsReported) {
  SourceResult read = read_document_text(
      "# The shop\n\n## What we store\n\n| Column | Type | Nullable |\n|---|---|---|\n"
      "| id | bigint | no |\n");
  EXPECT_EQ(tables_in_words(read), "");
  EXPECT_EQ(problems_in_words(read), "unread_schema 5:1\n");
}

TEST(ColumnTable, TablesOfOtherThingsAreNoSchema) {
  SourceResult read = read_document_text(R"(# Service

## Configuration

| Name | Type | Default | Description |
|---|---|---|---|
| pool_size | integer | 10 | connections |
| verbose | boolean | false | |

## API

### users

| Parameter | Type | Required | Description |
|---|---|---|---|
| id | uuid | yes | the id |

## Engines

| Name | Postgres | SQLite |
|---|---|---|
| json | yes | no |

## Events

| Event | Condition |
|---|---|
| `cache.hit` | found |

## Names

| Service | Environment | Database |
|---|---|---|
| `pay` | `test` | `pay_test` |
)");
  EXPECT_EQ(tables_in_words(read), "");
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(ColumnTable, AnIndexPageStatesTablesAndTheirColumnCounts) {
  SourceResult read = read_documents(
      {{"README.md",
        "# shop\n\n## Tables\n\n| Name | Columns | Comment | Type |\n|---|---|---|---|\n"
        "| [public.carts](public.carts.md) | 3 | Open carts | BASE TABLE |\n"
        "| [public.gone](public.gone.md) | 1 |  | VIEW |\n"},
       {"public.carts.md",
        "# public.carts\n\n## Columns\n\n"
        "| Name | Type | Default | Nullable | Children | Parents | Comment |\n"
        "|---|---|---|---|---|---|---|\n"
        "| id | bigint | nextval('carts_id_seq'::regclass) | false | [public.x](public.x.md) |  |  "
        "|\n"
        "| owner | varchar(64) |  | true |  |  | Whose |\n\n"
        "## Constraints\n\n| Name | Type | Definition |\n|---|---|---|\n"
        "| carts_owner_check | CHECK | CHECK (((owner)::text <> ''::text)) |\n"
        "| carts_pkey | PRIMARY KEY | PRIMARY KEY (id) |\n\n"
        "## Indexes\n\n| Name | Definition |\n|---|---|\n"
        "| carts_pkey | CREATE UNIQUE INDEX carts_pkey ON public.carts USING btree (id) |\n"
        "| carts_owner | CREATE INDEX carts_owner ON public.carts USING gin (owner) |\n\n"
        "---\n\n> Generated by [tbls](https://github.com/k1LoW/tbls)\n"}});
  EXPECT_EQ(tables_in_words(read),
            "public.carts table CPUFKI :5\n"
            "  id bigint not null default nextval('carts_id_seq'::regclass) :7\n"
            "  owner character varying(64) null no default \"Whose\" :8\n"
            "  primary key (id)\n"
            "  check ((owner)::text <> ''::text)\n"
            "  index carts_owner gin (owner)\n"
            "  index carts_pkey btree unique (id)\n"
            "public.gone view ------ :8\n");
  EXPECT_EQ(problems_in_words(read), "stated_count 7:1\n");
  EXPECT_EQ(rows_in_words(read.documents[1]), "public.carts tbls 2 2 2 complete\n");
  const Relation* carts = read.schema.find_relation({"public", "carts"});
  ASSERT_NE(carts, nullptr);
  EXPECT_EQ(carts->indexes[1].constraint, "carts_pkey");
}

TEST(ColumnTable, InHtmlIsToldAsUnread) {
  const std::string html =
      "<table>\n<!-- <tr> --><tr><th align=left>Column</th><th>Type</th></tr>\n"
      "<tr><td><code>id</code></td><td>bigint</td></tr>\n</table>\n";
  SourceResult read = read_document_text("# users\n\n" + html);
  EXPECT_EQ(tables_in_words(read), "");
  EXPECT_EQ(problems_in_words(read), "unread_schema 3:1\n");
  EXPECT_EQ(problems_in_words(
                read_document_text("# users\n\n<table><tr><th>Name</th><th>Mail</th></tr>"
                                   "<tr><td>Ann</td><td>ann@example.org</td></tr></table>\n")),
            "");
}

}  // namespace
}  // namespace schemaudit
