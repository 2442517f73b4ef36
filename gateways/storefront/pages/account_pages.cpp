// The account: who is signed in, and the choices that this browser keeps.
#include "base/phone/phone.h"
#include "gateways/storefront/pages/buying_pages.h"

namespace bramble::storefront {

Task<pages::Answer> BuyingPages::show_account(Visit& visit) {
  UserId buyer(visit.http.call.caller.id);
  auto person = co_await services_.auth.get_person(visit.http.call, {buyer});
  visit.http.headers.add("Cache-Control", "no-store");
  visit.view.set("TITLE", visit.say("account.title"));
  visit.view.show("NOT_INDEXED");
  visit.view.set("PHONE_TEXT", phone_text(person.phone));
  co_return pages::Show{"account.html"};
}

}  // namespace bramble::storefront
