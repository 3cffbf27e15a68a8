// form[data-keep]: ticks and guess outlive a reload of the paper; a page without one (the receipt) forgets them.
(() => {
  const form = document.querySelector("form[data-keep]");
  const name = (token) => `paper:${token}`;
  try {
    if (!form) {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(name(""))) sessionStorage.removeItem(key);
      return;
    }
    const place = name(form.elements.start.value);
    const fields = [...form.elements].filter((field) => field.name && field.type !== "hidden");
    const kept = JSON.parse(sessionStorage.getItem(place));
    for (const field of kept ? fields : []) {
      if (/radio|checkbox/.test(field.type)) field.checked = kept.some(([n, v]) => n === field.name && v === field.value);
      else field.value = kept.find(([n]) => n === field.name)?.[1] ?? "";
    }
    const names = new Set(fields.map((field) => field.name));
    const keep = () => {
      const filled = [...new FormData(form)].filter(([n]) => names.has(n));
      sessionStorage.setItem(place, JSON.stringify(filled));
    };
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
  } catch { /* storage is blocked: the paper works as before */ }
})();
