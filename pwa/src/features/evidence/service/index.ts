/** Evidence on the phone, put together from its parts over what the app hands in. */

import { shallowRef } from 'vue'

import type { Shown } from '@/store'

import { type Author, whoseOf } from '../author'
import { closeRuns, noteCustody } from '../commands'
import type { EvidenceItem, Room } from '../model'
import { mayFree } from '../rules'
import type { EvidenceService } from '../service-key'
import { type Files, filesOf, type LocalFile } from './files'
import { imagesOf } from './images'
import { journalOf } from './journal'
import { type Keeping, keepingOf } from './keeping'
import { lastingReceipts } from './lasting'
import { filesLeft, leftItem } from './left'
import { outgoingOf } from './outgoing'
import type { EvidencePorts } from './ports'
import { type Receipts, receiptsOf } from './receipts'
import { recorderOf } from './recorder'
import { recoveryOf } from './recovery'
import { type Sending, sendingOf } from './sending'
import { tracksOf } from './tracks'

export function createEvidence(ports: EvidencePorts): EvidenceService {
  const { store, clock, locks } = ports
  const turn = shallowRef(0)
  const changed = (): void => {
    turn.value += 1
  }
  const whose = whoseOf(store)
  const journal = journalOf(store)
  const files = filesOf(ports, whose)
  const receipts = lastingReceipts(ports, receiptsOf(ports, whose))
  const keeping = keepingOf(ports, files, journal)
  const tracks = tracksOf(journal)
  const outgoing = outgoingOf({ ports, files, receipts, running: () => running() })
  const sending = sendingOf(ports, outgoing, receipts, changed)
  const upload = (again: boolean): Promise<void> => sending.start(again)
  /** After the end of a visit nobody winds up any more: what is kept then closes its own run. */
  const windUp = (author: Author, dossier: string): Promise<void> =>
    journal.write(author, async () => {
      const ended = author.records(dossier, 'inspection').some(({ values }) => values.ended)
      const idle = !isRecording(author) || recorder.running()?.dossier !== dossier
      if (ended && idle) await closeRuns({ author, locks }, dossier, clock.now())
    })
  const settled = (author: Author, dossier: string): Promise<void> => {
    changed()
    upload(false).catch(ports.onTrouble)
    return windUp(author, dossier)
  }
  const parts = { ports, whose, journal, keeping, tracks, settled }
  const recorder = recorderOf(parts)
  const isRecording = ({ device }: Author): boolean => recorder.running()?.author.device === device
  const running = (): string => recorder.view.value.recording
  const recovery = recoveryOf({ ...parts, files, running })
  const isThere = (record: string): boolean => receipts.received(record) !== null
  const images = imagesOf(ports, files, isThere)

  let opened = ''
  const judge = async (): Promise<void> => {
    const device = store.gate() === 'open' ? whose().device : ''
    const fresh = device !== '' && device !== opened
    opened = device
    if (device !== '') await receipts.judge()
    changed()
    if (fresh) await upload(false)
  }
  store.subscribe(() => void judge().catch(ports.onTrouble))
  ports.signal.onHint(() => void upload(false).catch(ports.onTrouble))

  const keep: Keeping['keep'] = async (author, dossier, original, about) => {
    const record = await keeping.keep(author, dossier, original, about)
    await settled(author, dossier)
    return record
  }
  const freeableFiles = (): readonly LocalFile[] =>
    files.all().filter(({ record, freed }) => {
      const received = receipts.received(record)
      if (freed || received === null) return false
      return mayFree(received, store.backedUp(), ports.freeAfter, clock.now())
    })

  return {
    recorder: recorder.view,
    anyNetwork: sending.anyNetwork,
    async start(dossier) {
      await recovery.run()
      await recorder.start(dossier)
    },
    pause: (reason) => recorder.pause(reason),
    resume: () => recorder.resume(),
    stop: (dossier) => recorder.stop(dossier),
    mark: (words = '') => recorder.mark(words),
    gapsTold: () => recorder.gapsTold(),
    position: () => recorder.position(),
    moment: keeping.moment,
    async keepPhoto(dossier, jpeg, about) {
      const type = jpeg.type || 'image/jpeg'
      return keep(whose(), dossier, jpeg, { kind: 'photo', type, ...about })
    },
    async keepPdf(dossier, pdf, of) {
      const type = 'application/pdf'
      const original = new Blob([new Uint8Array(pdf)], { type })
      const about = { kind: 'pdf', type, of, imported: false }
      return keep(whose(), dossier, original, about)
    },
    async discard(dossier, evidence, reason) {
      const act = { act: 'discarded', evidence, at: clock.now(), reason } as const
      const author = whose()
      await journal.write(author, () => noteCustody({ author, locks }, dossier, act))
    },
    items: (dossier) => {
      void turn.value
      return itemsOf(ports, dossier, { files, receipts, sending })
    },
    onlyHere: () => {
      void turn.value
      const waiting = outgoing.all().filter(({ record, freed }) => !freed && !isThere(record)).length
      return waiting + (isRecording(whose()) ? 1 : 0)
    },
    async left() {
      const left = await filesLeft({ ports, files, receipts, running })
      return left.map((file) => leftItem(file, sending))
    },
    image: (record) => images.url(record),
    async closeRuns(dossier) {
      const author = whose()
      await journal.write(author, () => closeRuns({ author, locks }, dossier, clock.now()))
    },
    async recover() {
      const found = await recovery.run()
      changed()
      upload(false).catch(ports.onTrouble)
      return found
    },
    upload: () => upload(true),
    raise: (record) => sending.raise(record),
    useAnyNetwork: () => sending.useAnyNetwork(),
    metered: () => ports.metered(),
    receivedAt: (record) => {
      void turn.value
      return receipts.received(record)
    },
    freeable: () => {
      void turn.value
      return roomOf(freeableFiles())
    },
    async free() {
      for (const { record, dossier, file, key, url } of freeableFiles()) {
        const gone = await ports.blobs.remove(file)
        if (gone.ok) await files.link(record, { dossier, file, key, url, freed: true })
      }
      changed()
    },
    openCamera: () => ports.openCamera(),
    locate: () => ports.locate(),
  }
}

interface Whereabouts {
  readonly files: Files
  readonly receipts: Receipts
  readonly sending: Sending
}

function itemsOf(
  { store }: EvidencePorts,
  dossier: string,
  { files, receipts, sending }: Whereabouts,
): readonly EvidenceItem[] {
  const device = store.person()?.device
  const discarded = new Set(
    store
      .records(dossier, 'custody')
      .filter(({ values }) => values.act === 'discarded')
      .map(({ values }) => values.evidence),
  )
  const itemOf = ({ id, values, device: maker }: Shown<'evidence'>): EvidenceItem => {
    const { kind = '', bytes = 0, captured = 0, of = '', officer = '' } = values
    const about = { record: id, kind, bytes, captured, of, officer, own: maker === device }
    const more = { discarded: discarded.has(id), refusal: sending.refusal(id) }
    if (receipts.received(id) !== null) return { ...about, ...more, place: 'server', percent: 100 }
    const place = sending.isMoving(id) ? 'sending' : 'phone'
    return { ...about, ...more, place, percent: sending.percent(id) }
  }
  return store
    .records(dossier, 'evidence')
    .filter(({ id, device: maker }) => {
      return maker === device || files.get(id) !== undefined || receipts.received(id) !== null
    })
    .map(itemOf)
}

function roomOf(files: readonly LocalFile[]): Room {
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}
