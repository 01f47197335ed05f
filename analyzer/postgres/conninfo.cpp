#include "analyzer/postgres/conninfo.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>

#include "analyzer/model/redact.h"
#include "analyzer/postgres/introspect.h"

namespace schemaudit {

namespace {

using Options = std::map<std::string, std::string>;

/// Unset where libpq cannot parse it. libpq's own message quotes the input: never passed on.
std::optional<Options> parsed(const std::string& conninfo) {
  char* message = nullptr;
  PQconninfoOption* list = PQconninfoParse(conninfo.c_str(), &message);
  PQfreemem(message);
  if (!list) return std::nullopt;
  Options options;
  for (PQconninfoOption* option = list; option->keyword; ++option)
    if (option->val) options[option->keyword] = option->val;
  PQconninfoFree(list);
  return options;
}

const std::set<std::string>& known_keywords() {
  static const std::set<std::string> keywords = [] {
    std::set<std::string> names;
    PQconninfoOption* list = PQconndefaults();
    for (PQconninfoOption* option = list; option && option->keyword; ++option)
      names.insert(option->keyword);
    PQconninfoFree(list);
    names.insert("ssl");
    return names;
  }();
  return keywords;
}

}  // namespace

std::string conninfo_value(const std::string& value) {
  std::string text = "'";
  for (char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "'";
}

std::string password_of(const std::string& conninfo) {
  auto options = parsed(conninfo);
  if (options && options->count("password")) return (*options)["password"];
  const char* given = std::getenv("PGPASSWORD");
  return given ? given : "";
}

std::string with_defaults(const std::string& conninfo, int timeout_seconds) {
  Options options = parsed(conninfo).value_or(Options{});
  options.try_emplace("connect_timeout", std::to_string(std::max(timeout_seconds, 2)));
  options.try_emplace("application_name", "schemaudit");
  // A host that is gone is noticed.
  options.try_emplace("keepalives_idle", "20");
  options.try_emplace("keepalives_interval", "10");
  options.try_emplace("keepalives_count", "3");
  options.try_emplace("client_encoding", "UTF8");
  std::string text;
  for (const auto& [keyword, value] : options)
    text += (text.empty() ? "" : " ") + keyword + "=" + conninfo_value(value);
  return text;
}

namespace {

/// From ~/.pgpass, a service file and the like, which are read before the server is spoken to.
std::string password_in_use(const std::string& conninfo) {
  const std::unique_ptr<PGconn, void (*)(PGconn*)> begun(PQconnectStart(conninfo.c_str()),
                                                         PQfinish);
  const char* password = begun ? PQpass(begun.get()) : nullptr;
  return password ? password : "";
}

}  // namespace

std::string without_password(std::string text, const std::string& conninfo,
                             const pg_conn* connection) {
  if (text.empty()) return text;
  const char* known = connection ? PQpass(connection) : nullptr;
  const std::string used = connection ? (known ? known : "") : password_in_use(conninfo);
  for (const std::string& password : {password_of(conninfo), used})
    if (!password.empty())
      for (std::size_t at = 0; (at = text.find(password, at)) != std::string::npos; at += 3)
        text.replace(at, password.size(), "***");
  return redact(text);
}

std::string with_database(const std::string& conninfo, const std::string& database) {
  Options options = parsed(conninfo).value_or(Options{});
  options["dbname"] = database;
  std::string text;
  for (const auto& [keyword, value] : options)
    text += (text.empty() ? "" : " ") + keyword + "=" + conninfo_value(value);
  return text;
}

namespace {

/// What is no such name may be a part of a password.
bool is_parameter_name(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  });
}

}  // namespace

