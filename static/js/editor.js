// The Markdown editor: Tab leaves the field as everywhere else, unsaved words are not lost by a wrong click,
// and a picture dropped on the text is refused in words.
(() => {
  "use strict";
  const isEditor = (element) => element instanceof Element && element.matches(".markdownx-editor");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && isEditor(event.target)) event.stopImmediatePropagation();
  }, true);

  const refusePictures = (event) => {
    const data = event.dataTransfer || event.clipboardData;
    if (!isEditor(event.target) || !data || !data.files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.alert(event.target.dataset.noPictures);
  };
  document.addEventListener("drop", refusePictures, true);
  document.addEventListener("paste", refusePictures, true);

  let unsaved = false;
  document.addEventListener("input", (event) => {
    if (isEditor(event.target)) unsaved = true;
  });
  document.addEventListener("submit", (event) => {
    const kept = event.submitter && event.submitter.hasAttribute("data-keeps-text");
    if (event.target.querySelector(".markdownx-editor") && !kept) unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
})();
