// An order's goods: what held them, who picked them, how they moved.
import type { OrderReport, Names, ShortRow, TaskWork } from "./api_types";
import { Id, Named, Person, Rows, Section, Status, When } from "./components";
import { HoldRows, MovementRows } from "./StockRows";
import { t } from "./texts";
import { codeText } from "./code_texts";

function TaskPanel({ work, names }: { work: TaskWork; names: Names }) {
  const { task, scans } = work;
  const goods = new Map(task.lines.map((line) => [line.barcode, names[line.sku_id]]));
  return (
    <div class="panel stack">
      <p class="order-flags">
        <Status of={task.status} group="task" /> <strong>{names[task.site_id] ?? task.site_id}</strong>{" "}
        <Id of={task.task_id} />
        {task.package_barcode !== undefined && (
          <span>
            {t("package")}: <Id of={task.package_barcode} whole />
          </span>
        )}
        <When at={task.created_at} ago />
      </p>
      <Rows
        caption={t("line")}
        rows={task.lines}
        keyOf={(line) => line.sku_id + line.bin}
        columns={[
          { label: t("goods"), cell: (line) => <Named of={line.sku_id} names={names} /> },
          { label: t("bin"), cell: (line) => line.bin },
          {
            label: t("picked"),
            cell: (line) =>
              `${line.picked} / ${line.quantity}${line.missing > 0 ? ` (−${line.missing})` : ""}`,
            number: true,
          },
        ]}
      />
      {scans.length > 0 && (
        <Rows
          caption={t("scans")}
          hideCaption={false}
          rows={scans}
          keyOf={(scan) => scan.scan_id}
          columns={[
            { label: t("at"), cell: (scan) => <When at={scan.at} precise /> },
            {
              label: t("goods"),
              cell: (scan) => `${scan.quantity} × ${goods.get(scan.barcode) ?? scan.barcode}`,
            },
            { label: t("bin"), cell: (scan) => scan.bin },
            { label: t("who"), cell: (scan) => <Person of={scan.by_whom} names={names} /> },
          ]}
        />
      )}
    </div>
  );
}

function Shorts({ shorts, names }: { shorts: ShortRow[]; names: Names }) {
  return (
    <Section title={t("shorts")}>
      <Rows
        caption={t("shorts")}
        rows={shorts}
        keyOf={(gap) => gap.short_id}
        columns={[
          { label: t("at"), cell: (gap) => <When at={gap.at} precise /> },
          { label: t("goods"), cell: (gap) => <Named of={gap.sku_id} names={names} /> },
          { label: t("bin"), cell: (gap) => gap.bin },
          { label: t("quantity"), cell: (gap) => gap.quantity, number: true },
          { label: t("reason"), cell: (gap) => codeText("reason", gap.reason) },
          {
            label: t("state"),
            cell: (gap) => (gap.decided ? t("decided") : <strong>{t("undecided")}</strong>),
          },
          { label: t("who"), cell: (gap) => <Person of={gap.by_whom} names={names} /> },
        ]}
      />
    </Section>
  );
}

export function GoodsPart({ report }: { report: OrderReport }) {
  const { work, holds } = report;
  return (
    <>
      <Section title={t("holds")}>
        <HoldRows holds={holds} names={report.names} />
      </Section>
      <Section title={t("tasks")}>
        {!work.known && work.tasks.length === 0 && <p class="quiet">{t("warehouseUnknown")}</p>}
        {work.tasks.map((one) => (
          <TaskPanel key={one.task.task_id} work={one} names={report.names} />
        ))}
      </Section>
      {work.shorts.length > 0 && <Shorts shorts={work.shorts} names={report.names} />}
      <Section title={t("movements")}>
        <MovementRows movements={work.movements} names={report.names} />
      </Section>
    </>
  );
}
