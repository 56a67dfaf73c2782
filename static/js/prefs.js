// The reader's own settings, before anything is drawn. They never leave this browser (about/reading-settings).
"use strict";
try {
  const chosen = JSON.parse(localStorage.getItem("reading")) || {};
  for (const key of ["theme", "text", "lines", "letters"]) {
    if (/^[a-z]{3,9}$/.test(chosen[key] ?? "")) document.documentElement.dataset[key] = chosen[key];
  }
} catch {
  // No storage, no settings: the page looks as the device says.
}
