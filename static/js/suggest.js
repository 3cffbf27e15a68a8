// <input list>: names are suggested however their accents are typed.
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  document.querySelector("input[list]")?.addEventListener("input", ({ target }) => {
    const typed = target.value.toLowerCase(), plain = fold(typed);
    for (const option of target.list.options) {
      const name = option.value.toLowerCase(), found = fold(name);
      if (typed && !name.includes(typed) && found.includes(plain)) option.label = found.replace(plain, typed);
      else option.removeAttribute("label");
    }
  });
})();
