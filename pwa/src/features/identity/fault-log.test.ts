import { describe, expect, it } from 'vitest'

import { faultLog, headLines } from './fault-log'

const AT = Date.UTC(2026, 10, 28, 8, 0, 1)
/** What stands in dossiers, in their addresses and in their keys. */
const SECRETS = [
  '昌吉启明精细化工',
  '3号罐区报警器未投用',
  '周启明',
  '91652301MA0001181J',
  '43.9690000',
  'd0k1a2b3c4d5.1.7.9f8e7d6c',
  'tok_5XbMBK6UCiwh6SvMQLurVqWkBx9',
]

function everyWay(secret: string) {
  const error = new TypeError(secret)
  error.stack = `TypeError: ${secret}\n    at ${secret} (https://${secret}/assets/index-AbCdEf12.js:10:20)`
  const odd = new Error(secret)
  odd.name = secret
  return [
    { kind: 'screen', name: secret },
    { kind: 'http', method: secret, path: `/api/v1/dossiers/${secret}?q=${secret}`, status: 404 },
    { kind: 'http', method: 'GET', path: `/uploads/${secret}`, status: 200 },
    { kind: 'error', error },
    { kind: 'error', error: odd },
    { kind: 'error', error: secret },
  ] as const
}

describe('the log of faults', () => {
  it('lets no word, name, code, place or token of a dossier out', () => {
    const log = faultLog()
    for (const secret of SECRETS) for (const trace of everyWay(secret)) log.note(trace, AT)
    const text = log.lines().join('\n')
    expect(log.lines()).toHaveLength(SECRETS.length * 6)
    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([])
    expect(text).toMatch(/^[ -~\n]*$/)
  })

  it('tells screens, answers and places in our files', () => {
    const log = faultLog()
    log.note({ kind: 'screen', name: 'visit.finding' }, AT)
    log.note({ kind: 'http', method: 'POST', path: '/api/v1/sync/push', status: 503 }, AT)
    const error = new RangeError('x')
    error.stack = 'RangeError: x\n at f (https://a/assets/index-AbCdEf12.js:10:20)'
    log.note({ kind: 'error', error }, AT)
    expect(log.lines()).toEqual([
      '2026-11-28T08:00:01.000Z screen visit.finding',
      '2026-11-28T08:00:01.000Z http POST sync/push 503',
      '2026-11-28T08:00:01.000Z error RangeError assets/index-AbCdEf12.js:10:20',
    ])
  })

  it('keeps the last two hundred', () => {
    const log = faultLog()
    for (let n = 0; n < 250; n += 1) log.note({ kind: 'screen', name: 'help' }, AT + n)
    expect(log.lines()).toHaveLength(200)
    expect(log.lines()[0]).toContain('08:00:01.050Z')
  })

  it('writes what the browser says of itself in plain characters', () => {
    const phone = { build: 'index-1', agent: '浏览器 Chrome', screen: '412x839', freeMb: null }
    const work = { network: 'ok', unsent: 1, held: 0, conflicts: 0, skew: 5 }
    expect(headLines(phone, work).join('\n')).toMatch(/^[ -~\n]*$/)
  })
})
