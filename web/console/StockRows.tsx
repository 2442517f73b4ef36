// Holds and movements in rows, for orders and SKUs alike.
import type { HoldRow, Movement, Names } from "./api_types";
import { Id, Named, Person, Rows, Status, When } from "./components";
import { t } from "./texts";
import { codeText } from "./code_texts";

interface HoldProps {
  holds: HoldRow[];
  withOrder?: boolean;
  names?: Names;
}

export function HoldRows({ holds, withOrder, names = {} }: HoldProps) {
  const order = { label: t("order"), cell: (hold: HoldRow) => <Id of={hold.order_id} /> };
  return (
    <Rows
      caption={t("holds")}
      rows={holds}
      keyOf={(hold) => `${hold.order_id} ${hold.attempt}`}
      columns={[
        ...(withOrder ? [order] : [{ label: t("attemptNumber"), cell: (hold: HoldRow) => hold.attempt }]),
        { label: t("state"), cell: (hold) => <Status of={hold.state} group="hold" /> },
        {
          label: t("placements"),
          cell: (hold) => (
            <ul>
              {hold.placements.map((part) => (
                <li key={part.sku_id + part.site_id}>
                  {part.quantity} × <Named of={part.sku_id} names={names} /> ·{" "}
                  {names[part.site_id] ?? part.site_id}
                </li>
              ))}
            </ul>
          ),
        },
        { label: t("created"), cell: (hold) => <When at={hold.created_at} /> },
        { label: t("heldUntil"), cell: (hold) => <When at={hold.expires_at} /> },
        { label: t("version"), cell: (hold) => hold.version, number: true },
      ]}
    />
  );
}

interface MovementProps {
  movements: Movement[];
  names?: Names;
  ofOneSku?: boolean;
}

export function MovementRows({ movements, names = {}, ofOneSku = false }: MovementProps) {
  const goods = { label: t("goods"), cell: (move: Movement) => <Named of={move.sku_id} names={names} /> };
  return (
    <Rows
      caption={t("movements")}
      rows={movements}
      keyOf={(move) => move.movement_id}
      columns={[
        { label: t("at"), cell: (move) => <When at={move.at} /> },
        { label: t("kind"), cell: (move) => codeText("movement", move.kind) },
        { label: t("quantity"), cell: (move) => move.quantity, number: true },
        { label: t("fromTo"), cell: (move) => codeText("places", move.kind) },
        {
          label: t("site"),
          cell: (move) => (
            <>
              {names[move.site_id] ?? move.site_id} · <span class="bin">{move.bin}</span>
            </>
          ),
        },
        ...(ofOneSku ? [] : [goods]),
        { label: t("document"), cell: (move) => <Id of={move.document} /> },
        { label: t("who"), cell: (move) => <Person of={move.by_whom} names={names} /> },
      ]}
    />
  );
}
