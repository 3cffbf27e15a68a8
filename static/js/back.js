// [data-back]: a button that leads to the page before with what was typed there; without script it isn't shown.
(() => {
  const button = document.querySelector("[data-back]");
  if (!button || history.length < 2) return;
  button.hidden = false;
  button.addEventListener("click", () => history.back());
})();
