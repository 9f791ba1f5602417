/** Held by each tab while it records: what would cut a recording asks for it first. */

export const RECORDING_LOCK = 'anxun-recording'

/** Whether any tab of this browser profile records. */
export async function anyTabRecords(
  locks: Pick<LockManager, 'query'> = navigator.locks,
): Promise<boolean> {
  const { held = [] } = await locks.query()
  return held.some(({ name }) => name === RECORDING_LOCK)
}
