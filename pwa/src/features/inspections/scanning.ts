/** What a scanned or typed text is, judged on the phone alone (扫码入企, S3-4.2a). */

import type { Scan } from '@contract/records'

import {
  type CodeParts,
  enterpriseByCode,
  findCreditCode,
  judgeScan,
  parseCode,
  scanAnswer,
  type ScanResult,
  shortName,
} from '@/features/enterprises/public'
import type { Store } from '@/store/types'

import { checkSignature } from './commands'

/** `licence`: the code of a 营业执照; its credit code tells who it is. */
export interface Read {
  readonly result: ScanResult | 'licence'
  readonly words: string
  readonly ways: readonly string[]
  /** Register id, or the credit code the register does not know; empty where nothing is told. */
  readonly enterprise: string
  readonly name: string
  /** The credit code it tells, empty where none. */
  readonly code: string
  readonly scan: Scan
}

export const TYPED = 'typed'

/** `expected`: the enterprise one came for, null on a walk-up; `today` in Asia/Shanghai. */
export async function readText(
  store: Store,
  text: string,
  expected: string | null,
  today: string,
): Promise<Read> {
  const parts = parseCode(text)
  const licence = parts === 'not_ours' ? findCreditCode(text) : null
  if (licence !== null) return licenceRead(store, text, licence, expected)
  if (typeof parts === 'string') return judged(store, text, parts, parts, expected, today)
  const signature = await checkSignature(store, parts)
  const result = judgeScan(parts, signature, expected, today, withdrawnOn(store, parts))
  return judged(store, text, parts, result, expected, today)
}

/** A credit code typed in or read off the licence. */
export function typedScan(store: Store, code: string): { enterprise: string; scan: Scan } {
  const enterprise = idOf(store, code)
  return { enterprise, scan: { text: code, verdict: TYPED, enterprise } }
}

function judged(
  store: Store,
  text: string,
  parts: CodeParts | string,
  result: ScanResult,
  expected: string | null,
  today: string,
): Read {
  const payload = typeof parts === 'string' ? null : parts.payload
  const { rows } = store.register('enterprises', 'enterprise')
  const found = rows.get(payload?.enterprise ?? '')
  const renewed = typeof parts === 'string' ? null : withdrawnOn(store, parts)
  const over = payload !== null && today > payload.until
  const stopped = over ? payload.until : (renewed ?? '')
  const name = shortName(found) || (payload?.code ?? '')
  const expectedName = shortName(rows.get(expected ?? '')) || (expected ?? '')
  const { words, ways } = scanAnswer(result, name, expectedName, stopped, !over && renewed !== null)
  const enterprise = found?.id ?? (payload ? idOf(store, payload.code) : '')
  const key = typeof parts === 'string' ? {} : { key: parts.key }
  const scan = { text, verdict: result, ...key, ...(enterprise && { enterprise }) }
  const code = payload?.code ?? ''
  return { result, words, ways, enterprise, name: found?.name ?? name, code, scan }
}

function licenceRead(store: Store, text: string, code: string, expected: string | null): Read {
  const enterprise = idOf(store, code)
  const { rows } = store.register('enterprises', 'enterprise')
  const scan = { text, verdict: 'licence', enterprise }
  const row = rows.get(enterprise)
  const told = { enterprise, name: row?.name ?? code, code, scan }
  if (expected !== null && enterprise !== expected) {
    const names = [shortName(row) || code, shortName(rows.get(expected)) || expected] as const
    const answer = scanAnswer('other_enterprise', names[0], names[1], '', false)
    return { ...told, result: 'other_enterprise', ...answer }
  }
  const words = '这是营业执照的码，按统一社会信用代码继续。'
  return { ...told, result: 'licence', words, ways: ['继续', '重扫'] }
}

/** The day the signing key was withdrawn: codes issued before it were replaced (换新码). */
function withdrawnOn(store: Store, { key }: CodeParts): string | null {
  return store.register('keys', 'server_key').rows.get(key)?.withdrawn_on || null
}

function idOf(store: Store, code: string): string {
  const { rows } = store.register('enterprises', 'enterprise')
  return enterpriseByCode(rows.values(), code)?.id ?? code
}
