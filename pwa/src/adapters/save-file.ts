/** Hands a file to the person: where it lands is the browser's and his own business. */

const READ_BY_THEN_MS = 60_000

/** Saves under `name`, which may be Chinese, among the downloads. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), READ_BY_THEN_MS)
}
