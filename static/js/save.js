// button[data-save="#card"]: saves a card with a code as a picture that this phone draws; button[data-print]: prints.
(() => {
  const INK = "#1f2a2e";
  const load = (svg) => new Promise((done) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => done(null);
    const copy = svg.cloneNode(true);
    copy.setAttribute("width", 640);
    copy.setAttribute("height", 640);
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  });
  const rows = (pen, text, room) => text.split(" ").reduce((found, word) => {
    const longer = found.length ? `${found.at(-1)} ${word}` : word;
    if (found.length && pen.measureText(longer).width <= room) found[found.length - 1] = longer;
    else found.push(word);
    return found;
  }, []);
  const draw = async (card) => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const svg = card.querySelector(".qr svg");
    const picture = svg && await load(svg);
    const lines = [[card.dataset.title, "34px sans-serif"], [card.querySelector(".kind").textContent.trim(), "30px sans-serif"],
      [card.querySelector(".code").textContent.trim(), "700 52px monospace"]];
    canvas.width = 800;
    pen.font = lines[0][1];
    canvas.height = 330 + 44 * rows(pen, lines[0][0], 720).length + (picture ? 660 : 0);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = INK;
    pen.textAlign = "center";
    let y = 80;
    for (const [text, font] of lines) {
      pen.font = font;
      for (const row of rows(pen, text, 720)) { pen.fillText(row, 400, y); y += 44; }
      y += 24;
    }
    if (picture) pen.drawImage(picture, 80, y, 640, 640);
    return canvas;
  };
  for (const button of document.querySelectorAll("[data-save]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const canvas = await draw(document.querySelector(button.dataset.save));
      canvas.toBlob((blob) => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = button.dataset.name;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      });
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
