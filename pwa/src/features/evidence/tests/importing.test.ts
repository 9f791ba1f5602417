import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { simulate, type Simulation } from '@/store/tests/simulated'

import { importPhoto, sortPictures } from '../importing'
import { newPhone, newTab } from './tabs'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Simulation
beforeAll(() => {
  server = simulate()
})
afterAll(() => server.end())

const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0, 16]
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const WEBP = [...letters('RIFF'), 4, 0, 0, 0, ...letters('WEBPVP8 ')]
const HEIC = [0, 0, 0, 0x18, ...letters('ftypheic')]

function letters(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0))
}

function file(bytes: readonly number[], type = 'image/jpeg'): File {
  return new File([new Uint8Array(bytes)], 'IMG_1.jpg', { type })
}

test.each([
  ['image/jpeg', JPEG],
  ['image/png', PNG],
  ['image/webp', WEBP],
])('%s that is called a JPEG is sealed as what it is', async (type, bytes) => {
  const phone = await newPhone(server)
  const { dossier, blobs } = phone
  const { evidence, store } = await newTab(phone)
  const record = await importPhoto(evidence, dossier, file(bytes), dossier)
  const { values } = store.record(dossier, 'evidence', record) ?? {}
  expect(values).toMatchObject({ type, bytes: bytes.length, imported: true })
  expect(blobs.names()).toHaveLength(1)
})

test.each([
  ['HEIC called a JPEG', file(HEIC)],
  ['HEIC called what it is', file(HEIC, 'image/heic')],
  ['an empty file', file([])],
  ['a sound', file([0x1a, 0x45, 0xdf, 0xa3], 'image/png')],
])('%s is no photo: nothing of it is sealed, so nothing waits for a receipt', async (_, given) => {
  const phone = await newPhone(server)
  const { dossier, blobs } = phone
  const { evidence, store } = await newTab(phone)
  const kept = importPhoto(evidence, dossier, given, dossier)
  await expect(kept).rejects.toMatchObject({ name: 'NotKept', code: 'not_a_photo' })
  expect([blobs.names(), store.records(dossier, 'evidence')]).toEqual([[], []])
  expect(evidence.onlyHere()).toBe(0)
})

test('of many files the photos are taken and the others counted', async () => {
  const gone = file(JPEG)
  vi.spyOn(gone, 'slice').mockReturnValue({
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
  } as Blob)
  const good = file(PNG)
  expect(await sortPictures([file(HEIC), good, file([]), gone])).toEqual({ photos: [good], others: 3 })
})
