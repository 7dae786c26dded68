/* Enhancement only: every page works without this file. */
"use strict";

/* Menus close on Escape and on a press outside. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement && document.activeElement.closest("details.menu[open]");
  for (const open of document.querySelectorAll("details.menu[open]")) open.open = false;
  if (menu) menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

/* A form is sent once; its button says so in words. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button && button.dataset.busy) {
    button.dataset.idle = button.textContent;
    button.setAttribute("aria-busy", "true");
    /* After the browser has read the button's name and value. */
    setTimeout(() => { button.textContent = button.dataset.busy; }, 0);
  }
});
/* A page that comes back from the browser's memory, or after a download, can be sent again. */
function wake() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.textContent = button.dataset.idle || button.textContent;
  }
}
window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
window.addEventListener("focus", () => setTimeout(wake, 10000));

/* The device's zone is offered, never taken. */
(() => {
  const place = document.querySelector("[data-zone-offer]");
  if (!place) return;
  let device = "", kept = "";
  try {
    device = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    kept = localStorage.getItem("zone-kept") || "";
  } catch (_error) { /* No storage: ask again next time. */ }
  const shown = place.dataset.zoneShown;
  if (!device || device === shown || device === kept || same(device, shown)) return;
  const city = device.split("/").pop().replaceAll("_", " ");
  const words = document.createElement("span");
  words.textContent = place.dataset.zoneOffer.replace("{city}", city);
  const use = document.createElement("a");
  const address = new URL(location.href);
  address.searchParams.set("tz", device);
  use.href = address.pathname + address.search;
  use.className = "btn btn-s";
  use.textContent = place.dataset.zoneUse;
  const keep = document.createElement("button");
  keep.type = "button";
  keep.className = "btn btn-s";
  keep.textContent = place.dataset.zoneKeep;
  keep.addEventListener("click", () => {
    try { localStorage.setItem("zone-kept", device); } catch (_error) { /* As above. */ }
    place.hidden = true;
  });
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", place.dataset.zoneLabel);
  place.append(words, use, keep);
  place.hidden = false;

  /* Old and new names of one zone show the same clock all year. */
  function same(one, other) {
    if (!one || !other) return false;
    const at = (zone, month) => new Intl.DateTimeFormat("en", { timeZone: zone, timeStyle: "long", dateStyle: "short" })
      .format(Date.UTC(2026, month, 15, 12)).split(" GMT")[0];
    try { return [0, 3, 6, 9].every((month) => at(one, month) === at(other, month)); } catch (_error) { return false; }
  }
})();
