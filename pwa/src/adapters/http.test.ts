import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'

import { afterEach, expect, test } from 'vitest'

import { browserHttp } from './http'

let server: Server | null = null

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

type Handler = (request: IncomingMessage, response: ServerResponse) => void

async function serve(handler: Handler): Promise<string> {
  const made = createServer(handler)
  server = made
  await new Promise<void>((resolve) => made.listen(0, resolve))
  return `http://localhost:${(made.address() as AddressInfo).port}`
}

const ours = { 'Anxun-Timeline': 't1', 'content-type': 'application/json' }

test('a large body goes up packed, a small one as it is', async () => {
  const base = await serve(async (request, response) => {
    const packed = request.headers['content-encoding'] === 'gzip'
    const plain = packed ? request.pipe(createGunzip()) : request
    response.writeHead(200, ours).end(JSON.stringify({ packed, got: await text(plain) }))
  })
  const http = browserHttp(5_000, base)
  for (const length of [10, 5_000]) {
    const body = { words: '检'.repeat(length) }
    const answer = await http.send({ method: 'POST', path: '/x', body })
    const read = JSON.parse(answer.text) as { packed: boolean; got: string }
    expect(read).toEqual({ packed: length === 5_000, got: JSON.stringify(body) })
    expect(answer).toMatchObject({ status: 200, timeline: 't1' })
  }
})

test('headers and refusals of our server arrive whole', async () => {
  const base = await serve((request, response) => {
    const courier = request.headers['anxun-enrolment']
    response.writeHead(409, ours).end(JSON.stringify({ courier }))
  })
  const headers = { 'Anxun-Enrolment': 'abcdefabcdef' }
  const answer = await browserHttp(5_000, base).send({ method: 'GET', path: '/x', headers })
  expect(answer).toEqual({ status: 409, timeline: 't1', text: '{"courier":"abcdefabcdef"}' })
})

test('SN11 a portal’s page, or its redirect, is not read', async () => {
  const base = await serve((request, response) => {
    if (request.url === '/page') response.writeHead(200).end('<html>login to wifi')
    else response.writeHead(302, { location: 'http://localhost:9/portal' }).end()
  })
  const http = browserHttp(5_000, base)
  const page = await http.send({ method: 'GET', path: '/page' })
  expect(page).toEqual({ status: 200, timeline: null, text: '' })
  const moved = await http.send({ method: 'GET', path: '/moved' })
  expect(moved).toEqual({ status: 302, timeline: null, text: '' })
})

test('nobody there, or nobody in time, is status 0', async () => {
  const base = await serve(() => undefined)
  const silent = await browserHttp(50, base).send({ method: 'GET', path: '/x' })
  const dead = await browserHttp(5_000, 'http://localhost:9').send({ method: 'GET', path: '/x' })
  expect([silent.status, dead.status]).toEqual([0, 0])
})
