/** Whether the page is in sight. Returns the way to stop listening. */
export function onVisibility(listener: (visible: boolean) => void): () => void {
  const tell = () => listener(isVisible())
  document.addEventListener('visibilitychange', tell)
  return () => document.removeEventListener('visibilitychange', tell)
}

export function isVisible(): boolean {
  return document.visibilityState === 'visible'
}
