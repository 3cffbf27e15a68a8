// Counts down what the server said was left; the server alone decides what is late.
(() => {
  for (const box of document.querySelectorAll("[data-remaining-ms]")) {
    const end = performance.now() + Number(box.dataset.remainingMs);
    const form = document.getElementById(box.dataset.form) ?? box.closest("form");
    const shown = box.querySelector("[data-clock]") ?? box;
    const live = document.createElement("p");
    live.className = "visually-hidden";
    live.setAttribute("aria-live", "assertive");
    box.after(live);
    const said = new Set();
    let left = Infinity;
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
      if (left > 0) return;
      clearInterval(beat);
      if (!form) return;
      form.noValidate = true;
      form.requestSubmit();
    };
    const beat = setInterval(tick, 250);
    tick();
  }
})();
