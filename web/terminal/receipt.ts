// The rules of receiving, pure: goods, a bin and a quantity become a receipt, in whichever order they are scanned.
import { isWord, looksLikeBin, sameGoods } from "./codes";
import type { Goods } from "./goods";

export interface Draft {
  goods: Goods | null;
  bin: string;
  quantity: number;
}

export const emptyDraft: Draft = { goods: null, bin: "", quantity: 1 };
export const mostUnits = 100_000;

// What a code is for this draft, before the catalogue is asked.
export type Guess = "bin" | "same_goods" | "goods";

export function guess(draft: Draft, code: string): Guess {
  if (draft.goods !== null && (sameGoods(draft.goods.barcode, code) || draft.goods.sku_id === code)) {
    return "same_goods";
  }
  return looksLikeBin(code) ? "bin" : "goods";
}

// Where the catalogue knows no such goods: bins may have any name.
export function mayBeBin(draft: Draft, code: string): boolean {
  return draft.goods !== null && isWord(code) && !/^\d{6,}$/.test(code) && !code.startsWith("sku_");
}

export function withGoods(draft: Draft, goods: Goods): Draft {
  return { ...draft, goods, quantity: 1 };
}

export function withBin(draft: Draft, bin: string): Draft {
  return { ...draft, bin: bin.toUpperCase() };
}

export function withOneMore(draft: Draft): Draft {
  return { ...draft, quantity: Math.min(draft.quantity + 1, mostUnits) };
}

// The next receipt most often goes to the same bin.
export function afterReceipt(draft: Draft): Draft {
  return { ...emptyDraft, bin: draft.bin };
}
