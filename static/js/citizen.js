// One script for every page, in one request; each part looks for its own mark, and every page works without it.

// Three buttons, A− A A+: the chosen size stays on this phone.
(() => {
  const box = document.querySelector("[data-textsize]");
  if (!box) return;
  const root = document.documentElement;
  const name = "textsize";
  const now = () => Number(root.dataset.size ?? 1);
  const read = () => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (size) => { try { localStorage.setItem(name, size); } catch { /* storage is blocked: for this page only */ } };
  const buttons = [];
  const press = () => buttons.forEach((b, at) => b.setAttribute("aria-pressed", Math.sign(now() - 1) === at - 1));
  const show = (size) => { root.dataset.size = Math.min(4, Math.max(0, size)); press(); };
  const button = (text, label, next) => {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = text;
    b.setAttribute("aria-label", label);
    b.addEventListener("click", () => { show(next()); keep(root.dataset.size); });
    box.append(b);
    buttons.push(b);
  };
  const kept = read();
  if (/^[0-4]$/.test(kept ?? "")) show(Number(kept));
  button("A−", box.dataset.smaller, () => now() - 1);
  button("A", box.dataset.normal, () => 1);
  button("A+", box.dataset.larger, () => now() + 1);
  press();
  box.hidden = false;
})();

// After sending, the reader's focus lands on what matters: the first [data-focus].
(() => {
  const target = document.querySelector("[data-focus]");
  if (!target) return;
  if (!target.matches("a[href], button, input, select, textarea, [tabindex]")) target.tabIndex = -1;
  const aim = () => target.focus();
  aim();
  // A form is sent to the address of its page: with #main, if one skipped there, and the browser goes there after this.
  if (location.hash) addEventListener("load", aim, { once: true });
})();

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
    // Back from the thanks: the next one to hold this phone sees no face, and rates anew.
    if (form.dataset.place) addEventListener("pageshow", () => {
      try {
        if (sent && sessionStorage.thanked) {
          form.reset();
          history.replaceState(sent = null, "");
          key.value = mint();
        }
        delete sessionStorage.thanked;
      } catch { /* storage is blocked */ }
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

// <button type="button" data-copy="#code" data-done="Đã chép" hidden>: copies what the person sees.
(() => {
  const mark = (source) => {
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      return true;
    } catch {
      mark(source);
      return document.execCommand("copy");
    }
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.querySelector(button.dataset.copy);
    if (!source) continue;
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      if (!(await copy(source))) return;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 4000);
    });
  }
})();

// form.more: a comment that was typed outlives a failed sending, in this tab and for this rating alone.
(() => {
  try {
    const { comment, ticket } = document.querySelector("form.more")?.elements ?? {};
    if (document.querySelector("#receipt")) sessionStorage.thanked = 1;
    if (!comment) return delete sessionStorage.said;
    const [whose, words] = JSON.parse(sessionStorage.said ?? "[]");
    if (whose === ticket.value) comment.value ||= words;
    comment.addEventListener("input", () => { sessionStorage.said = JSON.stringify([ticket.value, comment.value]); });
  } catch { /* storage is blocked */ }
})();

// <input data-card="10">: takes a code of that length from the address's fragment, which no server is sent.
(() => {
  const code = decodeURIComponent(location.hash.slice(1)).replace(/-/g, "");
  if (!/^[0-9A-Za-z]+$/.test(code)) return;
  const field = [...document.querySelectorAll("[data-card]")].find((each) => Number(each.dataset.card) === code.length);
  if (!field || field.value) return;
  field.value = code.replace(/(.{4})(?=.)/g, "$1-");
  history.replaceState(null, "", location.pathname + location.search);
})();
