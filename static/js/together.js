// [data-starts]: everybody starts at once. The form is sent at that moment by the server's clock, so that a phone's own
// clock gains and loses nothing; without an answer, or where sending fails, the button does the same.
(() => {
  const form = document.querySelector("form[data-starts]");
  const box = document.querySelector("[data-countdown]");
  if (!form || !box) return;
  const [says, minutes, seconds] = box.querySelectorAll("span:not(.big)");
  let ahead; // how far the server's clock is ahead of this phone's
  let isSent = false;
  const ask = async () => {
    try {
      const before = Date.now();
      const reply = await fetch(form.dataset.now, { cache: "no-store", headers: { Accept: "application/json" } });
      const found = (await reply.json()).now_ms - (before + Date.now()) / 2;
      if (Number.isFinite(found)) ahead = found;
    } catch { /* without a connection the last answer counts */ }
  };
  const show = () => {
    if (ahead === undefined) return;
    const left = form.dataset.starts - Date.now() - ahead;
    const whole = Math.max(0, Math.ceil(left / 1000));
    says.textContent = form.dataset.words;
    minutes.textContent = Math.floor(whole / 60);
    seconds.textContent = whole % 60;
    form.querySelector("button").hidden = left > 60e3; // too early it does nothing
    if (left > 0 || isSent) return;
    isSent = true;
    form.requestSubmit();
    setTimeout(() => { isSent = false; }, 5e3); // the page is still here: try again
  };
  ask().then(show);
  setInterval(show, 250);
  setInterval(ask, 60e3);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
})();
