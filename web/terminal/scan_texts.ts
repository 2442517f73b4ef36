// What the terminal says about the result of a scan.
import { showToast } from "./toast";
import { currentLine, type Picking, type ScanResult } from "./picking";
import { leftOf, progressOf, type TaskLine } from "./tasks";
import { leftText, t } from "./texts";

function nameOf(line: TaskLine): string {
  const options = Object.values(line.options).join(", ");
  const name = line.title === "" ? line.barcode : line.title;
  return options === "" ? name : `${name} · ${options}`;
}

// `next` is the state after the scan.
export function announceScan(result: ScanResult, next: Picking): void {
  switch (result.kind) {
    case "bin": {
      const line = currentLine(next);
      return showToast("bin", `${t("rightBin")} ${result.bin}`, line === null ? "" : nameOf(line));
    }
    case "picked":
      return announcePicked(result.line, next);
    case "bin_first":
      return showToast("wrong", t("binFirst"), result.line.bin);
    case "other_bin":
      return showToast("wrong", `${t("otherBin")} ${result.bin}`, nameOf(result.line));
    case "enough":
      return showToast("wrong", t("enough"), nameOf(result.line));
    case "too_many":
      return showToast("wrong", `${t("tooMany")} ${result.left}`, nameOf(result.line));
    case "bin_done":
      return showToast("wrong", t("binDone"), result.bin);
    case "unknown_bin":
      if (result.expected === null) return showToast("wrong", t("unknownBinNone"));
      return showToast("wrong", `${t("unknownBin")} ${result.expected.bin}`);
    case "wrong_goods":
      if (result.expected === null) return showToast("wrong", t("wrongGoodsNone"));
      return showToast("wrong", t("wrongGoods"), nameOf(result.expected));
    case "closed":
      return showToast("wrong", t("closedTask"));
  }
}

function announcePicked(line: TaskLine, next: Picking): void {
  if (progressOf(next.task).left === 0) return showToast("finished", t("doneTask"), t("toPack"));
  const now = next.task.lines.find((other) => other.bin === line.bin && other.barcode === line.barcode);
  const left = now === undefined ? 0 : leftOf(now);
  if (left > 0) return showToast("right", `${t("rightGoods")}: ${leftText(left)}`, nameOf(line));
  const following = currentLine(next);
  const where = following === null ? "" : `→ ${following.bin}`;
  return showToast("right", `${t("doneLine")} ${where}`, nameOf(line));
}
