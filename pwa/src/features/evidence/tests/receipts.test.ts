/** Receipts count as long as the server holds them: one that was restored may lack the file. */
import { expect, test } from 'vitest'

import type { Author } from '../author'
import type { EvidencePorts } from '../service/ports'
import { receiptsOf } from '../service/receipts'

const EVIDENCE = { id: 'd.1.1.e', values: { sha256: 'aa', bytes: 3 } }
const RECEIPT = {
  id: 's.1.1.r',
  values: { evidence: EVIDENCE.id, sha256: 'aa', bytes: 3, received: 5, key: 'k', signature: 's' },
}

function phone(): { lie: (typeof RECEIPT)[]; ports: EvidencePorts } {
  const lie = [RECEIPT]
  const rows = new Map([['k', { use: 'sign', public: 'p' }]])
  const store = {
    dossiers: () => ['d'],
    records: () => lie,
    record: () => EVIDENCE,
    register: () => ({ rows }),
  }
  return { lie, ports: { store, verify: async () => true } as unknown as EvidencePorts }
}

test('a receipt the restored server lacks counts no more, and counts again when it comes', async () => {
  const { lie, ports } = phone()
  const receipts = receiptsOf(ports, () => ({ device: 'd' }) as Author)
  expect(await receipts.judge()).toBe(true)
  expect(receipts.received(EVIDENCE.id)).toBe(5)
  expect(await receipts.judge()).toBe(false)
  lie.pop()
  expect(await receipts.judge()).toBe(true)
  expect(receipts.received(EVIDENCE.id)).toBeNull()
  lie.push({ ...RECEIPT, id: 's.1.9.r', values: { ...RECEIPT.values, received: 9 } })
  expect(await receipts.judge()).toBe(true)
  expect(receipts.received(EVIDENCE.id)).toBe(9)
})

test('receipts are not lost while a colleague is there who does not carry their dossier', async () => {
  const { lie, ports } = phone()
  let device = 'd'
  const receipts = receiptsOf(ports, () => ({ device }) as Author)
  await receipts.judge()
  device = 'e'
  const mine = lie.splice(0)
  await receipts.judge()
  expect(receipts.received(EVIDENCE.id)).toBeNull()
  lie.push(...mine)
  device = 'd'
  expect(receipts.received(EVIDENCE.id)).toBe(5)
})
