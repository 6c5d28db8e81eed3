/** Where the browser allows it: the console works without a network and can be put on the home screen. */
export function installDriver(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=manifest]'))
    link.href = '/driver.webmanifest'
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  void navigator.serviceWorker
    .register('/driver-worker.js', { scope: '/driver', updateViaCache: 'none' })
    .then(controlled)
    // Asked once more through the worker, so that it knows who is signed in.
    .then(() => fetch('/api/session', { headers: { accept: 'application/json' } }))
    .then(() => document.documentElement.setAttribute('data-offline-ready', ''))
    .catch(() => undefined)
  // Photos and signatures wait in IndexedDB; a phone short of space must not clear them.
  void navigator.storage?.persist?.().catch(() => undefined)
}

/** Resolves once the worker stands between this page and the network. */
const controlled = (): Promise<void> =>
  new Promise((resolve) => {
    if (navigator.serviceWorker.controller) resolve()
    else navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
  })
