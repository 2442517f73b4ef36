// Every text of the console, in both languages; texts/ has them screen by screen.
import { languageNow } from "../staff/preferences";
import { actions } from "./texts/actions";
import { frame } from "./texts/frame";
import { money } from "./texts/money";
import { order } from "./texts/order";
import { orders } from "./texts/orders";
import { shared } from "./texts/shared";
import { stock } from "./texts/stock";
import { system } from "./texts/system";

const texts = { ...frame, ...shared, ...orders, ...order, ...actions, ...money, ...stock, ...system };

export type TextKey = keyof typeof texts;

export function t(key: TextKey): string {
  return texts[key][languageNow() === "en" ? 1 : 0];
}
