// The Markdown editor: Tab leaves the field as everywhere else, and unsaved words are not lost by a wrong click.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && event.target.matches(".markdownx-editor")) event.stopImmediatePropagation();
  }, true);

  let unsaved = false;
  document.addEventListener("input", (event) => {
    if (event.target.matches(".markdownx-editor")) unsaved = true;
  });
  document.addEventListener("submit", (event) => {
    const kept = event.submitter && event.submitter.hasAttribute("data-keeps-text");
    if (event.target.querySelector(".markdownx-editor") && !kept) unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
})();
