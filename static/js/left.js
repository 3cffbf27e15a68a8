// [data-until]: the time left until a moment, kept right while the page stays open. The server's clock counts, which is
// asked when the page first needs renewing and when one returns to it; without an answer the printed words stay.
(() => {
  const box = document.querySelector("[data-until]");
  if (!box) return;
  const [day, hour, minute, soon] = box.dataset.words.split("|");
  let ahead; // how far the server's clock is ahead of this phone's
  let isOver = false;
  const ask = async () => {
    try {
      const reply = await fetch(box.dataset.now, { cache: "no-store", headers: { Accept: "application/json" } });
      const found = (await reply.json()).now_ms - Date.now();
      if (Number.isFinite(found)) ahead = found;
    } catch { /* without a connection the last answer counts */ }
  };
  const small = (text) => Object.assign(document.createElement("small"), { textContent: text });
  const show = () => {
    const left = box.dataset.until - Date.now() - ahead;
    const minutes = Math.max(0, Math.floor(left / 60e3));
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
    const parts = days ? [[days, day], [hours, hour]] : [[hours, hour], [minutes % 60, minute]];
    const said = parts.filter(([count]) => count).flatMap(([count, unit]) => [String(count), small(`\u00a0${unit} `)]);
    box.replaceChildren(...(said.length ? said : [small(soon)]));
    if (left > 0 || isOver) return;
    isOver = true;
    setTimeout(() => location.reload(), 15e3 + Math.random() * 30e3); // not everybody at once
  };
  const renew = async (again) => {
    if (document.hidden) return;
    if (again || ahead === undefined) await ask();
    if (ahead !== undefined) show();
  };
  setInterval(renew, 30e3);
  document.addEventListener("visibilitychange", () => renew(true));
  addEventListener("pageshow", (event) => event.persisted && renew(true));
})();
