// A SKU everywhere: the right to sell it, the goods in their bins, what is granted and held, and how it moved.
import { Icon } from "../design/Icon";
import { withQuery } from "../staff/api";
import { go, pathTo } from "./address";
import type { MovementsPage, StockReport } from "./api_types";
import { Copy, Failed, Link, Loading, Missing, Named, Pages, Rows, Section } from "./components";
import { useFetched } from "./fetching";
import { count } from "./format";
import { HoldRows, MovementRows } from "./StockRows";
import { t } from "./texts";

export function Stock() {
  return (
    <>
      <h1>{t("stockTitle")}</h1>
      <p>{t("stockHint")}</p>
      <form
        class="filter-form"
        onSubmit={(event) => {
          event.preventDefault();
          const id = String(new FormData(event.currentTarget).get("sku") ?? "").trim();
          if (id !== "") go(/^sku_\w+$/.test(id) ? pathTo("sku", id) : pathTo("found", "", { q: id }));
        }}
      >
        <label class="field">
          <span class="field__label">{t("skuOrCode")}</span>
          <input
            class="field__input"
            name="sku"
            required
            maxLength={100}
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
          />
        </label>
        <div class="filter-form__buttons">
          <button type="submit" class="button button--primary">
            {t("filter")}
          </button>
        </div>
      </form>
      <Section title={t("movements")}>
        <Movements sku={undefined} query={{}} to={() => pathTo("stock")} />
      </Section>
    </>
  );
}

interface MovementsProps {
  sku: string | undefined;
  query: Record<string, string>;
  to: (before: string | undefined) => string;
}

function Movements({ sku, query, to }: MovementsProps) {
  const { value, failure, again } = useFetched<MovementsPage>(
    withQuery("/api/v1/warehouse/movements", {
      sku_id: sku,
      site: query.site,
      before: query.before,
      limit: 25,
    }),
  );
  if (failure !== undefined && value === undefined) return <Failed failure={failure} again={again} />;
  if (value === undefined) return <Loading />;
  return (
    <>
      <MovementRows movements={value.items} names={value.names} ofOneSku={sku !== undefined} />
      {sku !== undefined && (
        <Pages
          first={query.before === undefined ? undefined : to(undefined)}
          next={value.next === undefined ? undefined : to(value.next)}
        />
      )}
    </>
  );
}

export function Sku({ id, query }: { id: string; query: Record<string, string> }) {
  const { value, failure, again } = useFetched<StockReport>(`/api/v1/stock/${encodeURIComponent(id)}`);
  return (
    <>
      <div class="screen__head">
        <h1 class="order-title">
          {value?.names[id] || value?.title || t("sku")}
          <span class="order-title__id">{id}</span>
          <Copy text={id} />
        </h1>
        <Link to={pathTo("orders", "", { sku_id: id })} class="button button--quiet">
          <Icon name="receipt" /> {t("ordersOfSku")}
        </Link>
      </div>
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && (
        <>
          <Missing parts={value.missing} />
          <Section title={t("rights")}>
            <Rows
              caption={t("rights")}
              rows={value.sites}
              keyOf={(site) => site.site_id}
              columns={[
                {
                  label: t("site"),
                  cell: (site) => <Named of={site.site_id} names={value.names} />,
                },
                { label: t("granted"), cell: (site) => count(site.granted), number: true },
                { label: t("spent"), cell: (site) => count(site.spent), number: true },
                { label: t("held"), cell: (site) => count(site.held), number: true },
                { label: t("free"), cell: (site) => <strong>{count(site.free)}</strong>, number: true },
                { label: t("onHand"), cell: (site) => count(site.on_hand), number: true },
                { label: t("reserved"), cell: (site) => count(site.reserved), number: true },
              ]}
            />
          </Section>
          <Section title={t("movements")}>
            <Movements sku={id} query={query} to={(before) => pathTo("sku", id, { ...query, before })} />
          </Section>
          <Section title={t("openHolds")}>
            <HoldRows holds={value.holds} withOrder names={value.names} />
          </Section>
          <div class="columns">
            <Section title={t("bins")}>
              <Rows
                caption={t("bins")}
                rows={value.bins}
                keyOf={(bin) => bin.site_id + bin.bin}
                columns={[
                  { label: t("site"), cell: (bin) => <Named of={bin.site_id} names={value.names} /> },
                  { label: t("bin"), cell: (bin) => bin.bin },
                  { label: t("onHand"), cell: (bin) => count(bin.on_hand), number: true },
                  { label: t("reserved"), cell: (bin) => count(bin.reserved), number: true },
                ]}
              />
            </Section>
            <Section title={t("grants")}>
              <Rows
                caption={t("grants")}
                rows={value.grants}
                keyOf={(grant) => `${grant.site_id} ${grant.epoch} ${grant.seq}`}
                columns={[
                  { label: t("site"), cell: (grant) => <Named of={grant.site_id} names={value.names} /> },
                  { label: "№", cell: (grant) => `${grant.epoch}.${grant.seq}` },
                  { label: t("quantity"), cell: (grant) => count(grant.quantity), number: true },
                ]}
              />
            </Section>
          </div>
        </>
      )}
    </>
  );
}
