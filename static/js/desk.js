// What pages share on which people decide without the mouse: keys, focus and panels.
// Letters are shortcuts only while nobody types in a field.
(() => {
  if (window.desk) return;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isField = (element) =>
    element?.matches?.('textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"])');

  // Calls what `of` says for a key. `inField` and `withControl` get the others, to act on them.
  function keys({ isHere, of, inField = () => {}, withControl = () => {} }) {
    document.addEventListener("keydown", (event) => {
      if (!isHere() || event.isComposing || event.altKey) return;
      if (event.ctrlKey || event.metaKey) return void withControl(event);
      if (isField(event.target)) return void inField(event);
      const act = of(event);
      if (!act || event.defaultPrevented) return;
      event.preventDefault();
      act();
    });
  }

  // The one of several that holds the focus, and the focus moved on to the one beside it.
  const current = (items) => items.find((item) => item.contains(document.activeElement));
  function move(items, step, target = (item) => item) {
    const place = items.indexOf(current(items));
    const to = place < 0 ? (step > 0 ? 0 : items.length - 1) : place + step;
    const item = items[Math.max(0, Math.min(items.length - 1, to))];
    if (!item) return;
    target(item)?.focus();
    target(item)?.scrollIntoView({ block: "nearest" });
  }

  // Buttons that open a panel each, named by `aria-controls`: one is open at a time, or none.
  function panels({ button: selector, first, form }) {
    const buttons = () => all(selector);
    const panelOf = (button) => document.getElementById(button.getAttribute("aria-controls"));
    const isOpen = (button) => panelOf(button)?.hidden === false;
    function open(button) {
      for (const each of buttons()) {
        each.setAttribute("aria-expanded", each === button);
        panelOf(each).hidden = each !== button;
      }
      if (button) panelOf(button).querySelector(first)?.focus();
    }
    document.addEventListener("click", (event) => {
      const button = event.target.closest(selector);
      if (button) open(isOpen(button) ? null : button);
    });
    // One decision, sent once.
    document.addEventListener("submit", (event) => {
      if (!event.target.matches?.(form)) return;
      if (event.target.dataset.sent) event.preventDefault();
      event.target.dataset.sent = "1";
    });
    return { open, panelOf, opened: () => buttons().find(isOpen) };
  }

  window.desk = { all, current, keys, move, panels };
})();
