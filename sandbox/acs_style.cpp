#include "sandbox/acs_style.h"

#include "base/digest.h"
#include "base/text.h"

namespace bramble::sandbox {
namespace {

constexpr std::string_view style = R"css(
:root {
  color-scheme: light dark;
  --ground: #e9eef4; --sheet: #fff; --ink: #10243a; --quiet: #4b5f75; --line: #cfd8e3; --edge: #6d7f94;
  --brand: #0b4f6c; --brand-ink: #fff; --action: #0b5f4c; --action-ink: #fff; --bad: #a3211b; --bad-ground: #fdecea;
  --note: #eef6f2; --focus: #d97706;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0a141e; --sheet: #13222f; --ink: #e6eef5; --quiet: #a5b7c8; --line: #2a3d4f; --edge: #7f93a6;
    --brand: #0d3a50; --brand-ink: #e6f3fa; --action: #57c9a5; --action-ink: #052018; --bad: #ffb4ab;
    --bad-ground: #3b1614; --note: #12302a; --focus: #fbbf24;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; align-items: center;
  background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif;
}
.bank {
  width: 100%; background: var(--brand); color: var(--brand-ink); display: flex; align-items: center;
  justify-content: space-between; gap: 1rem; padding: .75rem max(1rem, 50% - 14rem);
}
.bank__name { display: flex; align-items: center; gap: .625rem; font-weight: 700; font-size: 1.0625rem; white-space: nowrap; }
.bank__secure { display: flex; align-items: center; gap: .375rem; font-size: .8125rem; }
.bank svg { flex: none; width: 1.75rem; height: 1.75rem; }
.bank__secure svg { width: 1rem; height: 1rem; }
main { width: 100%; max-width: 28rem; background: var(--sheet); padding: 1.25rem 1rem 1.5rem; }
@media (min-width: 30rem) {
  main { margin: 2rem 0 1rem; padding: 2rem; border-radius: 1rem; border: 1px solid var(--line); }
}
h1 { margin: 0 0 .25rem; font-size: 1.25rem; line-height: 1.3; }
.amount { margin: .25rem 0 1rem; font-size: 2rem; line-height: 1.2; font-weight: 700; font-variant-numeric: tabular-nums; }
.facts { margin: 0 0 1.25rem; border-top: 1px solid var(--line); }
.facts div { display: flex; justify-content: space-between; gap: 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--quiet); flex: none; }
.facts dd { margin: 0; text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.facts__long { font-size: .8125rem; align-self: center; }
label { display: block; font-weight: 600; margin-bottom: .375rem; }
input {
  width: 100%; min-height: 3.25rem; padding: .25rem 1rem; border: 2px solid var(--edge); border-radius: .625rem;
  background: var(--sheet); color: var(--ink); font: inherit; font-size: 1.5rem; letter-spacing: .35em;
  font-variant-numeric: tabular-nums;
}
input[aria-invalid] { border-color: var(--bad); }
button, .button {
  display: block; width: 100%; min-height: 3rem; margin-top: .75rem; padding: .625rem 1rem; border: 2px solid var(--action);
  border-radius: .625rem; background: var(--action); color: var(--action-ink); font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; cursor: pointer;
}
.quiet { background: transparent; border-color: transparent; color: var(--ink); text-decoration: underline; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.hint { margin: .5rem 0 0; padding: .625rem .75rem; border-radius: .5rem; background: var(--note); font-size: .9375rem; }
.error {
  margin: 0 0 1rem; padding: .625rem .75rem; border-radius: .5rem; border-left: 4px solid var(--bad);
  background: var(--bad-ground); color: var(--bad); font-weight: 600;
}
.code-picture { display: block; width: 11rem; height: 11rem; margin: 0 auto 1rem; padding: .75rem; border-radius: .75rem; background: #fff; border: 1px solid var(--line); }
.sbp-steps { text-align: center; }
input.number { font-size: 1.125rem; letter-spacing: 0; }
.messages { list-style: none; margin: 1.25rem 0 0; padding: 0; }
.message { margin: 0 0 .75rem; padding: .75rem; border-radius: .75rem .75rem .75rem .125rem; background: var(--note); overflow-wrap: anywhere; }
.message p { margin: 0; }
.message time { color: var(--quiet); font-size: .8125rem; }
.message__code { font-size: 1.5rem; letter-spacing: .1em; }
footer { max-width: 28rem; padding: 1rem; color: var(--quiet); font-size: .8125rem; text-align: center; }
@media print { .bank, form { display: none; } }
)css";

}  // namespace

std::string_view acs_style() { return style; }

const std::string& acs_style_path() {
  static const std::string path = "/acs-style/" + to_hex(sha256(style).substr(0, 8)) + ".css";
  return path;
}

}  // namespace bramble::sandbox
