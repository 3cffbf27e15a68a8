// [data-clock-until]: minutes and seconds until a moment by the server's clock, which is asked once; the page's own refresh
// renews it without this script too.
(() => {
  const box = document.querySelector("[data-clock-until]");
  if (!box) return;
  const show = (ahead) => {
    const seconds = Math.max(0, Math.ceil((box.dataset.clockUntil - Date.now() - ahead) / 1e3));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const two = (n) => String(n).padStart(2, "0");
    box.textContent = `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
  };
  fetch(box.dataset.now, { cache: "no-store" }).then((reply) => reply.json()).then(({ now_ms }) => {
    const ahead = now_ms - Date.now();
    show(ahead);
    setInterval(show, 250, ahead);
  }).catch(() => { /* the printed time stays */ });
})();