Conninfo understand_url(const std::string& url) {
  Conninfo result;
  std::string text = url;
  std::size_t scheme_end = text.find("://");
  bool is_url = scheme_end != std::string::npos &&
                std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(scheme_end),
                            [](unsigned char c) { return std::isalnum(c) || c == '+'; });
  if (is_url) {
    std::string scheme = text.substr(0, scheme_end);
    std::string driver;
    if (std::size_t plus = scheme.find('+'); plus != std::string::npos) {
      driver = scheme.substr(plus + 1);
      scheme.resize(plus);
    }
    if (scheme != "postgresql" && scheme != "postgres") {
      result.error = "the database URL is not one of PostgreSQL (it begins with " + scheme +
                     "://): write postgresql://user@host/database";
      return result;
    }
    // libpq takes a password that holds an @, a slash or a question mark for something else.
    const std::size_t last_at = text.rfind('@');
    const std::string before_query = text.substr(0, text.find('?'));
    const bool raw = last_at != std::string::npos && last_at > scheme_end &&
                     text.find_first_of("/?#@", scheme_end + 3) < last_at &&
                     (before_query.rfind('@') == std::string::npos ||
                      std::count(before_query.begin(), before_query.end(), '@') > 1 ||
                      text.find_first_of("/#", scheme_end + 3) < before_query.rfind('@'));
    if (raw) {
      result.error =
          "the database URL is malformed: percent-encode @, / and ? in its user and password "
          "(%40, %2F, %3F)";
      return result;
    }
    if (!driver.empty()) result.notes.push_back("driver suffix +" + driver + " dropped");
    text = "postgresql" + text.substr(scheme_end);
    if (std::size_t query = text.find('?'); query != std::string::npos) {
      std::string kept, rest = text.substr(query + 1);
      while (!rest.empty()) {
        std::size_t end = std::min(rest.find('&'), rest.size());
        std::string parameter = rest.substr(0, end);
        rest.erase(0, std::min(end + 1, rest.size()));
        std::string keyword = parameter.substr(0, parameter.find('='));
        if (keyword.empty()) continue;
        if (known_keywords().count(keyword))
          kept += (kept.empty() ? "?" : "&") + parameter;
        else
          result.notes.push_back(
              (is_parameter_name(keyword) ? "parameter " + keyword : std::string("a parameter")) +
              " dropped: libpq does not know it");
      }
      text = text.substr(0, query) + kept;
    }
  } else if (!text.empty() && text.find('=') == std::string::npos) {
    result.error =
        "the database is named by neither a URL nor a conninfo: write "
        "postgresql://user@host/database or host=... dbname=...";
    return result;
  }
  std::optional<Options> options = parsed(text);
  // libpq itself looks at the port only when it connects.
  const std::string port = options && options->count("port") ? (*options)["port"] : "";
  bool port_fits = std::all_of(port.begin(), port.end(),
                               [](unsigned char c) { return std::isdigit(c) || c == ','; });
  if (!options || !port_fits) {
    result.error = is_url ? "the database URL is malformed: percent-encode special characters in "
                            "its user and password, and check its port"
                          : "the conninfo is malformed: write keyword=value pairs such as "
                            "host=db dbname=shop user=app";
    return result;
  }
  result.value = text;
  return result;
}

std::string describe_conninfo(const std::string& conninfo) {
  Conninfo understood = understand_url(conninfo);
  Options options;
  if (understood.value) options = parsed(*understood.value).value_or(Options{});
  auto get = [&](const char* keyword, const char* variable) -> std::string {
    if (options.count(keyword)) return options[keyword];
    const char* value = std::getenv(variable);
    return value ? value : "";
  };
  std::string database = get("dbname", "PGDATABASE"), host = get("host", "PGHOST");
  std::string port = get("port", "PGPORT"), user = get("user", "PGUSER");
  std::string text = "db";
  if (!database.empty()) text += " " + database;
  if (!host.empty()) text += " on " + host + (host[0] == '/' || port.empty() ? "" : ":" + port);
  if (!user.empty()) text += " as " + user;
  return text;
}

}  // namespace schemaudit
