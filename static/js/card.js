// <input data-card>: takes the code of an entry card from the address's fragment, which no server is sent.
(() => {
  const field = document.querySelector("[data-card]");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!field || field.value || !/^[0-9A-Za-z-]{10,14}$/.test(code)) return;
  field.value = code.replace(/-/g, "").replace(/(.{4})(?=.)/g, "$1-");
  history.replaceState(null, "", location.pathname + location.search);
})();
