/** Whether the network is paid by the byte, as far as the browser says (Chrome on Android does). */

interface Connection {
  readonly type?: string
  readonly saveData?: boolean
}

export function isMetered(): boolean {
  const { connection } = navigator as { readonly connection?: Connection }
  return connection?.saveData === true || connection?.type === 'cellular'
}
