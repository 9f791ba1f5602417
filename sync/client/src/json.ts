/**
 * JSON as a body may hold it (CS3), read by an own scanner because `JSON.parse` hides duplicate
 * keys, number forms and depth.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

export const MAX_DEPTH = 32

/** What is wrong with a text; the message names the clause for a log, not for an officer. */
export class Malformed extends Error {}

/** The value of a strict JSON text. Throws Malformed. */
export function readJson(text: string): Json {
  const scanner = new Scanner(text)
  const value = scanner.value(1)
  scanner.end()
  return value
}

/** CS8: equal after parsing, key order ignored. */
export function equalJson(a: Json, b: Json): boolean {
  if (a === b) return true
  if (isArray(a) || isArray(b)) {
    if (!isArray(a) || !isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => equalJson(item, b[index] ?? null))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key] ?? null, b[key] ?? null))
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value)
}

/** A member by name, never one inherited: field names may be `constructor`. */
export function member<T>(object: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** CS8, LG8: code point order, that of UTF-8; UTF-16 puts surrogates below U+E000, so lift them. */
export function byCodePoint(a: string, b: string): number {
  let at = 0
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  return lifted(a, at) - lifted(b, at)
}

function lifted(text: string, at: number): number {
  if (at >= text.length) return -1
  const unit = text.charCodeAt(at)
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

const BLANK = new Set([' ', '\t', '\n', '\r'])
const INTEGER = /-?[0-9]+/y
const PLAIN = /[^"\\]*/y
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
const WORDS: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

class Scanner {
  private at = 0

  constructor(private readonly text: string) {}

  value(depth: number): Json {
    this.blank()
    const first = this.text[this.at]
    if (first === '{') return this.object(depth)
    if (first === '[') return this.array(depth)
    if (first === '"') return this.string()
    if (first === '-' || (first !== undefined && first >= '0' && first <= '9')) return this.number()
    return this.word()
  }

  end(): void {
    this.blank()
    if (this.at !== this.text.length) throw new Malformed('text after the value')
  }

  private object(depth: number): JsonObject {
    const entries = new Map<string, Json>()
    this.list('{', '}', depth, () => {
      this.blank()
      const key = this.string()
      if (entries.has(key)) throw new Malformed(`duplicate key ${key}`)
      this.take(':')
      entries.set(key, this.value(depth + 1))
    })
    return Object.fromEntries(entries)
  }

  private array(depth: number): readonly Json[] {
    const items: Json[] = []
    this.list('[', ']', depth, () => items.push(this.value(depth + 1)))
    return items
  }

  private list(open: string, close: string, depth: number, item: () => void): void {
    if (depth > MAX_DEPTH) throw new Malformed('nested too deep')
    this.take(open)
    if (this.skips(close)) return
    do item()
    while (this.skips(','))
    this.take(close)
  }

  private number(): number {
    const digits = this.match(INTEGER)
    if (/^-?0[0-9]/.test(digits) || digits === '-0') throw new Malformed('number form')
    if (/[.eE]/.test(this.text[this.at] ?? '')) throw new Malformed('not an integer')
    const value = Number(digits)
    if (!Number.isSafeInteger(value)) throw new Malformed('integer beyond 2^53−1')
    return value
  }

  private string(): string {
    const start = this.at
    this.take('"')
    for (this.match(PLAIN); this.text[this.at] === '\\'; this.match(PLAIN)) this.at += 2
    this.take('"')
    const value = unescape(this.text.slice(start, this.at))
    if (value.includes('\0') || LONE_SURROGATE.test(value)) throw new Malformed('character')
    return value
  }

  private word(): Json {
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.at)) continue
      this.at += word.length
      return value
    }
    throw new Malformed(`no value at ${this.at}`)
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) throw new Malformed(`unexpected text at ${this.at}`)
    this.at += found[0].length
    return found[0]
  }

  private take(mark: string): void {
    if (!this.skips(mark)) throw new Malformed(`${mark} expected at ${this.at}`)
  }

  private skips(mark: string): boolean {
    this.blank()
    if (this.text[this.at] !== mark) return false
    this.at += 1
    return true
  }

  private blank(): void {
    while (BLANK.has(this.text[this.at] ?? '')) this.at += 1
  }
}

/** Escapes and control characters are judged by the platform: one quoted string hides nothing. */
function unescape(quoted: string): string {
  try {
    return JSON.parse(quoted) as string
  } catch {
    throw new Malformed('string form')
  }
}
