// After sending, the reader's focus lands on what matters: the first [data-focus].
(() => {
  const target = document.querySelector("[data-focus]");
  if (!target) return;
  if (!target.matches("a[href], button, input, select, textarea, [tabindex]")) target.tabIndex = -1;
  target.focus();
})();
