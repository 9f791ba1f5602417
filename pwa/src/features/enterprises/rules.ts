/**
 * What the codes of an enterprise say by themselves: the credit code and the signed QR code.
 *
 * The credit code is judged by its two check digits; that the enterprise exists is the register's
 * answer. The QR code is only taken apart and judged: the signature is verified elsewhere and its
 * result passed in. Copy is that of the scan sheet.
 */

export type CreditCodeFault = 'length' | 'character' | 'check_digit' | 'organisation_digit'
export type CodeFault = 'not_ours' | 'unreadable'
export type SignatureResult = 'ok' | 'bad' | 'unknown_key'
export type ScanResult =
  | 'good'
  | 'other_enterprise'
  | 'bad_signature'
  | 'expired'
  | 'unknown_key'
  | CodeFault

/** `code` as normalised; `position` counts from 1 and names the character to look at. */
export interface CreditCodeVerdict {
  readonly code: string
  readonly fault: CreditCodeFault | null
  readonly position: number | null
}

/** What an enterprise QR code (企业码) states; dates YYYY-MM-DD in Asia/Shanghai. */
export interface CodePayload {
  readonly bureau: string
  readonly enterprise: string
  readonly code: string
  readonly issued: string
  readonly until: string
}

/** A QR code taken apart. Nothing in it is proved before `signed_text` has been verified. */
export interface CodeParts {
  readonly key: string
  readonly payload: CodePayload
  readonly signed_text: string
  readonly signature: string
}

/** What the sheet says and the ways on it offers, first the one most officers need. */
export interface ScanAnswer {
  readonly words: string
  readonly ways: readonly string[]
}

// GB 32100-2015: 31 characters; I, O, Z, S and V are left out because they look like digits or U.
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
// GB 11714: the organisation code stands in places 9 to 17 and has a check character of its own.
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const CODE = /^https:\/\/[^/\s#?]+\/e#AX1\.(.*)$/s
const PARTS = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{2,2048})\.([A-Za-z0-9_-]{86})$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const PAYLOAD_MEMBERS = ['bureau', 'enterprise', 'code', 'issued', 'until'] as const

/** Judge a unified social credit code (统一社会信用代码, GB 32100-2015) as typed or scanned. */
export function checkCreditCode(text: string): CreditCodeVerdict {
  const code = normaliseCreditCode(text)
  const characters = [...code]
  if (characters.length !== 18) return { code, fault: 'length', position: null }
  const wrong = characters.findIndex((one, place) => !fits(one, place))
  if (wrong >= 0) return { code, fault: 'character', position: wrong + 1 }
  if (code[17] !== checkCharacter(code.slice(0, 17)))
    return { code, fault: 'check_digit', position: 18 }
  if (code[16] !== organisationCharacter(code.slice(8, 16)))
    return { code, fault: 'organisation_digit', position: 17 }
  return { code, fault: null, position: null }
}

/** The sentence shown under the field; empty when nothing is wrong. */
export function creditCodeWords(verdict: CreditCodeVerdict): string {
  const characters = [...verdict.code]
  switch (verdict.fault) {
    case null:
      return ''
    case 'length':
      return `代码应为 18 位，现在是 ${characters.length} 位，请看执照再输。`
    case 'character': {
      const character = characters[(verdict.position ?? 1) - 1]
      return `代码第 ${verdict.position} 位不会是“${character}”，请看执照再输。`
    }
    default:
      return `代码第 ${verdict.position} 位对不上，请看执照再输。`
  }
}

/** Whole registers are normalised at one key: most texts have nothing of this, and stay. */
const TO_CHANGE = /[a-z\s\u00a0\u3000\ufeff\uff01-\uff5e]/

/** Full-width to half-width, blanks out, ASCII letters upper; nothing is guessed (O stays O). */
export function normaliseCreditCode(text: string): string {
  return TO_CHANGE.test(text) ? upperHalfWidth(text.replace(/[\s\u00a0\u3000\ufeff]+/g, '')) : text
}

/** The first valid credit code in a longer text, such as the QR code of a 营业执照. */
export function findCreditCode(text: string): string | null {
  const candidate = new RegExp(`(?=(?<![0-9A-Z])([${ALPHABET}]{18})(?![0-9A-Z]))`, 'g')
  for (const [, code] of upperHalfWidth(text).matchAll(candidate))
    if (code !== undefined && checkCreditCode(code).fault === null) return code
  return null
}

/** The text the bureau's key signs for an enterprise QR code (SPEC, signed texts). */
export function codeSignedText(key: string, payload: string): string {
  return `anxun/code/1\n${key}\n${payload}\n`
}

