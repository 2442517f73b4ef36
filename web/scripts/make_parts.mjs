// Makes web/made/: the icon sprite, the fonts, the app's pictures, and the types of the APIs. Vite takes them from there.
import { readdirSync, statSync } from "node:fs";
import { apiInputs, apiTypes } from "./api_types.mjs";
import { appPictures } from "./app_pictures.mjs";
import { fonts } from "./fonts.mjs";
import { iconSprite } from "./icons.mjs";
import { made, modules, web, writeIfChanged } from "./paths.mjs";

const newest = (paths) => Math.max(...paths.map((path) => statSync(path).mtimeMs));

function isFresh() {
  const inputs = [
    `${web}design/icons.txt`,
    `${web}package-lock.json`,
    `${web}design/app.svg`,
    `${modules}.made-from`,
    ...apiInputs(),
  ];
  for (const folder of ["scripts", "design/icons"]) {
    for (const file of readdirSync(web + folder)) inputs.push(`${web}${folder}/${file}`);
  }
  try {
    return statSync(`${made}.stamp`).mtimeMs > newest(inputs);
  } catch {
    return false;
  }
}

if (!isFresh()) {
  writeIfChanged(`${made}icons.svg`, iconSprite());
  for (const [name, content] of await fonts()) writeIfChanged(`${made}${name}`, content);
  for (const [name, content] of appPictures()) writeIfChanged(`${made}${name}`, content);
  for (const [name, content] of await apiTypes()) writeIfChanged(`${made}api/${name}`, content);
  writeIfChanged(`${made}.stamp`, String(Date.now()));
}
