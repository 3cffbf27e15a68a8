// A rating without a connection is kept, listed (folded: whose phone it is now isn't known), and sent when a page of ours
// is opened with one; it then leads to its receipt.
(() => {
  const REOPENED = "reopened";
  const box = document.querySelector("[data-waiting]");
  const form = document.querySelector("form[data-place]");
  const ignore = () => { /* storage is blocked */ };
  if (!box) { // the page of thanks: what was refused and is sent again waits no more
    const sent = async () => { if (sessionStorage[REOPENED]) await queue.drop(sessionStorage[REOPENED]); };
    sent().catch(ignore);
    return;
  }
  const kept = document.querySelector("[data-stored]");
  const one = box.querySelector("template").content;
  const shown = new Map(); // by their moment, with what is no longer stored
  const now = box.querySelector("[data-now]");
  const thanks = kept?.querySelector("[data-thanks]");
  let next; // try, for when only the reply was lost

  const open = (rating) => { // the server's own page: the receipt, or why it was refused, with the answer
    if (rating.why !== "sent") sessionStorage[REOPENED] = rating.key;
    const own = document.createElement("form");
    own.method = "post";
    own.action = rating.action;
    own.hidden = true;
    for (const [name, value] of rating.pairs) own.append(Object.assign(document.createElement("input"), { name, value }));
    document.body.append(own);
    own.submit();
  };
  const remove = async (rating) => {
    await queue.drop(rating.key);
    shown.delete(rating.at);
    draw();
    document.querySelector("main").focus();
  };
  const line = (rating) => {
    const item = one.cloneNode(true).firstElementChild;
    const { why, at, place, pairs } = rating;
    const level = (why !== "sent" && rating.level) || "";
    const say = box.dataset[{ 404: "closed", 410: "closed", 409: "switched" }[why] ?? (why > 0 ? "late" : why ?? "waits")];
    const when = new Date(at).toLocaleString(document.documentElement.lang).replace(/:\d\d /, " "); // without seconds
    [level, place, when, say].forEach((words, at) => { item.querySelectorAll("[data-w]")[at].textContent = words; });
    const [receipt, again, deletes] = item.querySelectorAll("button");
    receipt.hidden = why !== "sent" || !pairs;
    again.hidden = !(why > 0);
    deletes.hidden = why === "sent";
    receipt.onclick = again.onclick = () => open(rating);
    deletes.onclick = () => remove(rating);
    return item;
  };
  const draw = () => {
    const ratings = [...shown.values()];
    const waits = ratings.filter(({ why }) => !why).length;
    const refused = ratings.filter(({ why }) => why && why !== "sent").length;
    const [words, n] = waits ? ["title", waits] : refused ? ["refused", refused] : ["done", ratings.length];
    const says = box.querySelector("summary").textContent = box.dataset[words].replace("#", n);
    box.querySelector("ul").replaceChildren(...ratings.map(line));
    box.hidden = !ratings.length;
    now.hidden = !waits;
    if (!kept) return;
    const isDone = words === "done" && n > 0;
    const last = isDone && ratings.findLast(({ pairs }) => pairs);
    kept.querySelector("[data-how]").textContent = waits ? box.dataset.how : says;
    kept.classList.toggle("sent", isDone);
    thanks.hidden = !last;
    thanks.onclick = () => open(last);
  };
  const look = async () => {
    for (const rating of await queue.list()) {
      shown.set(rating.at, { ...shown.get(rating.at), ...rating });
      if (rating.why === "sent") await queue.drop(rating.key);
    }
    draw();
  };
  const flush = async () => {
    clearTimeout(next);
    await look();
    for (const rating of [...shown.values()].filter(({ why }) => !why)) {
      const after = await queue.send(rating, (localStorage.mark ?? "").split(" ")[0]);
      if (after.why === "deleted") shown.delete(rating.at);
      else shown.set(rating.at, after);
      if (after.why === "sent") await queue.drop(after.key);
      draw();
    }
    if (!now.hidden) next = setTimeout(start, 60e3);
  };
  const start = () => flush().catch(ignore);

  form?.addEventListener("unsent", (event) => {
    event.preventDefault();
    const level = form.querySelector("[name=level]:checked");
    const notice = form.querySelector("[data-unsent]");
    const say = (words) => { notice.textContent = words; notice.hidden = false; notice.focus(); };
    if (!level) return say(box.dataset.choose);
    const pairs = [...new FormData(form)].filter(([name]) => name !== "device");
    const rating = {
      key: form.elements.key.value, action: form.getAttribute("action"), pairs, place: form.dataset.place,
      level: level.nextElementSibling.textContent.trim(), at: Date.now(), tried: navigator.onLine ? Date.now() : undefined,
    };
    queue.put(rating).then(async () => {
      form.reset(); // the next one to hold this phone sees no face
      form.hidden = true;
      kept.hidden = false;
      box.after(kept.lastElementChild); // what waits comes first
      kept.focus();
      await look();
      (await navigator.serviceWorker?.ready)?.sync?.register("ratings").catch(ignore);
    }).catch(() => say(box.dataset.unkept));
  });
  now.onclick = start;
  addEventListener("online", start);
  start();
})();
