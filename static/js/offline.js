// A form that can't be sent for want of a connection stays as it is and says so, instead of the browser's error page.
// [data-worker] names the service worker, whose pages are those beside this one: never the staff's.
(() => {
  if (document.querySelector("[data-from-store][data-focus]")) history.scrollRestoration = "manual"; // its notice is on top
  const forms = [...document.querySelectorAll("form[data-once]")];
  const unsent = (form) => {
    if (!form.dispatchEvent(new Event("unsent", { cancelable: true }))) return;
    const notice = form.querySelector("[data-unsent]");
    if (!notice) return;
    notice.hidden = false;
    notice.focus();
  };
  const worker = document.querySelector("[data-worker]")?.dataset.worker;
  const workers = navigator.serviceWorker; // none without https, or where it is blocked
  let sent; // the form on its way
  let reached; // whether the server answered lately; asked only where no worker looks after the page (yet)
  const ask = (form, button) => {
    const label = button?.textContent;
    if (button) button.textContent = button.dataset.sending ?? label;
    const then = (act) => () => { if (button) button.textContent = label; act(); };
    const go = () => { reached = true; form.requestSubmit(button); reached = false; };
    fetch(location, { method: "HEAD", cache: "no-store" }).then(then(go), then(() => unsent(form)));
  };
  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      sent = form;
      const isOnline = navigator.onLine !== false;
      if (isOnline && (reached || !worker || workers?.controller)) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // it is not on its way
      if (isOnline) ask(form, event.submitter);
      else unsent(form);
    });
  }
  if (!worker || !workers) return;
  workers.addEventListener("message", ({ data }) => {
    if (data !== "unsent" || !sent) return;
    dispatchEvent(new Event("pageshow")); // the button rests, as after "back"
    unsent(sent);
    sent = null;
  });
  addEventListener("load", () => {
    workers.register(worker, { scope: location.pathname.match(/^\/\w+\//)[0] }).catch(() => { /* blocked */ });
  });
})();
