// Counts down what the server said was left; the server alone decides what is late.
(() => {
  for (const box of document.querySelectorAll("[data-remaining-ms]")) {
    const remaining = Number(box.dataset.remainingMs);
    let end = performance.now() + remaining;
    const form = document.getElementById(box.dataset.form) ?? box.closest("form");
    const shown = box.querySelector("[data-clock]") ?? box;
    const bar = box.parentElement.querySelector("[data-left]");
    const live = document.createElement("p");
    live.className = "visually-hidden";
    live.setAttribute("aria-live", "assertive");
    box.after(live);
    const said = new Set();
    let left = Infinity;
    let isOver = false;
    const tick = () => {
      const before = left;
      left = Math.max(0, end - performance.now());
      const seconds = Math.ceil(left / 1000);
      shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      for (const minutes of [5, 1]) {
        if (seconds > minutes * 60 || said.has(minutes)) continue;
        said.add(minutes);
        if (before !== Infinity) live.textContent = box.dataset[`say-${minutes}`] ?? "";
      }
      box.classList.toggle("short", seconds <= 60);
      bar?.setAttribute("width", `${Math.min(100, (100 * left) / box.dataset.limitMs)}%`);
      if (left > 0 || isOver) return;
      isOver = true;
      clearInterval(beat);
      if (!form) return;
      form.noValidate = true;
      form.requestSubmit();
    };
    // The browser's own counter stands still while a phone sleeps: the server says how long it was.
    let asked = -Infinity;
    const ask = async () => {
      if (isOver || document.hidden || performance.now() - asked < 1000) return;
      asked = performance.now();
      try {
        const reply = await fetch(box.dataset.now, { cache: "no-store", headers: { Accept: "application/json" } });
        const passed = (await reply.json()).now_ms - Number(box.dataset.madeMs);
        if (!Number.isFinite(passed)) return;
        end = performance.now() + remaining - passed;
        tick();
      } catch { /* without a connection the clock goes on as before */ }
    };
    const beat = setInterval(tick, 250);
    tick();
    if (box.dataset.now) {
      document.addEventListener("visibilitychange", ask);
      for (const event of ["focus", "pageshow"]) addEventListener(event, ask);
    }
  }
})();
