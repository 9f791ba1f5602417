import { describe, expect, test } from 'vitest'
import { BodyError, clean, parseBody, readBody } from '../src/index'
import type { MergeTable } from '../src/index'
import { utf8Length } from '../src/parse'
import { writeBody } from '../src/body'
import { titled, vectors } from './vectors'

interface Given {
  readonly body: string
  readonly id: string
  readonly fill?: { readonly mark: string; readonly text: string; readonly times: number }
}

const file = vectors<Given, { valid: boolean }, { table: MergeTable }>('changeset')

function filled({ body, fill }: Given): string {
  return fill === undefined ? body : body.replace(fill.mark, fill.text.repeat(fill.times))
}

describe('changeset vectors', () => {
  test.each(titled(file.cases))('%s', (_, { given, expect: expected }) => {
    expect(parseBody(filled(given), given.id, file.table).valid).toBe(expected.valid)
  })

  test('a valid body reads the same by the quick reader', () => {
    for (const { given } of file.cases) {
      const parsed = parseBody(filled(given), given.id, file.table)
      if (parsed.valid) expect(readBody(filled(given))).toMatchObject(parsed.changeset)
    }
  })

  test('[CS1] bytes are counted as UTF-8 has them', () => {
    for (const text of ['', 'a', 'é', '安', '𫖮', 'a安𫖮\u0000']) {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text))
    }
  })
})

const DRAFT = {
  id: 'a3f9k2m7qx1c.1.3',
  time: '1789696440000-0000',
  dossier: 'a3f9k2m7qx1c.1.1.5c0e91d2',
  entity: 'finding',
  record: 'a3f9k2m7qx1c.1.3.e20f6a98',
  schema: 1,
}

function written(value: unknown, seen: readonly string[] = []): string {
  const fields = { problem: { value: value as never, seen } }
  return writeBody({ ...DRAFT, fields }, file.table)
}

describe('writing a body', () => {
  test('[CS3] U+0000 and lone surrogates are stripped from values and keys', () => {
    const body = written({ 'k\u0000\ud800': ['a\u0000b', '\udc00c', '王𫖮'] })
    expect(readBody(body).fields.problem?.value).toEqual({ k: ['ab', 'c', '王𫖮'] })
  })

  test.each([0.5, Number.NaN, Infinity, 2 ** 53])('[CS3] %s is refused', (number) => {
    expect(() => written({ deep: [number] })).toThrow(BodyError)
  })

  test.each([undefined, () => 1, Symbol('x'), 1n])('JSON cannot say %s: refused', (value) => {
    expect(() => clean([value])).toThrow(expect.objectContaining({ code: 'not_json' }))
  })

  test('[CS3] minus zero is written as zero', () => {
    expect(Object.is(readBody(written(-0)).fields.problem?.value, 0)).toBe(true)
  })

  test('[CS6] an empty seen is left out', () => {
    expect(written('x')).not.toContain('seen')
    expect(written('x', ['b8t4w6n2zr5h.1.1'])).toContain('"seen":["b8t4w6n2zr5h.1.1"]')
  })

  test('[CS1] a body past the limit never leaves', () => {
    expect(() => written('安'.repeat(90_000))).toThrow(expect.objectContaining({ code: 'invalid' }))
  })
})
