#include "sandbox/payer_form.h"

#include "sandbox/form_fields.h"

namespace bramble::sandbox {

std::optional<PayerAction> read_payer_form(const HttpRequest& request) {
  auto given = form_fields(request);
  if (!given) return std::nullopt;
  auto& fields = *given;
  auto cancel = fields.find("cancel");
  if (cancel != fields.end() && cancel->second == "1") return PayerAction{.cancel = true};
  auto code = fields.find("code");
  if (code != fields.end() && !code->second.empty()) return PayerAction{.code = code->second};
  auto confirm = fields.find("confirm");
  if (confirm != fields.end() && confirm->second == "1") return PayerAction{};
  return std::nullopt;
}

}  // namespace bramble::sandbox
