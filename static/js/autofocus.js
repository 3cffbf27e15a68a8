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
