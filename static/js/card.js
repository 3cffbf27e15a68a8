// <input data-card="10">: takes a code of that length from the address's fragment, which no server is sent.
(() => {
  const code = decodeURIComponent(location.hash.slice(1)).replace(/-/g, "");
  if (!/^[0-9A-Za-z]+$/.test(code)) return;
  const field = [...document.querySelectorAll("[data-card]")].find((each) => Number(each.dataset.card) === code.length);
  if (!field || field.value) return;
  field.value = code.replace(/(.{4})(?=.)/g, "$1-");
  history.replaceState(null, "", location.pathname + location.search);
})();
