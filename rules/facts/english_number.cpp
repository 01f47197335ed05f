#include "rules/facts/english_number.h"

#include <algorithm>
#include <iterator>

namespace schemaudit {

namespace {

template <std::size_t n>
bool is_one_of(const std::string_view (&list)[n], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

/// Plurals without an s at their end.
constexpr std::string_view kIrregularPlurals[] = {"people",  "children", "men",      "women",
                                                  "mice",    "feet",     "teeth",    "geese",
                                                  "indices", "criteria", "phenomena"};

/// Words that end in s and are no plural, or have one form for both.
constexpr std::string_view kSingularsInS[] = {
    "news",         "series",  "species", "gas",  "lens",       "canvas", "atlas",    "alias",
    "bias",         "chaos",   "ethos",   "plus", "means",      "sales",  "goods",    "works",
    "headquarters", "sms",     "mms",     "gps",  "dns",        "tls",    "ssl",      "https",
    "css",          "js",      "ios",     "os",   "pos",        "cms",    "aws",      "gcs",
    "sqs",          "sns",     "rds",     "nfs",  "kubernetes", "redis",  "postgres", "rss",
    "vms",          "kms",     "dms",     "lms",  "pms",        "tms",    "wms",      "iris",
    "crossroads",   "outdoors"};

/// Words without a plural, and words that are no nouns.
constexpr std::string_view kWithoutPlural[] = {
    "information", "info",      "equipment",   "staff",     "feedback", "software",
    "hardware",    "music",     "content",     "inventory", "history",  "audit",
    "cache",       "traffic",   "progress",    "knowledge", "research", "evidence",
    "luggage",     "money",     "cash",        "stock",     "usage",    "storage",
    "telemetry",   "metadata",  "access",      "work",      "email",    "mail",
    "spam",        "sheep",     "fish",        "deer",      "aircraft", "police",
    "folk",        "dice",      "furniture",   "insurance", "health",   "weather",
    "advice",      "homework",  "merchandise", "old",       "new",      "tmp",
    "temp",        "raw",       "current",     "latest",    "active",   "archive",
    "backup",      "log",       "queue",       "outbox",    "inbox",    "blacklist",
    "whitelist",   "allowlist", "denylist",    "lookup",    "map",      "join",
    "link",        "xref",      "ref",         "stage",     "all",      "misc",
    "other",       "me",        "us",          "daily",     "weekly",   "monthly",
    "hourly",      "yearly",    "summary",     "total",     "detail",   "ledger",
    "registry",    "catalog",   "state",       "status",    "config",   "configuration",
    "setup",       "support"};

/// Letters alone, and no abbreviation such as `dlq`.
bool is_plain(std::string_view word) {
  return word.size() >= 3 && word.find_first_of("aeiouy") != std::string_view::npos &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

bool is_certainly_plural(std::string_view word) {
  if (is_one_of(kIrregularPlurals, word)) return true;
  if (!is_plain(word) || word.back() != 's' || is_one_of(kSingularsInS, word)) return false;
  // address, status, analysis, statistics
  return !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") &&
         !word.ends_with("ics");
}

bool is_certainly_singular(std::string_view word) {
  if (!is_plain(word) || is_one_of(kIrregularPlurals, word) || is_one_of(kWithoutPlural, word))
    return false;
  // Also where words are run together: transactionhistory.
  for (std::string_view end : {"history", "inventory"})
    if (word.ends_with(end)) return false;
  if (word.ends_with("ss")) return word != "access" && word != "progress";
  // Plurals and singulars in s, Latin and Greek plurals, participles and gerunds.
  for (std::string_view end : {"s", "a", "i", "ae", "ing", "ed", "en", "x", "ware", "age", "ly"})
    if (word.ends_with(end)) return false;
  return true;
}

}  // namespace schemaudit
