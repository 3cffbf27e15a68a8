// Enter, space, the arrows and a presenter's keys open the next prize or go one back; each step is an address.
addEventListener("keydown", (event) => {
  const next = ["Enter", " ", "ArrowRight", "PageDown"].includes(event.key);
  const back = ["ArrowLeft", "PageUp", "Backspace"].includes(event.key);
  const link = document.querySelector(next ? "[data-next]" : "[data-back]");
  if (!(next || back) || !link || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && document.activeElement.matches("a")) return;
  event.preventDefault();
  link.click();
});
