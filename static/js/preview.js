// A kept document opens in a dialog; without this script, on a page of its own.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-preview]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await htmx.ajax("GET", link.href, { target: "#preview-body", select: ".document", swap: "innerHTML" });
  document.getElementById("preview").showModal();
});
