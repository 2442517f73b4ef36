// What the terminal says to a verdict.
import { tell } from "./band";
import { currentLine, type Picking, type Verdict } from "./picking";
import { leftOf, progressOf, type TaskLine } from "./tasks";
import { leftText, t } from "./texts";

function nameOf(line: TaskLine): string {
  const options = Object.values(line.options).join(", ");
  const name = line.title === "" ? line.barcode : line.title;
  return options === "" ? name : `${name} · ${options}`;
}

// `next` is the state after the verdict.
export function tellVerdict(verdict: Verdict, next: Picking): void {
  switch (verdict.kind) {
    case "bin": {
      const line = currentLine(next);
      return tell("bin", `${t("rightBin")} ${verdict.bin}`, line === null ? "" : nameOf(line));
    }
    case "picked":
      return tellPicked(verdict.line, next);
    case "bin_first":
      return tell("wrong", t("binFirst"), verdict.line.bin);
    case "other_bin":
      return tell("wrong", `${t("otherBin")} ${verdict.bin}`, nameOf(verdict.line));
    case "enough":
      return tell("wrong", t("enough"), nameOf(verdict.line));
    case "too_many":
      return tell("wrong", `${t("tooMany")} ${verdict.left}`, nameOf(verdict.line));
    case "bin_done":
      return tell("wrong", t("binDone"), verdict.bin);
    case "unknown_bin":
      if (verdict.expected === null) return tell("wrong", t("unknownBinNone"));
      return tell("wrong", `${t("unknownBin")} ${verdict.expected.bin}`);
    case "wrong_goods":
      if (verdict.expected === null) return tell("wrong", t("wrongGoodsNone"));
      return tell("wrong", t("wrongGoods"), nameOf(verdict.expected));
    case "closed":
      return tell("wrong", t("closedTask"));
  }
}

function tellPicked(line: TaskLine, next: Picking): void {
  if (progressOf(next.task).left === 0) return tell("finished", t("doneTask"), t("toPack"));
  const now = next.task.lines.find((other) => other.bin === line.bin && other.barcode === line.barcode);
  const left = now === undefined ? 0 : leftOf(now);
  if (left > 0) return tell("right", `${t("rightGoods")}: ${leftText(left)}`, nameOf(line));
  const following = currentLine(next);
  const where = following === null ? "" : `→ ${following.bin}`;
  return tell("right", `${t("doneLine")} ${where}`, nameOf(line));
}