/** Take a scanned text apart: `not_ours` is another code, `unreadable` ours but damaged. */
export function parseCode(text: string): CodeParts | CodeFault {
  const trimmed = text.trim()
  if (trimmed === '') return 'unreadable'
  const ours = CODE.exec(trimmed)
  if (ours === null) return 'not_ours'
  const [, key, encoded, signature] = PARTS.exec(ours[1] ?? '') ?? []
  if (key === undefined || encoded === undefined || signature === undefined) return 'unreadable'
  const payload = decodePayload(encoded)
  if (payload === null) return 'unreadable'
  return { key, payload, signed_text: codeSignedText(key, encoded), signature }
}

/**
 * Judge a scan before the visit (扫码入企, S3-4.2a). `renewed` is the day the register says a newer
 * code was issued: older ones are withdrawn. Another enterprise and an expired code are told even
 * when the key is unknown: going on would be wrong whatever the key turns out to be.
 */
export function judgeScan(
  parts: CodeParts | CodeFault,
  signature: SignatureResult,
  expectedEnterprise: string | null,
  today: string,
  renewed: string | null = null,
): ScanResult {
  if (typeof parts === 'string') return parts
  if (signature === 'bad') return 'bad_signature'
  const { enterprise, issued, until } = parts.payload
  if (expectedEnterprise !== null && enterprise !== expectedEnterprise) return 'other_enterprise'
  if (today > until || (renewed !== null && issued < renewed)) return 'expired'
  return signature === 'unknown_key' ? 'unknown_key' : 'good'
}

/**
 * What to tell the officer. `found` and `expected` are short names for `other_enterprise`;
 * `stopped` is the day the code stopped to hold, with `renewed` true when a newer one was issued.
 */
export function scanAnswer(
  result: ScanResult,
  found: string,
  expected: string,
  stopped: string,
  renewed: boolean,
): ScanAnswer {
  switch (result) {
    case 'good':
      return { words: '企业码是真的', ways: ['到场，开始检查'] }
    case 'other_enterprise':
      return {
        words: `这是“${found}”的码，不是今天要查的“${expected}”。`,
        ways: ['改查这家', '重扫'],
      }
    case 'bad_signature':
      return {
        words: '这个码不是我局签发的，或者被改过。不要当作凭证。',
        ways: ['拍下这个码留证', '输代码'],
      }
    case 'expired': {
      const why = renewed ? `${monthDay(stopped)}换新码` : `有效期到 ${monthDay(stopped)}`
      return { words: `企业码已停用（${why}）。`, ways: ['用统一社会信用代码继续', '重扫'] }
    }
    case 'unknown_key':
      return {
        words: '本机还不认识这把签名钥匙。先继续，联网后自动核对。',
        ways: ['继续', '重扫'],
      }
    case 'unreadable':
      return { words: '看不清。擦一擦，或打开手电筒。', ways: ['手电筒', '输代码'] }
    case 'not_ours':
      return { words: '这不是企业码。', ways: ['重扫', '输代码'] }
  }
}

function fits(character: string, place: number): boolean {
  const allowed = place >= 2 && place < 8 ? ALPHABET.slice(0, 10) : ALPHABET
  return allowed.includes(character)
}

function checkCharacter(first: string): string {
  let total = 0
  let weight = 1
  for (const character of first) {
    total += ALPHABET.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET.charAt((31 - (total % 31)) % 31)
}

function organisationCharacter(body: string): string {
  const total = ORGANISATION_WEIGHTS.reduce(
    (sum, weight, place) => sum + Number.parseInt(body.charAt(place), 36) * weight,
    0,
  )
  return '0123456789X'.charAt((11 - (total % 11)) % 11)
}

function upperHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[a-z]/g, (small) => small.toUpperCase())
}

function decodePayload(encoded: string): CodePayload | null {
  try {
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (one) => one.charCodeAt(0))
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return asPayload(JSON.parse(decoder.decode(bytes)))
  } catch {
    return null
  }
}

function asPayload(value: unknown): CodePayload | null {
  if (typeof value !== 'object' || value === null) return null
  const members = value as Readonly<Record<string, unknown>>
  const texts = PAYLOAD_MEMBERS.map((name) => members[name])
  if (!texts.every((text): text is string => typeof text === 'string' && text !== '')) return null
  const [bureau = '', enterprise = '', code = '', issued = '', until = ''] = texts
  if (!DAY.test(issued) || !DAY.test(until)) return null
  return { bureau, enterprise, code, issued, until }
}

function monthDay(day: string): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}
