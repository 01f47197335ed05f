#include <gtest/gtest.h>

#include "tests/docs/reading.h"

namespace schemaudit {
namespace {

TEST(PsqlOutput, OfOneTableStatesAllOfIt) {
  SourceResult read = read_document_text(R"(## Widgets

```
                     Table "public.widgets"
  Column  |          Type          | Collation | Nullable |              Default
----------+------------------------+-----------+----------+-------------------------------------
 id       | integer                |           | not null | nextval('widgets_id_seq'::regclass)
 name     | character varying(100) |           | not null |
 owner_id | uuid                   |           |          |
Indexes:
    "widgets_pkey" PRIMARY KEY, btree (id)
    "widgets_live" UNIQUE, btree (name DESC) WHERE owner_id IS NOT NULL
    "widgets_name_key" UNIQUE CONSTRAINT, btree (name)
Check constraints:
    "widgets_name_check" CHECK (name::text <> ''::text)
Foreign-key constraints:
    "widgets_owner_fkey" FOREIGN KEY (owner_id) REFERENCES owners(id) ON DELETE CASCADE
Referenced by:
    TABLE "parts" CONSTRAINT "parts_fkey" FOREIGN KEY (widget_id) REFERENCES widgets(id)
```
)");
  EXPECT_EQ(tables_in_words(read),
            "public.widgets table CPUFKI :4\n"
            "  id integer not null default nextval('widgets_id_seq'::regclass) :7\n"
            "  name character varying(100) not null no default :8\n"
            "  owner_id uuid null no default :9\n"
            "  primary key (id)\n"
            "  unique (name)\n"
            "  foreign key (owner_id) to owners(id) on delete CASCADE\n"
            "  check name::text <> ''::text\n"
            "  index widgets_live btree unique (name desc)\n");
  EXPECT_EQ(rows_in_words(read.documents[0]), "public.widgets psql 3 4 1 complete\n");
}

TEST(PsqlOutput, ListingsStateThatTablesAreThere) {
  SourceResult read = read_document_text(
      "```text\n         List of relations\n Schema | Name  | Type  | Owner\n"
      "--------+-------+-------+-------\n public | actor | table | pg\n public | v     | view  | "
      "pg\n"
      " public | s     | sequence | pg\n(3 rows)\n```\n");
  EXPECT_EQ(tables_in_words(read), "public.actor table ------ :5\npublic.v view ------ :6\n");
}

TEST(PsqlOutput, ResultsOfQueriesAreNoSchema) {
  SourceResult read =
      read_document_text("```\n film_id | rate\n---------+------\n       1 | 4.99\n(1 row)\n```\n");
  EXPECT_EQ(tables_in_words(read), "");
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(MermaidDiagram, StatesTheEntitiesThatHaveAttributes) {
  SourceResult read = read_document_text(R"(```mermaid
erDiagram
    %% who visits
    OWNERS ||--o{ VISITS : makes
    OWNERS ||--o{ IDEAS : has
    OWNERS {
        uuid id PK
        varchar(255) name UK "who it is"
    }
    VISITS { 
        bigint id PK
        uuid owner_id FK
        uuid other_id FK
        string label
    }
```
)");
  EXPECT_EQ(tables_in_words(read),
            "\"OWNERS\" table ------ :6\n"
            "  id uuid not null :7\n"
            "  name character varying(255) \"who it is\" :8\n"
            "  primary key (id)\n"
            "  unique (name)\n"
            "\"VISITS\" table ------ :10\n"
            "  id bigint not null :11\n"
            "  owner_id uuid :12\n"
            "  other_id uuid :13\n"
            "  label ? :14\n"
            "  primary key (id)\n"
            "  foreign key (owner_id) to \"OWNERS\"()\n");
  // IDEAS is drawn, and described nowhere.
  EXPECT_EQ(problems_in_words(read), "unknown_reference 5:1\n");
}

TEST(MermaidDiagram, HasTypesAsPostgresqlWritesThem) {
  SourceResult read = read_document_text(R"(```mermaid
erDiagram
    accounts { bigint id PK
        numeric(12,2) balance
        numeric(12, 2) limit_of "with a blank"
        timestamp with time zone created_at
        timestamp(3) without time zone read_at UK
        double precision rate
        double precision PK
        character varying(20) code UK, FK
        bit varying(8) flags NOT NULL
        text[] tags
        enum('a','b') kind
        string *nick
    }
    accDescr {
        text that is no entity
    }
```
)");
  EXPECT_EQ(tables_in_words(read),
            "accounts table ------ :3\n"
            "  id bigint not null :3\n"
            "  balance numeric(12,2) :4\n"
            "  limit_of numeric(12,2) \"with a blank\" :5\n"
            "  created_at timestamp with time zone :6\n"
            "  read_at timestamp(3) without time zone :7\n"
            "  rate double precision :8\n"
            "  precision double precision not null :9\n"
            "  code character varying(20) :10\n"
            "  flags bit varying(8) not null :11\n"
            "  tags text[] :12\n"
            "  kind ? :13\n"
            "  nick ? not null :14\n"
            "  primary key (id, precision, nick)\n"
            "  unique (read_at)\n"
            "  unique (code)\n");
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(MermaidDiagram, PassesOverClassMarks) {
  SourceResult read = read_document_text(R"(```mermaid
erDiagram
    CUSTOMER:::red {
        bigint id PK
    }
    o[ORDERS]:::very-big,blue {
        bigint id PK
        bigint customer_id FK
    }
    CUSTOMER:::red ||--o{ o:::blue : places
    IDEAS:::red ||--o{ CUSTOMER:::red : has
    classDef red fill:#f00
```
)");
  EXPECT_EQ(tables_in_words(read),
            "\"CUSTOMER\" table ------ :3\n"
            "  id bigint not null :4\n"
            "  primary key (id)\n"
            "o table ------ :6\n"
            "  id bigint not null :7\n"
            "  customer_id bigint :8\n"
            "  primary key (id)\n"
            "  foreign key (customer_id) to \"CUSTOMER\"()\n");
  // IDEAS, which is drawn and has no attributes.
  EXPECT_EQ(problems_in_words(read), "unknown_reference 11:1\n");
}

TEST(MermaidDiagram, TellsWhatItDoesNotUnderstand) {
  SourceResult read = read_document_text(R"(```mermaid
erDiagram
    users {
        bigint id PK
        created_at
        timestamp with time zone
        text email this one is unique
    }
    orders {
        bigint id PK
    }
    [odd] {
        bigint id PK
    }
    users ||--o{ orders : places
    users ||--o{ order-items : "looks at"
    users }o--o{ roles : has
    users ||--o{ roles : had
    ideas ||--o{ thoughts : "are drawn only"
```
)");
  EXPECT_EQ(tables_in_words(read),
            "orders table ------ :9\n  id bigint not null :10\n  primary key (id)\n"
            "users table ------ :3\n  id bigint not null :4\n  primary key (id)\n");
  EXPECT_EQ(problems_in_words(read),
            "unread_schema 5:1\nunread_schema 12:1\nunknown_reference 16:1\n"
            "unknown_reference 17:1\n");
}

TEST(MermaidDiagram, DrawsATableThatAnotherDocumentDescribes) {
  SourceResult read =
      read_documents({{"a.md",
                       "```mermaid\nerDiagram\n    users {\n        bigint id PK\n    }\n"
                       "    ORDER ||--|| users : of\n```\n"},
                      {"b.md", "## orders\n\n| Column | Type |\n|---|---|\n| id | bigint |\n"}});
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(MermaidDiagram, OfAnotherKindIsNoSchema) {
  SourceResult read = read_document_text("```mermaid\nflowchart TD\n  A{ x } --> B\n```\n");
  EXPECT_EQ(tables_in_words(read), "");
}

TEST(Drawing, OfBoxesIsNotRead) {
  SourceResult read =
      read_document_text("```\n┌─────────┐\n│  users  │\n│ PK: id  │\n└─────────┘\n```\n");
  EXPECT_EQ(tables_in_words(read), "");
  EXPECT_EQ(problems_in_words(read), "");
}

}  // namespace
}  // namespace schemaudit
