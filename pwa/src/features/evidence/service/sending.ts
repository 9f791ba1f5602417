/**
 * Evidence on its way: one file at a time over all tabs, from where it stopped. Sending needs only
 * what is in memory, so it goes on behind the lock; it is woken by news, never by a busy clock.
 */

import { shallowRef, type ShallowRef } from 'vue'

import type { UploadError } from '@/adapters/upload'

import { bySending, percentOf, waitsForWifi } from '../rules'
import type { Files, LocalFile } from './files'
import type { LastingReceipts } from './lasting'
import type { Outgoing } from './outgoing'
import type { EvidencePorts } from './ports'

export interface Sending {
  percent(record: string): number
  /** The server takes it now, or it lies at the server without a receipt yet. */
  isMoving(record: string): boolean
  /** It lies at the server, whole. */
  hasArrived(record: string): boolean
  /** The server's own sentence, where it refused a file; '' = it did not. */
  refusal(record: string): string
  readonly anyNetwork: Readonly<ShallowRef<boolean>>
  useAnyNetwork(): Promise<void>
  raise(record: string): Promise<void>
  /** Wakes the queue; `again` also tries what was refused. */
  start(again: boolean): Promise<void>
}

const LANE = 'anxun-upload'
const SETTING = 'evidence/any-network'

export function sendingOf(
  ports: EvidencePorts,
  files: Outgoing,
  receipts: LastingReceipts,
  changed: () => void,
): Sending {
  const { store, locks, timer, metered, sending } = ports
  /** Bytes confirmed; a file stands here once the server has answered for it. */
  const sent = new Map<string, number>()
  /** At the server, whole; its receipt is awaited. */
  const arrived = new Set<string>()
  const refused = new Map<string, string>()
  const raised = new Map<string, number>()
  const anyNetwork = shallowRef(false)
  let moving = ''
  let running = false
  /** Woken meanwhile: what came after the last look at the queue must not be left lying. */
  let woken = false
  let cancelTimer = (): void => undefined

  const mayGo = ({ record, kind, freed }: LocalFile): boolean =>
    !freed &&
    receipts.received(record) === null &&
    !arrived.has(record) &&
    !refused.has(record) &&
    !waitsForWifi(kind, metered(), anyNetwork.value)

  const next = (): LocalFile | undefined => {
    const waiting = files.all().filter(mayGo)
    const ordered = waiting.map((file) => ({ ...file, raised: raised.get(file.record) ?? 0 }))
    return ordered.sort(bySending)[0]
  }

  /** True: the line holds, the next may go. */
  const sendOne = async (file: LocalFile): Promise<boolean> => {
    const { record, dossier, sha256, type, url } = file
    const source = await ports.blobs.source(file.file, file.dataKey)
    if (!source.ok) return refuse(record, '这个文件读不出来。别删应用，找信息员。')
    sent.delete(record)
    const job = {
      ...sending,
      source: source.value,
      metadata: { dossier, evidence: record, sha256, type },
      headers: {},
      signal: new AbortController().signal,
      ...(url === '' ? {} : { url }),
    }
    const done = await ports.send(job, {
      located: (at) => {
        sent.set(record, sent.get(record) ?? 0)
        changed()
        files.link(record, { ...linkOf(file), url: at }).catch(ports.onTrouble)
      },
      progress: (bytes) => {
        sent.set(record, bytes)
        changed()
      },
    })
    // A colleague's session came in between: what it was told is said of no file of his.
    if (!done.ok) return files.get(record) === undefined || stopped(record, done.error)
    sent.set(record, file.bytes)
    arrived.add(record)
    await receipts.claim(file)
    return true
  }

  const refuse = (record: string, words: string): true => {
    refused.set(record, words)
    return true
  }

  const stopped = (record: string, error: UploadError): boolean => {
    if (error.code === 'unreadable_source') {
      return refuse(record, '这个文件读不出来。别删应用，找信息员。')
    }
    // A session that has ended is no refusal of the file: it goes on after the next login.
    if (error.code !== 'refused' || error.status === 401) return false
    return refuse(record, titleOf(error.body))
  }

  const drain = async (): Promise<boolean> => {
    for (let file = next(); file !== undefined; file = next()) {
      moving = file.record
      changed()
      if (!(await sendOne(file))) return false
    }
    return true
  }

  const run = async (): Promise<void> => {
    woken = running
    if (running) return
    running = true
    cancelTimer()
    for (const record of arrived) if (receipts.received(record) !== null) arrived.delete(record)
    try {
      if (store.gate() === 'open') await files.load()
      let all = await locks.request(LANE, drain)
      // Last, as whose they are is found slowly, and seldom there are any.
      if ((await files.seek()) && all) all = await locks.request(LANE, drain)
      if (!all) cancelTimer = timer(sending.againAfter, () => void run())
      // The receipt comes with the facts.
      const awaiting = [...arrived].some((record) => files.get(record) !== undefined)
      if (awaiting && store.person() !== null) await store.sync()
    } catch (error) {
      ports.onTrouble(error)
    } finally {
      running = false
      moving = ''
      changed()
    }
    if (woken) await run()
  }

  return {
    anyNetwork,
    percent: (record) => percentOf(sent.get(record) ?? 0, files.get(record)?.bytes ?? 0),
    isMoving: (record) => (moving === record && sent.has(record)) || arrived.has(record),
    hasArrived: (record) => arrived.has(record),
    refusal: (record) => refused.get(record) ?? '',
    async useAnyNetwork() {
      anyNetwork.value = true
      await store.keep(SETTING, true)
      await run()
    },
    async raise(record) {
      raised.set(record, raised.size + 1)
      await run()
    },
    async start(again) {
      if (again) refused.clear()
      if (store.person() !== null) anyNetwork.value = (await store.kept(SETTING)) === true
      await run()
    },
  }
}

function linkOf({ dossier, file, key, url, freed }: LocalFile): Parameters<Files['link']>[1] {
  return { dossier, file, key, url, freed }
}

function titleOf(body: string): string {
  try {
    const problem: unknown = JSON.parse(body)
    if (typeof problem === 'object' && problem !== null && 'title' in problem) {
      return String(problem.title)
    }
  } catch {
    // No problem document: a proxy spoke. The file is safe all the same.
  }
  return '服务器没收这个文件。原件在本机，没丢。'
}
