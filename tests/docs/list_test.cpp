#include <gtest/gtest.h>

#include "tests/docs/reading.h"

namespace schemaudit {
namespace {

TEST(List, OfColumnsUnderTheTablesNameIsComplete) {
  SourceResult read = read_document_text(R"(## order_items

- `id (integer primary key)`
- `order_id -> orders.id`
- `status_id`: `BIGINT`, nullable, foreign key.
- qty NOT NULL (how many)
- `price`: numeric(10,2), not null, default 0
- `changed`: Timestamp of the last change
- `first_name`, `last_name`: varchar(100)
)");
  EXPECT_EQ(tables_in_words(read),
            "order_items table CP-F-- :3\n"
            "  id integer not null :3\n"
            "  order_id ? :4\n"
            "  status_id bigint null :5\n"
            "  qty ? not null :6\n"
            "  price numeric(10,2) not null default 0 :7\n"
            "  changed ? \"Timestamp of the last change\" :8\n"
            "  first_name character varying(100) :9\n"
            "  last_name character varying(100) :9\n"
            "  primary key (id)\n"
            "  foreign key (order_id) to orders(id)\n");
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(List, AttributesMayStandBehindTheParenthesisOfTheType) {
  SourceResult read = read_document_text(R"(## people

- **a** (text) - unique, not null
- **b** (text): unique, required
- **c** (text, optional)
- **d** (text) - required, the name
- e: text – unique, required
- f: text, required
- h (text) - unique within a team, optional for guests
)");
  EXPECT_EQ(tables_in_words(read),
            "people table C-U--- :3\n"
            "  a text not null :3\n  b text not null :4\n  c text null :5\n"
            "  d text not null :6\n  e text not null :7\n  f text not null :8\n"
            "  h text :9\n"
            "  unique (a)\n  unique (b)\n  unique (e)\n");
}

TEST(List, WordsWithAConditionHoldOfSomeRowsOnly) {
  SourceResult read = read_document_text(R"(## people

- a (text) - mandatory, if no email is given
- b (text) - unique, per team
- c (bigint) - optional, filled by a trigger
- d (integer) - optional, default 20
- e (integer, optional, default 20)
- f (text) - unique, only lower case
- g (text) - unique, required, if no email is given
)");
  EXPECT_EQ(tables_in_words(read),
            "people table C-U--- :3\n"
            "  a text :3\n  b text :4\n  c bigint :5\n  d integer default 20 :6\n"
            "  e integer default 20 :7\n  f text :8\n  g text :9\n"
            "  unique (f)\n  unique (g)\n");
}

TEST(List, WithOtherBulletsClaimsOnlyWhatItSays) {
  SourceResult read = read_document_text(
      "## order_items\n\n- `id`: bigint, PK\n- UNIQUE (id, qty)\n- Rows are never deleted\n");
  EXPECT_EQ(tables_in_words(read),
            "order_items table ------ :3\n  id bigint not null :3\n  primary key (id)\n"
            "  unique (id, qty)\n");
}

TEST(List, UnderNumberedNamesIsPartial) {
  SourceResult read = read_document_text(R"(## Database summary

**3 Tables Created:**

1. **Invoice** - what is owed
   - owner_id NOT NULL (one tenant)
   - lines, totals (JSONB)
   - is_paid, is_sent (gates)
   - @updatedAt for freshness

2. **InvoiceEvent** - the log
   - trace_id (UUID) for tracing
   - event_type (made, sent, etc.)
   - Status: queued, running, failed
   - Stage: for the progress bar

3. **InvoiceCounter** - numbers
   - PRIMARY KEY (invoice_id, kind)
   - Idempotency: UNIQUE (owner_id, key)
   - next_number: counted up

**Key features:**
- Owner isolation everywhere
- Numbers without gaps (InvoiceCounter)
)");
  EXPECT_EQ(tables_in_words(read),
            "\"Invoice\" table ------ :5\n"
            "  owner_id ? not null :6\n"
            "  lines jsonb :7\n"
            "  totals jsonb :7\n"
            "  is_paid ? :8\n"
            "  is_sent ? :8\n"
            "\"InvoiceCounter\" table ------ :17\n"
            "  next_number ? \"counted up\" :20\n"
            "  primary key (invoice_id, kind)\n"
            "  unique (owner_id, key)\n"
            "\"InvoiceEvent\" table ------ :11\n"
            "  trace_id uuid :12\n"
            "  event_type ? \"made, sent, etc.\" :13\n"
            "  status ? values queued running failed \"queued, running, failed\" :14\n");
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(List, OfFieldsBelowSqlExplainsAndMayContradict) {
  SourceResult read = read_document_text(R"(### 3.1 parcels

```sql
CREATE TABLE parcels (
    id uuid PRIMARY KEY,
    weight integer NOT NULL,
    depot_id uuid REFERENCES depots(id) ON DELETE SET NULL,
    state varchar(20) NOT NULL
);
CREATE TABLE depots (id uuid PRIMARY KEY);
```

**Fields:**
- `id`: UUID primary key
- `weight`: Required, in grams
- `depot_id`: FK to depots (nullable, SET NULL on delete)
- `state`: Enum: new, sent, lost
- `colour`: Paint of the box

**Constraints:**
- `state` CHECK constraint (valid values)
- `weight` CHECK (weight > 0)
- `UNIQUE (id)` - once more
)");
  EXPECT_EQ(in_words(*read.schema.find_relation({"", "parcels"})),
            "parcels table CPUFK- :4\n"
            "  id uuid not null no default :5\n"
            "  weight integer not null no default \"Required, in grams\" :6\n"
            "  depot_id uuid null no default :7\n"
            "  state character varying(20) not null no default values new sent lost "
            "\"Enum: new, sent, lost\" :8\n"
            "  primary key (id)\n"
            "  foreign key (depot_id) to depots(id) on delete SET NULL\n");
  EXPECT_EQ(problems_in_words(read),
            "unknown_reference 7:19\ncontradiction 18:3\ncontradiction 22:3\n");
}

TEST(List, OfOtherThingsIsNoSchema) {
  SourceResult read = read_document_text(R"(# Plan

## 1. Hard rules

1. **Isolation**
   - All tables have the prefix `x_`
   - owner_id is required everywhere

2. **Read-Only**
   - No writes

### Step 1 - Create tables
- `x_signal`
- `x_budget`

### `x_signal`

**Rules**
- `score` is bounded to [0,1]
- `expires_at` is advisory

Expected:
- `enabled = false`
- `percent = 0`

### Standard Columns
All tables include:
- `id UUID PRIMARY KEY DEFAULT gen_random_uuid()`

### Connection pool
- `pool_size=10` - connections
- `max_overflow=20` - peak

### Files
- `base.py` - the base
- `models/user.py` - User

### Tables (2)
- users (main entity)
- orders, order_items

### Settings
- `theme`: the colours
- `language`: of the user
)");
  EXPECT_EQ(tables_in_words(read), "");
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(ColumnList, ValuesTakeNothingFromTheWordsBeforeThem) {
  SourceResult read = read_document_text(
      "# orders\n\n- `id`: uuid, primary key\n"
      "- `status`: text, NOT NULL, default 'open', one of 'open', 'paid', 'sent'\n");
  ASSERT_EQ(read.schema.relations.size(), 1u);
  const Column& status = read.schema.relations[0].columns.at(1);
  ASSERT_TRUE(status.type);
  EXPECT_EQ(status.type->normal, "text");
  EXPECT_EQ(status.nullable, false);
  EXPECT_EQ(status.documented_values, (std::vector<std::string>{"open", "paid", "sent"}));
}

TEST(List, UnderBareNamesIsOfTablesWhereTheHeadingSaysSo) {
  const std::string lists =
      "- users\n  - id: bigint, PK\n  - email: text\n- orders:\n  - id (uuid)\n  - total numeric\n"
      "- notes\n  - kept for a year\n";
  EXPECT_EQ(tables_in_words(read_document_text("# Database schema\n\n" + lists)),
            "orders table ------ :6\n  id uuid :7\n  total numeric :8\n"
            "users table ------ :3\n  id bigint not null :4\n  email text :5\n"
            "  primary key (id)\n");
  EXPECT_EQ(tables_in_words(read_document_text("# Requests\n\n" + lists)), "");
}

}  // namespace
}  // namespace schemaudit
