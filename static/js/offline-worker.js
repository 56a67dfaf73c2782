// The network first, always. Without one: the few pages that were kept, or the page that leads to them.
// NAME, KEPT and OFFLINE (one page a language) stand above, from education/offline.py. Nothing else is ever kept.
"use strict";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const others = (names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(others).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET" || !request.url.startsWith(self.location.origin)) return;
  if (request.mode !== "navigate" && !KEPT.includes(path)) return;
  const offline = OFFLINE.find((place) => path.startsWith(place.replace("offline/", "")));
  const without = async () => (await caches.match(path)) || caches.match(offline);
  event.respondWith(fetch(request).catch(without));
});
