// What a person typed: a staff form in this tab alone, a paper's answers for a day, so that they outlive a closed tab.
// Where storage is blocked, the pages work as before.
(() => {
  const HOUR = 3600e3;
  const LATE = "late-form";
  const fill = (fields, pairs) => {
    for (const field of fields) {
      const given = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (/radio|checkbox/.test(field.type)) field.checked = given.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
      else if (given.length) field.value = given[0];
    }
  };
  const typed = (form) => [...form.elements].filter((field) => field.name && !/hidden|password|file|submit/.test(field.type));
  const address = (form) => {
    const { pathname, search } = new URL(form.getAttribute("action") ?? "", location);
    return pathname + search;
  };

  // form[data-keep], a paper: ticks and guess outlive a reload and a closed tab; the page after sending forgets them.
  const PAPER = "paper:";
  const SENT = "sent-paper";
  const clearOld = () => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PAPER) && !(JSON.parse(localStorage.getItem(key)).until > Date.now())) localStorage.removeItem(key);
    }
  };
  const paper = () => {
    const form = document.querySelector("form[data-keep]");
    clearOld();
    if (!form) {
      localStorage.removeItem(sessionStorage.getItem(SENT));
      return sessionStorage.removeItem(SENT);
    }
    const place = PAPER + form.elements.start.value.split(".")[0];
    const fields = typed(form);
    const names = new Set(fields.map((field) => field.name));
    const keep = () => {
      const pairs = [...new FormData(form)].filter(([n]) => names.has(n));
      localStorage.setItem(place, JSON.stringify({ until: Date.now() + 24 * HOUR, saves: form.dataset.saves, pairs }));
    };
    const kept = JSON.parse(localStorage.getItem(place));
    if (kept && (kept.saves ?? 0) >= (form.dataset.saves ?? 0)) fill(fields, kept.pairs); // else another device was later
    const list = form.querySelector("[data-answered]");
    const stops = [...list?.querySelectorAll("a") ?? []].map((stop) => [stop, stop.getAttribute("aria-label")]);
    const tell = () => stops.forEach(([stop, name]) => { // what its colour says
      const field = document.querySelector(stop.hash);
      const isDone = field?.value ?? field?.querySelector(":checked");
      stop.setAttribute("aria-label", isDone ? `${name}, ${list.dataset.answered}` : name);
    });
    tell();
    form.addEventListener("change", tell);
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", (event) => event.submitter?.hasAttribute("formaction") || sessionStorage.setItem(SENT, place));
  };

  // The server keeps the answers too, for another device: a minute after a change, and when the page is left.
  const draft = (form) => {
    let sent = "", due = 0;
    const push = () => {
      due = clearTimeout(due);
      const body = new URLSearchParams(new FormData(form));
      if (`${body}` === sent) return;
      sent = `${body}`;
      body.set("script", "1");
      fetch(form.dataset.draft, { method: "POST", body, keepalive: true }).then((reply) => reply.json())
        .then(({ saves }) => { if (saves) form.dataset.saves = saves; }).catch(() => { sent = ""; });
    };
    sent = `${new URLSearchParams(new FormData(form))}`;
    form.addEventListener("change", () => { due ||= setTimeout(push, 60e3); });
    form.addEventListener("submit", () => { due = clearTimeout(due); sent = null; });
    document.addEventListener("visibilitychange", () => { if (document.hidden && sent !== null) push(); });
  };
  const open = document.querySelector("form[data-draft]");
  if (open) draft(open);

  // form[data-late], on the sign-in page: a staff form that came after its session had ended, and whose it is.
  const forget = () => sessionStorage.removeItem(LATE);
  const store = (form) => {
    const pairs = [...form.elements].filter((f) => f.name && !("unstored" in f.dataset)).map((f) => [f.name, f.value]);
    const late = { owner: form.dataset.late, action: address(form), until: Date.now() + HOUR, pairs };
    sessionStorage.setItem(LATE, JSON.stringify(late));
    setTimeout(forget, HOUR);
    document.querySelector("form[target]").removeAttribute("target");
    for (const each of document.querySelectorAll("[data-stored]")) each.hidden = false;
    for (const each of document.querySelectorAll("[data-unstored]")) each.remove();
  };

  // [data-kept-for], on every page of the staff's: its account finds its form filled in again, any other forgets it.
  const giveBack = (notice) => {
    for (const out of document.querySelectorAll("form.sign-out")) out.addEventListener("submit", forget);
    const late = JSON.parse(sessionStorage.getItem(LATE));
    if (!late || late.owner !== notice.dataset.keptFor || late.until < Date.now()) return forget();
    const form = [...document.querySelectorAll("main form[method=post]")].find((each) => address(each) === late.action);
    if (!form) return;
    fill(typed(form), late.pairs);
    form.addEventListener("submit", forget);
    for (const folded of form.querySelectorAll("details")) folded.open = true;
    form.before(notice);
    notice.dataset.focus = "";
    notice.querySelector("button").addEventListener("click", () => { forget(); location.reload(); });
    notice.hidden = false;
  };

  try {
    const notice = document.querySelector("[data-kept-for]");
    const late = document.querySelector("form[data-late]");
    if (notice) giveBack(notice);
    else if (late) store(late);
    else paper();
  } catch { /* storage is blocked */ }
})();
