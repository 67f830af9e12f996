// Approving without the mouse.
(() => {
  if (window.approvals) return;
  window.approvals = true;
  const { all, current, keys, move, panels } = window.desk;
  const cards = () => all("[data-approval]");
  const decisions = panels({
    button: "[data-approval-open]",
    first: "textarea, button",
    form: "[data-approval-form]",
  });
  function press(key) {
    const button = current(cards())?.querySelector(`[data-approval-key="${key}"]`);
    if (button) decisions.open(button);
  }
  function close() {
    const button = decisions.opened();
    if (!button) return;
    decisions.open(null);
    button.closest("[data-approval]").focus();
  }
  const KEYS = {
    j: () => move(cards(), 1),
    k: () => move(cards(), -1),
    a: () => press("a"),
    r: () => press("r"),
    Escape: close,
  };
  keys({
    isHere: () => document.querySelector("[data-approvals]"),
    of: (event) => KEYS[event.key],
    inField: (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      close();
    },
  });
})();
