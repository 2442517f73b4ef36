// New versions of the server, as a browser sees them: other bytes of the service worker. Playwright does not get
// to see how a worker is updated, so what is between browser and server changes them.
import { createServer, request } from "node:http";

// Stands before `target`; after `publish()` the script at `path` is another one.
export async function versioned(target, path) {
  const { host } = new URL(target);
  let version = 1;
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host, "accept-encoding": "identity" };
    if (asked.headers.origin) headers.origin = target;
    if (asked.url === path) delete headers["if-none-match"];
    const passed = request(target + asked.url, { method: asked.method, headers }, (got) => {
      if (asked.url === path) delete got.headers["content-length"];
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer, { end: false });
      got.on("end", () => answer.end(asked.url === path ? `\n// version ${version}` : undefined));
    });
    passed.on("error", () => answer.destroy());
    answer.on("close", () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    publish: () => (version += 1),
    close: () => server.close(() => undefined) && server.closeAllConnections(),
  };
}

// Until the page is under its service worker.
export function underWorker(page) {
  return page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
  });
}

// As it happens by itself with every visit, and every half hour in the terminal.
export function lookForUpdate(page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (registration.waiting === null) await new Promise((resolve) => setTimeout(resolve, 20));
  });
}
