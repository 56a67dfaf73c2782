// This page and the others for bad moments stay readable without a network. Says so once it is true.
"use strict";

if ("serviceWorker" in navigator) {
  window.addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register("/sw.js");
      await navigator.serviceWorker.ready;
      document.querySelector("[data-kept-offline]").hidden = false;
    } catch {
      // A browser that keeps nothing: the page works as long as there is a network.
    }
  });
}
