// Landmarks for readers of the screen by ear: unfold's pages have none for their content, and
// name every scrolling part alike.
document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("main")?.setAttribute("role", "main");
});
window.addEventListener("load", () => {
  for (const part of document.querySelectorAll(".simplebar-content-wrapper")) {
    part.setAttribute("role", "group");
  }
});
