/** A file of the server whole, for what shows it inside a page; the look itself enters its custody. */

/** Null: there is no answer, or none with a file. */
export async function serverFile(path: string): Promise<Blob | null> {
  try {
    const reply = await fetch(path)
    return reply.ok ? await reply.blob() : null
  } catch {
    return null
  }
}
