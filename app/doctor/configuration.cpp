#include "app/doctor/configuration.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <toml++/toml.h>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>

namespace bramble::doctor {
namespace {

constexpr int oldest_postgres = 150'000;  // as libpq numbers versions

std::string text_of(const toml::node& node) {
  if (auto text = node.value<std::string>()) return *text;
  if (auto number = node.value<std::int64_t>()) return std::to_string(*number);
  if (auto flag = node.value<bool>()) return *flag ? "true" : "false";
  return {};
}

void take(Configured& configured, const toml::table& table, const std::string& prefix) {
  for (const auto& [key, node] : table) {
    auto name = prefix + std::string(key.str());
    if (const auto* inner = node.as_table()) {
      take(configured, *inner, name + ".");
    } else {
      configured[name] = text_of(node);
    }
  }
}

void take_environment(Configured& configured, const char* const* variables) {
  constexpr std::string_view prefix = "BRAMBLE_";
  for (; variables != nullptr && *variables != nullptr; ++variables) {
    std::string_view line = *variables;
    auto equals = line.find('=');
    if (!line.starts_with(prefix) || equals == std::string_view::npos) continue;
    std::string name(line.substr(prefix.size(), equals - prefix.size()));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (auto underscore = name.find('_'); underscore != std::string::npos) name[underscore] = '.';
    configured[name] = std::string(line.substr(equals + 1));
  }
}

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string ask(PGconn* connection, const char* question) {
  Result result(PQexec(connection, question), PQclear);
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

void examine_server(Findings& findings, const std::string& key, const std::string& conninfo) {
  auto what = "PostgreSQL (" + key + ")";
  const char* names[] = {"dbname", "connect_timeout", "application_name", nullptr};
  const char* values[] = {conninfo.c_str(), "3", "bramble doctor", nullptr};
  Connection connection(PQconnectdbParams(names, values, 1), PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    findings.push_back(
        {Grade::fail, what, one_line(PQerrorMessage(connection.get())) + "; start it or correct " + key});
    return;
  }
  auto version = PQserverVersion(connection.get());
  auto shown =
      fmt::format("version {}.{}, as {}", version / 10'000, version % 10'000, PQuser(connection.get()));
  if (version < oldest_postgres) {
    findings.push_back({Grade::fail, what, shown + "; 15 or later is needed"});
    return;
  }
  if (ask(connection.get(), "SHOW fsync") != "on" ||
      ask(connection.get(), "SHOW synchronous_commit") == "off") {
    findings.push_back(
        {Grade::fail, what, shown + "; its commits are not durable: set fsync and synchronous_commit to on"});
    return;
  }
  findings.push_back({Grade::ok, what, shown});
}

}  // namespace

Configured read_configuration(Findings& findings, const std::string& path, const char* const* environment) {
  Configured configured;
  if (!path.empty()) {
    try {
      if (access(path.c_str(), R_OK) != 0) {
        findings.push_back({Grade::fail, "configuration", fmt::format("{}: {}", path, std::strerror(errno))});
      } else {
        take(configured, toml::parse_file(path), "");
        findings.push_back({Grade::ok, "configuration", fmt::format("{}: {} keys", path, configured.size())});
      }
    } catch (const toml::parse_error& wrong) {
      findings.push_back(
          {Grade::fail, "configuration",
           fmt::format("{}, line {}: {}", path, wrong.source().begin.line, wrong.description())});
    }
  }
  take_environment(configured, environment);
  return configured;
}

void examine_named_files(Findings& findings, const Configured& configured) {
  for (const auto& [key, value] : configured) {
    bool names_file = key.ends_with("_file") || key.ends_with("certificate") || key.ends_with("private_key");
    if (!names_file || value.empty()) continue;
    if (access(value.c_str(), R_OK) == 0) {
      findings.push_back({Grade::ok, key, value + " can be read"});
    } else {
      findings.push_back({Grade::fail, key, fmt::format("{}: {}", value, std::strerror(errno))});
    }
  }
}

bool is_conninfo(const std::string& key, const std::string& value) {
  if (value.starts_with("postgres://") || value.starts_with("postgresql://")) return true;
  if (key.ends_with("conninfo")) return !value.empty();
  return value.find("dbname=") != std::string::npos || value.starts_with("host=");
}

void examine_postgres(Findings& findings, const Configured& configured) {
  std::set<std::string> seen;
  for (const auto& [key, value] : configured) {
    if (is_conninfo(key, value) && seen.insert(value).second) examine_server(findings, key, value);
  }
}

}  // namespace bramble::doctor
