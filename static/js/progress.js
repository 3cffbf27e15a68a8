// Moves the bar of a job while it runs and opens its page anew when it is over; says how far it is now and then.
(() => {
  const box = document.querySelector("[data-progress]");
  if (!box) return;
  const words = box.querySelector("[data-words]");
  const bar = box.querySelector("progress");
  let said = 0;
  const look = async () => {
    try {
      const reply = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (!reply.ok) return location.reload();
      const now = await reply.json();
      if (now.is_over || (!bar && now.percent !== null)) return location.reload();
      if (now.percent !== null) bar.value = now.percent;
      if (performance.now() - said > 5000) {
        words.textContent = now.words;
        said = performance.now();
      }
    } catch {
      // no line for a moment: the next look tells
    }
    setTimeout(look, 1500);
  };
  setTimeout(look, 1500);
})();
