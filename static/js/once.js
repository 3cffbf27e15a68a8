// form[data-once]: one answer, one key, however often it is tapped or sent again.
(() => {
  const mint = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replace(/\+/g, "-").replace(/\//g, "_").slice(0, 22);
  const mark = (form) => { // of what a person filled in
    let hash = 0x811c9dc5;
    for (const pair of new FormData(form)) {
      if (form.elements[pair[0]]?.type === "hidden") continue;
      for (const c of `${pair}&`) hash = Math.imul(hash ^ c.codePointAt(0), 0x01000193);
    }
    return hash;
  };
  const own = () => { // a mark of this browser for two weeks, so that people of one network are counted apart
    try {
      const [kept, since] = (localStorage.mark ?? "").split(" ");
      if (Date.now() - since < 12096e5) return kept;
      const made = mint();
      localStorage.mark = `${made} ${Date.now()}`;
      return made;
    } catch {
      return "";
    }
  };
  for (const form of document.querySelectorAll("form[data-once]")) {
    const { key, device } = form.elements;
    if (device) device.value = own();
    const way = performance.getEntriesByType("navigation")[0]?.type;
    let sent = way === "back_forward" ? history.state?.sent : null; // back after a failed send: the same key
    let busy = false;
    if (key) key.value = sent?.key ?? mint();
    addEventListener("pageshow", () => { // back with something said there: it is not folded away
      for (const more of form.querySelectorAll("details")) {
        more.open ||= Boolean(more.querySelector(":checked") || more.querySelector("textarea")?.value);
      }
    });
    form.addEventListener("submit", (event) => {
      if (busy) return event.preventDefault();
      busy = true;
      const body = mark(form);
      if (key && sent && sent.body !== body) key.value = mint();
      sent = { key: key?.value, body };
      history.replaceState({ sent }, "");
      const button = event.submitter ?? form.querySelector("[type=submit]");
      const label = button.textContent;
      const say = (text) => { button.textContent = text; button.setAttribute("aria-disabled", busy); };
      const calm = () => { busy = false; say(label); };
      say(button.dataset.sending ?? label);
      setTimeout(calm, 8000);
      addEventListener("pageshow", calm, { once: true });
    });
  }
})();
