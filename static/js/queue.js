// Ratings that wait for a connection, in this browser alone (IndexedDB); read by the pages and by the service worker.
const queue = (() => {
  const SURE = 23 * 3600e3; // the server knows a key for 24 hours: after that a second sending could count twice
  const work = (mode, act) => new Promise((resolve, reject) => {
    const opening = indexedDB.open("waiting", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("ratings", { keyPath: "key" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const all = opening.result.transaction("ratings", mode);
      const asked = act(all.objectStore("ratings"));
      const done = (then) => () => { opening.result.close(); then(asked.result); };
      all.oncomplete = done(resolve);
      all.onabort = done(reject);
    };
  });
  const list = () => work("readonly", (ratings) => ratings.getAll());
  const put = (rating) => work("readwrite", (ratings) => ratings.put(rating));
  const drop = (key) => work("readwrite", (ratings) => ratings.delete(key));
  const change = (rating, left = rating) => work("readwrite", (ratings) => { // unless it was deleted meanwhile
    const found = ratings.getKey(rating.key);
    found.onsuccess = () => {
      if (!found.result) return;
      ratings.delete(rating.key);
      ratings.put(left);
    };
    return found;
  });

  // Sends a rating and returns it with what came of it, `why`: "sent", the status of a refusal, "unsure", or none yet.
  const send = async (rating, device) => {
    const { action, pairs, place, at } = rating;
    const first = rating.tried ?? Date.now();
    const after = (why) => ({ ...rating, tried: first, why });
    if (Date.now() - first > SURE) {
      await change(after("unsure"));
      return after("unsure");
    }
    if (!(await change(after()))) return after("deleted");
    try {
      const reply = await fetch(action, { method: "POST", body: new URLSearchParams([...pairs, ["device", device]]) });
      const isReceipt = reply.ok && (await reply.text()).includes('id="receipt"'); // not the page of a café's Wi-Fi
      const left = { key: `sent ${at}`, place, at, why: "sent" }; // nothing of the answer, nor its key
      if (isReceipt) return change(rating, left).then(() => ({ ...rating, ...left }));
      const isRefused = reply.status >= 400 && reply.status < 500 && !/408|429/.test(reply.status) && !reply.headers.has("Retry-After");
      if (isRefused) await change(after(reply.status));
      return isRefused ? after(reply.status) : after();
    } catch {
      return after();
    }
  };
  return { list, put, drop, send };
})();
