// A document page by page: buttons, and while it has the focus ← → Home End and + - 0.
// Without this script every page stands below the other.
(() => {
  if (window.documentPreview) return;
  window.documentPreview = true;
  const SIZES = [0.5, 0.75, 1, 1.5, 2, 3];

  const pagesOf = (part) => [...part.querySelectorAll("[data-document-page]")];

  function show(part, wanted) {
    const pages = pagesOf(part);
    if (!pages.length) return;
    const number = Math.max(0, Math.min(pages.length - 1, wanted));
    pages.forEach((page, each) => { page.hidden = each !== number; });
    part.dataset.number = number;
    part.querySelector("[data-document-place]").textContent = pages[number].dataset.documentPage;
    part.querySelector("[data-document-pages]").scrollTop = 0;
    part.querySelector('[data-document-step="-1"]').setAttribute("aria-disabled", number === 0);
    part.querySelector('[data-document-step="1"]').setAttribute("aria-disabled", number === pages.length - 1);
  }

  function size(part, wanted) {
    const index = Math.max(0, Math.min(SIZES.length - 1, wanted));
    part.dataset.size = index;
    part.style.setProperty("--document-zoom", SIZES[index]);
    part.querySelector("[data-document-size]").textContent = `${SIZES[index] * 100}%`;
  }

  const step = (part, by) => show(part, Number(part.dataset.number) + by);
  const zoom = (part, by) => size(part, Number(part.dataset.size) + by);

  function fail(image) {
    image.hidden = true;
    image.nextElementSibling.hidden = false;
  }

  function begin(root) {
    for (const part of root.querySelectorAll("[data-document]:not([data-number])")) {
      for (const tools of part.querySelectorAll("[data-document-tools]")) tools.hidden = false;
      for (const image of part.querySelectorAll("img")) {
        if (image.complete && image.naturalWidth === 0 && image.currentSrc) fail(image);
        image.addEventListener("error", () => fail(image));
      }
      if (!pagesOf(part).length) continue;
      show(part, 0);
      size(part, SIZES.indexOf(1));
    }
  }

  const KEYS = {
    ArrowLeft: (part) => step(part, -1),
    ArrowRight: (part) => step(part, 1),
    Home: (part) => show(part, 0),
    End: (part) => show(part, Infinity),
    "+": (part) => zoom(part, 1),
    "=": (part) => zoom(part, 1),
    "-": (part) => zoom(part, -1),
    0: (part) => size(part, SIZES.indexOf(1)),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-document-step], [data-document-zoom]");
    const part = button?.closest("[data-document]");
    if (!part) return;
    if (button.dataset.documentStep) step(part, Number(button.dataset.documentStep));
    else zoom(part, Number(button.dataset.documentZoom));
  });
  document.addEventListener("keydown", (event) => {
    const part = event.target.closest?.("[data-document][data-number]");
    const act = KEYS[event.key];
    if (!part || !act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(part);
  });
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt.parentElement ?? document));
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => begin(document));
  } else {
    begin(document);
  }
})();
