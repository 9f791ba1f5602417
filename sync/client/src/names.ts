/** CS3–CS5: how changesets, records, dossiers, entities and fields are named. */

const DEVICE = '[a-z0-9]{12,16}'
const NUMBER = '[1-9][0-9]{0,15}'
const ID = `${DEVICE}\\.${NUMBER}\\.${NUMBER}`
const PART = '[a-z0-9_-]{1,64}'

const ID_FORM = new RegExp(`^(${DEVICE})\\.(${NUMBER})\\.(${NUMBER})$`)
const RECORD_FORM = new RegExp(`^(${ID})\\.[0-9a-f]{8}$`)
const REGISTER_FORM = new RegExp(`^ref\\.${PART}\\.${PART}(\\.${PART})?$`)
const NAME_FORM = /^[a-z][a-z0-9_]{0,63}$/

/** The parts of a changeset id (CS4). */
export interface ChangesetId {
  readonly device: string
  readonly epoch: number
  readonly n: number
}

/** The parts of an id, or null where it is malformed or a number is beyond 2^53−1. */
export function readId(id: string): ChangesetId | null {
  const match = ID_FORM.exec(id)
  if (match === null) return null
  const [epoch, n] = [Number(match[2]), Number(match[3])]
  if (!Number.isSafeInteger(epoch) || !Number.isSafeInteger(n)) return null
  return { device: match[1] ?? '', epoch, n }
}

export function formatId({ device, epoch, n }: ChangesetId): string {
  return `${device}.${epoch}.${n}`
}

/** CS5: `<id of the creating changeset>.<8 lower-case hex>`. */
export function isRecordName(name: string): boolean {
  const match = RECORD_FORM.exec(name)
  return match !== null && readId(match[1] ?? '') !== null
}

/** CS5: a dossier is named by its record, a register of the server by `ref.…`. */
export function isDossierName(name: string): boolean {
  return isRecordName(name) || REGISTER_FORM.test(name)
}

/** CS3: the form of entity and field names. */
export function isName(name: string): boolean {
  return NAME_FORM.test(name)
}
