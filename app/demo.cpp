#include "app/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/generate/demo_places.h"
#include "base/error.h"
#include "base/text.h"
#include "runtime/private_files.h"
#include "runtime/system_clock.h"
#include "services/auth/auth.api.h"

namespace bramble {
namespace {

constexpr Duration settle_time = minutes(30);
constexpr std::size_t password_bytes = 12;

std::string mark_of(DemoSize size) {
  switch (size) {
    case DemoSize::places: return "places";
    case DemoSize::small: return "small";
    case DemoSize::medium: return "medium";
    case DemoSize::large: return "large";
  }
  return {};
}

std::string mark_path(const std::string& data_folder) { return data_folder + "/demo-size.txt"; }
std::string logins_path(const std::string& data_folder) { return data_folder + "/demo-logins.txt"; }

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

struct DemoLogin {
  std::string role;
  std::string login;
  std::optional<SiteId> site;
  std::vector<std::string> roles = {};  // where it has more than its own
};

std::vector<DemoLogin> wanted_logins() {
  std::vector<DemoLogin> logins{{"admin", "admin", std::nullopt}, {"support", "support", std::nullopt}};
  for (const auto& site : demo_sites()) {
    auto name = site.site_id.text().substr(5);
    logins.push_back({"warehouse", "warehouse_" + name, site.site_id});
    logins.push_back({"supervisor", "supervisor_" + name, site.site_id, {"supervisor", "warehouse"}});
  }
  return logins;
}

Task<void> make_logins(auth::AuthApi& auth, Call call, std::string path) {
  SystemRandom random;
  std::string lines;
  for (const auto& wanted : wanted_logins()) {
    auto password = to_base64url(random.bytes(password_bytes));
    auto roles = wanted.roles.empty() ? std::vector{wanted.role} : wanted.roles;
    co_await auth.put_staff(call, {wanted.login, password, roles, wanted.site, true});
    auto site = wanted.site ? "  site=" + wanted.site->text() : std::string();
    lines += fmt::format("demo login  role={}{}  login={}  password={}\n", wanted.role, site, wanted.login,
                         password);
  }
  write_private_file(path, lines);
}

using Say = std::function<void(const std::string&)>;

// Says at most so many lines a second, and always the last.
class Progress {
 public:
  Progress(const Clock& clock, const Say& say) : clock_(clock), say_(say) {}

  void tell(const std::string& line, bool last = false) {
    auto now = clock_.now();
    if (!last && now - told_at_ < seconds(1)) return;
    told_at_ = now;
    say_(line);
  }

 private:
  const Clock& clock_;
  const Say& say_;
  Time told_at_;
};

bool has_own_staff(Process& process, const Call& call) {
  auto staff = process.run(process.api<auth::AuthApi>().list_staff(call, {})).items;
  return std::any_of(staff.begin(), staff.end(), [](const auto& one) { return !one.demo; });
}

// Search follows the cards, and what of them is for sale, by a chore of its own.
void wait_until_searchable(Process& process, const Clock& clock, const Call& call, const Say& say) {
  auto until = clock.now() + settle_time;
  Progress progress(clock, say);
  for (;;) {
    auto left = process.run(process.api<catalog::CatalogApi>().count(call, {})).unindexed;
    if (left == 0) return;
    if (clock.now() > until)
      throw Error(ErrorCode::timeout, "demo", "the demo's cards cannot be found by search");
    progress.tell(fmt::format("  search has {} cards to take in", left));
    process.run(pause_us(100'000));
  }
}

}  // namespace

bool has_demo(const std::string& data_folder, DemoSize size) {
  auto made = parse_demo_size(read_file(mark_path(data_folder)));
  return made && cards_in(*made) >= cards_in(size);
}

void check_demo_may_begin(Process& process, const Clock& clock, const std::string& data_folder) {
  if (!has_own_staff(process, system_call("demo", clock.now() + minutes(1)))) return;
  throw Error(ErrorCode::conflict, "data_has_staff",
              "--demo wants a folder of its own: in " + data_folder +
                  " there are accounts of staff that no demo made (another folder: --data)");
}

void make_demo(Process& process, const Clock& clock, const std::string& data_folder, DemoSize size,
               const Say& say) {
  auto call = system_call("demo", clock.now() + days(1));
  DemoTargets targets{process.api<catalog::CatalogApi>(), process.api<pickup::PickupApi>(),
                      process.api<warehouse::WarehouseApi>(), clock};
  say(fmt::format("making demo data: places, and {} cards", cards_in(size)));
  Progress progress(clock, say);
  process.run(generate_demo(size, targets, call, [&](const DemoProgress& done) {
    progress.tell(fmt::format("  {} of {} cards, {} SKUs, {} units, {:.0f} cards/s", done.cards,
                              done.all_cards, done.skus, done.units, done.cards_per_s),
                  done.cards == done.all_cards);
  }));
  if (!std::filesystem::exists(logins_path(data_folder)) && !has_own_staff(process, call)) {
    process.run(make_logins(process.api<auth::AuthApi>(), call, logins_path(data_folder)));
  }
  say("  waiting until all stock is on sale");
  if (!process.settle(settle_time))
    throw Error(ErrorCode::timeout, "demo", "the demo data did not come to rest");
  wait_until_searchable(process, clock, call, say);
  write_private_file(mark_path(data_folder), mark_of(size));
}

std::string demo_logins(const std::string& data_folder) { return read_file(logins_path(data_folder)); }

}  // namespace bramble
