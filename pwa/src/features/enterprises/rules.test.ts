import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import {
  type CodeFault,
  type CodeParts,
  type CodePayload,
  type CreditCodeFault,
  type ScanResult,
  type SignatureResult,
  checkCreditCode,
  creditCodeWords,
  findCreditCode,
  judgeScan,
  parseCode,
  scanAnswer,
} from './rules'

interface CreditCodes {
  readonly check: readonly {
    readonly name: string
    readonly text: string
    readonly code: string
    readonly fault: CreditCodeFault | null
    readonly position: number | null
    readonly words: string
  }[]
  readonly find: readonly { readonly name: string; readonly text: string; readonly code: string }[]
}

interface Scans {
  readonly public_key_spki: string
  readonly payload: CodePayload
  readonly parse: readonly {
    readonly name: string
    readonly text: string
    readonly parts: CodeParts | CodeFault
  }[]
  readonly judge: readonly {
    readonly name: string
    readonly text: string
    readonly signature: SignatureResult
    readonly expected: string | null
    readonly today: string
    readonly renewed: string | null
    readonly result: ScanResult
  }[]
  readonly signature: readonly {
    readonly name: string
    readonly text: string
    readonly holds: boolean
  }[]
}

const codes = read<CreditCodes>('credit_code')
const scans = read<Scans>('scan')

describe('the credit code', () => {
  it.each(codes.check)('$name', ({ text, code, fault, position, words }) => {
    const verdict = checkCreditCode(text)
    expect(verdict).toEqual({ code, fault, position })
    expect(creditCodeWords(verdict)).toBe(words)
  })

  it.each(codes.find)('in a longer text: $name', ({ text, code }) => {
    expect(findCreditCode(text)).toBe(code)
  })
})

describe('S3-4.2a the QR code of an enterprise', () => {
  it.each(scans.parse)('is taken apart: $name', ({ text, parts }) => {
    expect(parseCode(text)).toEqual(parts)
  })

  it.each(scans.judge)('is judged: $name', (one) => {
    const parts = parseCode(one.text)
    expect(judgeScan(parts, one.signature, one.expected, one.today, one.renewed)).toBe(one.result)
  })

  it.each(scans.signature)('is signed over key and payload: $name', async ({ text, holds }) => {
    const parts = parseCode(text)
    if (typeof parts === 'string') throw new Error(parts)
    expect(await verifies(parts)).toBe(holds)
  })
})

describe('what the scan sheet says', () => {
  it('names both enterprises when the code is another one’s', () => {
    expect(scanAnswer('other_enterprise', '宏泰气体', '启明精细化工', '', false)).toEqual({
      words: '这是“宏泰气体”的码，不是今天要查的“启明精细化工”。',
      ways: ['改查这家', '重扫'],
    })
  })

  it('tells a renewed code from a lapsed one', () => {
    const renewed = scanAnswer('expired', '', '', '2026-03-01', true)
    const lapsed = scanAnswer('expired', '', '', '2026-03-01', false)
    expect(renewed.words).toBe('企业码已停用（3月1日换新码）。')
    expect(lapsed.words).toBe('企业码已停用（有效期到 3月1日）。')
  })

  it('always offers a way on, and none but a good code says 真的', () => {
    const results = new Set(scans.judge.map((one) => one.result))
    expect(results.size).toBe(7)
    for (const result of results) {
      const answer = scanAnswer(result, '甲', '乙', '2026-03-01', false)
      expect(answer.ways.length).toBeGreaterThan(0)
      expect(answer.words.includes('真的')).toBe(result === 'good')
    }
  })
})

async function verifies(parts: CodeParts): Promise<boolean> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const spki = bytes(scans.public_key_spki)
  const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify'])
  const signed = new TextEncoder().encode(parts.signed_text)
  const hashed = { name: 'ECDSA', hash: 'SHA-256' }
  return crypto.subtle.verify(hashed, key, bytes(parts.signature), signed)
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64url, 'base64url'))
}

function read<T>(name: string): T {
  const url = new URL(`../../../../sync/vectors/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as T
}
