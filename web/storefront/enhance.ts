// Modules and the elements they take hold of. What is put into the page later is enhanced, too.
type Setup = (element: HTMLElement) => void;

const hooks: [string, Setup, WeakSet<HTMLElement>][] = [];

export function hook(selector: string, setup: (element: never) => void): void {
  hooks.push([selector, setup as Setup, new WeakSet()]);
}

export function enhance(root: ParentNode): void {
  for (const [selector, setup, done] of hooks) {
    for (const element of root.querySelectorAll<HTMLElement>(selector)) {
      if (done.has(element)) continue;
      done.add(element);
      setup(element);
    }
  }
}
