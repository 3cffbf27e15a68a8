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
