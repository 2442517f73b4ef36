#include "gateways/storefront/account/account_pages.h"

#include "base/phone/phone.h"

namespace bramble::storefront {

std::vector<edge::Route> AccountPages::routes(const pages::Site& site) {
  return {
      site.get("page_account", "/account", edge::Auth::buyer, pages::handler(*this, &AccountPages::show))};
}

Task<pages::Answer> AccountPages::show(pages::PageRequest& request) {
  UserId buyer(request.http.call.caller.id);
  auto person = co_await auth_.get_person(request.http.call, {buyer});
  request.http.headers.add("Cache-Control", "no-store");
  request.view.set("TITLE", request.say("account.title"));
  request.view.show("NOT_INDEXED");
  request.view.set("PHONE_TEXT", phone_text(person.phone));
  co_return pages::PageResult{"account.html"};
}

}  // namespace bramble::storefront
