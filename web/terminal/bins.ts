// Which bins the site has, as plans: "{A..F}-{01..40}-{1..9}" names those from A-01-1 to F-40-9. Read once a shift; until
// then, and of a site that has told none, any word may be a bin. The server judges again.
import { call } from "../staff/api";

const ranges = /\{([^{}.]+)\.\.([^{}.]+)\}/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function rangeSource(from: string, to: string): string {
  if (/^[A-Z]$/.test(from) && /^[A-Z]$/.test(to)) return `[${from}-${to}]`;
  const words: string[] = [];
  const width = from.length === to.length ? to.length : 0;
  for (let number = Number(from); number <= Number(to); number += 1) {
    words.push(String(number).padStart(width, "0"));
  }
  return `(?:${words.join("|")})`;
}

function patternOf(plan: string): RegExp {
  let source = "";
  let end = 0;
  for (const range of plan.matchAll(ranges)) {
    source += escaped(plan.slice(end, range.index)) + rangeSource(range[1]!, range[2]!);
    end = range.index + range[0].length;
  }
  return new RegExp(`^${source}${escaped(plan.slice(end))}$`);
}

export class BinPlans {
  private readonly patterns: RegExp[];

  constructor(plans: string[]) {
    this.patterns = plans.map(patternOf);
  }

  has(bin: string): boolean {
    return this.patterns.length === 0 || this.patterns.some((pattern) => pattern.test(bin));
  }
}

const known = new Map<string, BinPlans>();

export async function loadBins(site: string): Promise<void> {
  const path = `/api/v1/warehouse/sites/${encodeURIComponent(site)}/bins`;
  const { plans } = await call<{ plans: string[] }>("GET", path);
  known.set(site, new BinPlans(plans));
}

export function hasBin(site: string, bin: string): boolean {
  return known.get(site)?.has(bin) ?? true;
}
