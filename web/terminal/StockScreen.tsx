// Where goods lie: scanned or typed, shown by bin, this site first.
import { useEffect, useState } from "preact/hooks";
import { showToast } from "./toast";
import { findGoods, freeOf, readStock, refreshed, type Goods, type StockRow } from "./goods";
import { useLoaded } from "../staff/loading";
import { Barcode, CodeField, Failed, failureText, Loading, Options, Picture, EmptyState } from "./components";
import { useScans } from "./scanning";
import { Store, useStore } from "../staff/store";
import { t } from "./texts";
import { site, siteTitle } from "./work";

const looked = new Store<Goods | undefined>(undefined);

export function StockScreen() {
  const goods = useStore(looked);
  const [busy, setBusy] = useState(false);

  const find = async (code: string): Promise<void> => {
    setBusy(true);
    try {
      const found = await findGoods(code);
      if (found === undefined) return showToast("wrong", t("unknownGoods"), code);
      looked.set(found);
      showToast("right", found.title, Object.values(found.options).join(", "));
    } catch (error) {
      showToast("wrong", failureText(error));
    } finally {
      setBusy(false);
    }
  };
  useScans((code) => void find(code));
  useEffect(() => {
    if (looked.value !== undefined) void refreshed(looked.value).then((found) => looked.set(found));
  }, []);

  return (
    <div class="stock" data-testid="stock" aria-busy={busy}>
      {goods === undefined ? (
        <EmptyState icon="package-search" title={t("stockHint")} />
      ) : (
        <Found goods={goods} />
      )}
      <div class="bar">
        <CodeField
          label={t("goodsField")}
          button={t("find")}
          icon="search"
          onCode={(code) => void find(code)}
        />
      </div>
    </div>
  );
}

function bySite(rows: StockRow[], mine: string): [string, StockRow[]][] {
  const groups = new Map<string, StockRow[]>();
  for (const row of rows) groups.set(row.site_id, [...(groups.get(row.site_id) ?? []), row]);
  return [...groups].sort(([a], [b]) => Number(b === mine) - Number(a === mine));
}

function Found({ goods }: { goods: Goods }) {
  const mine = useStore(site);
  const stock = useLoaded(() => readStock(goods.sku_id), goods.sku_id, 15_000);
  return (
    <>
      <section class="receipt receipt--goods" data-testid="stock-goods">
        <div class="current__goods">
          <Picture src={goods.image} size={112} />
          <div class="current__text">
            <h2 class="current__title">{goods.title}</h2>
            <Options options={goods.options} />
            <Barcode code={goods.barcode === "" ? goods.sku_id : goods.barcode} />
          </div>
        </div>
      </section>
      {stock.value === undefined && stock.failure === undefined && <Loading />}
      {stock.value === undefined && stock.failure !== undefined && (
        <Failed title={t("stock")} failure={stock.failure} again={stock.again} />
      )}
      {stock.value?.items.length === 0 && <EmptyState icon="package-x" title={t("nowhere")} />}
      {bySite(stock.value?.items ?? [], mine).map(([id, rows]) => (
        <SiteStock key={id} title={siteTitle(id)} here={id === mine} rows={rows} />
      ))}
    </>
  );
}

function SiteStock({ title, here, rows }: { title: string; here: boolean; rows: StockRow[] }) {
  const quarantined = rows.some((row) => (row.quarantined ?? 0) > 0);
  return (
    <section class={`bins${here ? " bins--here" : ""}`} data-testid="stock-site">
      <table>
        <caption>
          {title} {here && <span class="bins__here">{t("here")}</span>}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("bin")}</th>
            <th scope="col">{t("onHand")}</th>
            <th scope="col">{t("reserved")}</th>
            {quarantined && <th scope="col">{t("quarantined")}</th>}
            <th scope="col">{t("free")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.bin}>
              <th scope="row" class={row.bin.length > 8 ? "bins__long" : ""} translate={false}>
                {row.bin}
              </th>
              <td>{row.on_hand}</td>
              <td>{row.reserved}</td>
              {quarantined && <td>{row.quarantined ?? 0}</td>}
              <td>
                <b>{freeOf(row)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
