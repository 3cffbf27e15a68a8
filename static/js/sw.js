// The service worker: keeps the pages on which one rates a counter or enters a contest, for a phone without signal.
// Nothing else is kept: no reply to a form (a paper, a receipt, a result), no page of the staff, which it never sees.
const PAGE = /^\/(q\/[^/]+|thi\/[^/]+\/vao-thi)$/i;
const PARTS = /(?:src|href)="((?:\/static\/|\/bieu-trung\/)[^"]+)"/g;
const PATIENCE = 3000;
const MOST = 6;
const UNSENT = () => new Response(null, { status: 204 }); // a browser stays on its page, with what was typed

const isKept = (url) => PAGE.test(url.pathname) && /^(\?lang=\w\w)?$/.test(url.search);
const pageOf = (url) => new URL(url.pathname + (/^\?lang=\w\w$/.test(url.search) ? url.search : ""), url);
const nameOf = (url) => `page ${url.pathname.toUpperCase()}${url.search}`; // a QR code has the address in capitals
const stored = async (url) => (await caches.has(nameOf(url))) && (await caches.open(nameOf(url))).match("/page");

const isOurs = (reply) => reply.status === 200 && reply.type === "basic" && !reply.redirected
  && /^text\/html/.test(reply.headers.get("Content-Type")) && reply.headers.has("Content-Security-Policy")
  && !/no-store/.test(reply.headers.get("Cache-Control"));

const keep = async (url, reply) => {
  if (reply.status === 404 || reply.status === 410) return caches.delete(nameOf(url)); // replaced or closed
  if (!isOurs(reply)) return;
  const parts = [...(await reply.clone().text()).matchAll(PARTS)].map((found) => new URL(found[1], location).href);
  const cache = await caches.open(nameOf(url));
  for (const part of parts) if (!(await cache.match(part))) await cache.add(part);
  await cache.put("/page", reply);
  for (const { url: old } of await cache.keys()) {
    if (!parts.includes(old) && new URL(old).pathname !== "/page") await cache.delete(old);
  }
  for (const name of (await caches.keys()).slice(0, -MOST)) if (name !== nameOf(url)) await caches.delete(name);
};

// The browser's own copy, where it has one, costs no request.
const keepOnce = async (page) => { if (!(await stored(page))) await keep(page, await fetch(page, { cache: "force-cache" })); };

// The stored page says so: its notice is written hidden.
const fromStore = async (url) => {
  const reply = (await stored(url)) ?? (await stored(new URL(url.pathname, url)));
  if (!reply) return;
  const text = (await reply.text()).replaceAll("data-from-store hidden", "data-from-store data-focus");
  return new Response(text, { headers: reply.headers });
};

const show = async (event, url) => {
  const asked = fetch(event.request);
  if (isKept(url)) event.waitUntil(asked.then((reply) => keep(url, reply.clone())).catch(() => {}));
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  const first = await Promise.race([asked, late]).catch(() => {});
  return first ?? (await fromStore(url)) ?? asked;
};

const send = async (event, url) => {
  const page = pageOf(url);
  const isEntering = isKept(page) && page.pathname.endsWith("/vao-thi"); // also the reload of an open paper
  try {
    const reply = await fetch(event.request);
    if (isEntering) event.waitUntil(keepOnce(page).catch(() => {}));
    return reply;
  } catch (error) {
    if (isEntering) return (await fromStore(page)) ?? Promise.reject(error);
    for (const each of await clients.matchAll({ includeUncontrolled: true })) each.postMessage("unsent");
    return UNSENT();
  }
};

addEventListener("install", () => skipWaiting());

// The page that brought the worker came without it.
addEventListener("activate", (event) => event.waitUntil((async () => {
  await clients.claim();
  for (const { url } of await clients.matchAll({ includeUncontrolled: true })) {
    const page = pageOf(new URL(url));
    if (isKept(page)) await keepOnce(page);
  }
})().catch(() => {})));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.mode === "navigate" && request.method === "POST") {
    if (/^\/(q\/[^/]+(\/them)?|thi\/[^/]+\/(vao-thi|nop-bai))$/i.test(url.pathname)) event.respondWith(send(event, url));
  } else if (request.mode === "navigate") {
    if (PAGE.test(url.pathname)) event.respondWith(show(event, url));
  } else if (/^\/(static|bieu-trung)\//.test(url.pathname)) {
    event.respondWith(caches.match(request).then((part) => part ?? fetch(request)));
  }
});

addEventListener("sync", (event) => event.waitUntil((async () => {
  let left = 0;
  for (const rating of await queue.list()) if (!rating.why) left += !(await queue.send(rating, "")).why;
  if (left) throw new Error("the browser tries again");
})()));
