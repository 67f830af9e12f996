// Approving without the mouse. Letters are shortcuts only while nobody types in a field.
(() => {
  if (window.approvals) return;
  window.approvals = true;
  const cards = () => [...document.querySelectorAll("[data-approval]")];
  const current = () => document.activeElement?.closest?.("[data-approval]");

  function move(step) {
    const all = cards();
    const place = all.indexOf(current());
    const to = place < 0 ? (step > 0 ? 0 : all.length - 1) : place + step;
    const card = all[Math.max(0, Math.min(all.length - 1, to))];
    card?.focus();
    card?.scrollIntoView({ block: "nearest" });
  }
  const buttons = () => [...document.querySelectorAll("[data-approval-open]")];
  const formOf = (button) => document.getElementById(button.dataset.approvalOpen);
  // One decision is open at a time; none without a button.
  function open(button) {
    for (const each of buttons()) {
      each.setAttribute("aria-expanded", each === button);
      formOf(each).hidden = each !== button;
    }
    if (button) formOf(button).querySelector("textarea, button").focus();
  }
  const isOpen = (button) => button.getAttribute("aria-expanded") === "true";
  function press(key) {
    const button = current()?.querySelector(`[data-approval-key="${key}"]`);
    if (button) open(button);
  }
  function close() {
    const button = buttons().find(isOpen);
    if (!button) return;
    open(null);
    button.closest("[data-approval]").focus();
  }
  const KEYS = { j: () => move(1), k: () => move(-1), a: () => press("a"), r: () => press("r"), Escape: close };

  document.addEventListener("keydown", (event) => {
    if (!document.querySelector("[data-approvals]") || event.isComposing) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const isField = event.target.matches?.("textarea, input, select");
    const act = isField && event.key !== "Escape" ? undefined : KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-approval-open]");
    if (button) open(isOpen(button) ? null : button);
  });
  // One decision, sent once.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.("[data-approval-form]")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
  });
})();
