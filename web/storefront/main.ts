// What every page of the storefront runs: each module takes hold of the elements that its attribute marks.
// Every page works without it.
import "./storefront.css";
import { registerWorker } from "../worker/page_side";
import { addToCart } from "./add_to_cart";
import { cartForm } from "./cart_form";
import { countDown, resendLater } from "./countdown";
import { openDialog } from "./dialog";
import { enhance, hook } from "./enhance";
import { autoSubmit, filterSheet } from "./filters";
import { gallery } from "./gallery";
import { watchConnection } from "./offline";
import { sendOnce } from "./once";
import { keepCurrent } from "./kept_page";
import { localClock } from "./local_time";
import { liveOrders } from "./order_live";
import { payForm } from "./pay_form";
import { share } from "./share";
import { stepper } from "./stepper";
import { suggest } from "./suggest";
import { swapForm, swapLink } from "./swap";
import { themeForm } from "./theme";
import { toast } from "./toast";
import { words } from "./words";

document.documentElement.classList.add("has-script");

hook("form[data-suggest]", suggest);
hook("form[data-add-to-cart]", addToCart);
hook("form[data-cart-form]", cartForm);
hook("[data-stepper]", stepper);
hook("form[data-pay-form]", payForm);
hook("[data-gallery]", gallery);
hook("[data-share]", share);
hook("[data-filters]", filterSheet);
hook("form[data-auto-submit]", autoSubmit);
hook("a[data-swap]", swapLink);
hook("form[data-swap]", swapForm);
hook("[data-open-dialog]", openDialog);
hook("form[data-theme-form]", themeForm);
hook("[data-pay-until]", countDown);
hook("[data-resend-in]", resendLater);
hook("time[data-clock]", localClock);
// Rarely needed, so fetched when it is. What cannot be fetched any more (this page is older than the server)
// is not offered.
const withPoints = (use: (module: typeof import("./points"), element: HTMLElement) => void) => {
  return (element: HTMLElement): void => {
    import("./points").then(
      (module) => use(module, element),
      () => (element.hidden = true),
    );
  };
};
hook(
  "[data-point-map]",
  withPoints(({ pointMap }, map) => pointMap(map)),
);
hook(
  "[data-near-me]",
  withPoints(({ nearMe }, button) => nearMe(button)),
);

enhance(document);
sendOnce();
keepCurrent();
liveOrders();
watchConnection();
registerWorker({
  script: "/sw.js",
  scope: "/",
  offer: (takeOver) => toast(words.update, { stays: true, action: { text: words.reload, run: takeOver } }),
});
