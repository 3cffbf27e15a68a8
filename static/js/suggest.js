// <input list>: names are suggested however their accents are typed. Browsers compare letter by letter, and labels too.
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
  for (const input of document.querySelectorAll("input[list]")) {
    const names = [...input.list.options].map((option) => [option, option.value.toLowerCase(), fold(option.value)]);
    input.addEventListener("input", () => {
      const typed = input.value.toLowerCase();
      for (const [option, name, plain] of names) {
        const found = typed && !name.includes(typed) && plain.includes(fold(typed));
        if (found) option.label = plain.replace(fold(typed), typed);
        else option.removeAttribute("label");
      }
    });
  }
})();
