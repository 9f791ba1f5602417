/** The least app that has the real service worker. */
void navigator.serviceWorker.register('/sw.js')
