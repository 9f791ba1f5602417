import { describe, expect, it } from 'vitest'
import { noticeOf, opensInPlace } from './notices'

describe('a push message', () => {
  it('is shown as the server wrote it', () => {
    const notice = { title: '明天到期', body: '移交支队', tag: 'clock-1', url: '/#/f/due' }
    expect(noticeOf(JSON.stringify(notice))).toEqual(notice)
  })

  it.each(['', 'null', '[]', 'not json', '7'])('unreadable as %j leads to the inbox', (text) => {
    expect(noticeOf(text).url).toBe('/#/f/inbox')
  })

  it('keeps what can be read of it', () => {
    const notice = noticeOf('{"title": "明天到期", "url": 7}')
    expect(notice).toMatchObject({ title: '明天到期', url: '/#/f/inbox' })
  })
})

describe('a tap on a notice', () => {
  const open = new URL('https://anxun.example/#/f/v/1')

  it('moves the open app, recording and all', () => {
    expect(opensInPlace(open, new URL('https://anxun.example/#/f/due'))).toBe(true)
  })

  it('never reloads it', () => {
    expect(opensInPlace(open, new URL('https://anxun.example/v/abc'))).toBe(false)
    expect(opensInPlace(open, new URL('https://anxun.example/?x=1#/f/due'))).toBe(false)
  })
})
