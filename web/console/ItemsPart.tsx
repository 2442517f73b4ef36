// What is in an order, its statuses, and what its buyer was told.
import type { OrderReport } from "./api_types";
import { Amount, Id, Named, Rows, Section, Status, When } from "./components";
import { t } from "./texts";

export function ItemsPart({ report }: { report: OrderReport }) {
  const { units, history } = report.inspection;
  return (
    <>
      <Section title={t("items")}>
        <Rows
          caption={t("items")}
          rows={units}
          keyOf={(unit) => unit.item_id}
          columns={[
            {
              label: t("goods"),
              cell: (unit) => (
                <span class="two-lines">
                  {unit.title}
                  <small>{Object.values(unit.options).join(", ")}</small>
                </span>
              ),
            },
            { label: t("sku"), cell: (unit) => <Id of={unit.sku_id} /> },
            { label: t("status"), cell: (unit) => <Status of={unit.status} group="status" /> },
            { label: t("site"), cell: (unit) => <Named of={unit.site_id ?? ""} names={report.names} /> },
            { label: t("price"), cell: (unit) => <Amount of={unit.price} />, number: true },
            { label: t("item"), cell: (unit) => <Id of={unit.item_id} /> },
          ]}
        />
      </Section>
      <Section title={t("history")}>
        <Rows
          caption={t("history")}
          rows={history}
          keyOf={(step) => String(step.version)}
          columns={[
            { label: t("version"), cell: (step) => step.version },
            { label: t("status"), cell: (step) => <Status of={step.status} group="status" /> },
            { label: t("at"), cell: (step) => <When at={step.at} precise ago /> },
          ]}
        />
      </Section>
      <Section title={t("notices")}>
        <Rows
          caption={t("notices")}
          rows={report.notices}
          keyOf={(notice) => String(notice.seq)}
          columns={[
            { label: t("at"), cell: (notice) => <When at={notice.at} precise /> },
            { label: t("notices"), cell: (notice) => notice.message },
          ]}
        />
      </Section>
    </>
  );
}
