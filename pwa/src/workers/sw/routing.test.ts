import { describe, expect, it } from 'vitest'
import { type Asked, routeOf } from './routing'

const ORIGIN = 'https://anxun.example'
const SHELL = new Set(['/index.html', '/assets/index-1.js'])

const get = (path: string, more: Partial<Asked> = {}): Asked => ({
  method: 'GET',
  mode: 'cors',
  url: path.startsWith('/') ? ORIGIN + path : path,
  ...more,
})
const route = (asked: Asked) => routeOf(asked, ORIGIN, SHELL)

describe('without a network', () => {
  it.each(['/', '/e', '/index.html', '/?from=home'])('a visit to %s opens the app', (path) => {
    const shell = { kind: 'shell', url: '/index.html' }
    expect(route(get(path, { mode: 'navigate' }))).toEqual(shell)
  })

  it('a file of the shell comes from the shell', () => {
    expect(route(get('/assets/index-1.js'))).toEqual({ kind: 'shell', url: '/assets/index-1.js' })
  })

  it('the print engine has its own cache', () => {
    expect(route(get('/engine/engine.json'))).toEqual({ kind: 'engine' })
  })
})

describe('pictures shared by another app', () => {
  it('stay on the phone', () => {
    expect(route(get('/share', { method: 'POST', mode: 'navigate' }))).toEqual({ kind: 'handed' })
  })

  it('are not asked for by an address', () => {
    const shell = { kind: 'shell', url: '/index.html' }
    expect(route(get('/share', { mode: 'navigate' }))).toEqual(shell)
  })
})

describe('the server is always asked itself', () => {
  const doors = ['/api/v1/me', '/uploads/7', '/v/abc', '/o/abc/reply/1', '/calendar/x.ics']

  it.each(doors)('for %s', (path) => {
    expect(route(get(path))).toEqual({ kind: 'network' })
    expect(route(get(path, { mode: 'navigate' }))).toEqual({ kind: 'network' })
  })

  it('when something is sent', () => {
    expect(route(get('/', { method: 'POST', mode: 'navigate' }))).toEqual({ kind: 'network' })
  })

  it('for a file of another version', () => {
    expect(route(get('/assets/index-2.js'))).toEqual({ kind: 'network' })
  })

  it('for another host', () => {
    expect(route(get('https://elsewhere.example/index.html'))).toEqual({ kind: 'network' })
  })
})
