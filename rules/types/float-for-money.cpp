#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/name_words.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule float_for_money;

namespace {

using Words = std::vector<std::string>;

template <std::size_t n>
bool is_one_of(const std::string_view (&list)[n], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

/// Words for sums of money, and for nothing else.
constexpr std::string_view kMoney[] = {"price",    "salary",  "wage",   "fee",
                                       "subtotal", "revenue", "payout", "refund"};
/// Words for quantities, which mean money where something else speaks of it.
constexpr std::string_view kQuantities[] = {"amount", "cost", "total", "balance",  "charge",
                                            "due",    "paid", "tax",   "discount", "budget"};
constexpr std::string_view kCurrencies[] = {"usd", "eur",   "gbp",     "jpy",
                                            "chf", "cents", "dollars", "euros"};
/// Words that make a quantity one of money.
constexpr std::string_view kTrade[] = {
    "price",     "prices",       "payment",       "payments", "invoice",  "invoices", "billing",
    "bill",      "bills",        "order",         "orders",   "refund",   "refunds",  "payout",
    "payouts",   "tax",          "taxes",         "wallet",   "wallets",  "checkout", "purchase",
    "purchases", "sale",         "sales",         "expense",  "expenses", "loan",     "loans",
    "donation",  "donations",    "fee",           "fees",     "salary",   "salaries", "wage",
    "currency",  "subscription", "subscriptions", "ledger",   "payroll",  "quote",    "quotes"};

bool speaks_of_trade(const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return is_one_of(kTrade, word); });
}

bool has_currency(const Relation& relation) {
  return std::any_of(relation.columns.begin(), relation.columns.end(), [](const Column& column) {
    const Words words = words_of(column.name);
    return std::find(words.begin(), words.end(), "currency") != words.end();
  });
}

bool is_named_like_money(const Relation& relation, const Column& column) {
  Words words = words_of(column.name);
  bool has_unit = words.size() > 1 && is_one_of(kCurrencies, words.back());
  if (has_unit) words.pop_back();
  if (words.empty()) return false;
  if (is_one_of(kMoney, words.back())) return true;
  if (!is_one_of(kQuantities, words.back())) return false;
  if (has_unit || has_currency(relation)) return true;
  words.pop_back();
  return speaks_of_trade(words) || speaks_of_trade(words_of(relation.name.name));
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    for (const Column& column : relation.columns) {
      if (column.inherited) continue;
      ++outcome.checked;
      if (!is_float(base_type(context.schema, column)) || !is_named_like_money(relation, column))
        continue;
      Finding finding =
          start_finding(context, float_for_money.info, object_of(relation, column), column.origin);
      finding.message = name_of(relation, column) + " holds money as " + column.type->normal +
                        ", which cannot hold most amounts exactly.";
      finding.evidence.of(context.role) = quote_identifier(column.name) + " " + column.type->normal;
      outcome.suspicions.push_back({std::move(finding)});
    }
  }
  return outcome;
}

}  // namespace

const Rule float_for_money{
    {.id = "float-for-money",
     .severity = Severity::medium,
     .category = "types",
     .summary = "An amount of money in a column of type real or double precision.",
     .docs = R"md(## What it does
Looks for columns of type `real` or `double precision` whose name ends in a word for money (`price`,
`fee`, `salary`, `revenue`, `subtotal` and the like, a currency after them as in `price_usd` left away),
and asks once whether they should be numeric. Words for any quantity (`amount`, `cost`, `total`, `balance`) count where the table has a currency
column, or the name of the column or the table speaks of trade: `tax_amount`, `orders.total`.

## Why it matters
Binary fractions hold `0.1` only nearly: as `double precision`, `0.1 + 0.2 = 0.3` is false, and ten
times `0.1` add up to `0.9999999999999999`. Sums depend on the order of the rows, and books do not
balance.

## Example
```sql
CREATE TABLE products (id bigint PRIMARY KEY, unit_price double precision NOT NULL);
```

## Use instead
```sql
CREATE TABLE products (id bigint PRIMARY KEY, unit_price numeric(12, 2) NOT NULL);
```

## Limits
Names are read as English. `price_score` and `cost_ratio` are scores and ratios, not money. Estimates,
averages and forecasts may be floats.
)md",
     .question = {"column is named like money, and is a float. Should it be numeric?",
                  "columns are named like money, and are floats. Should they be numeric?",
                  "# yes: report each of them\n"
                  "[rules.float-for-money]\n"
                  "severity = \"medium\"\n"
                  "# no: do not ask again\n"
                  "# [rules.float-for-money]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
