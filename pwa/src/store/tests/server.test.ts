/** One phone against the served product: login, registers, signed time, lease, lifeboat. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { browserHttp, type Http } from '@/adapters/http'

import type { Store } from '../index'
import { courierOf, handIn } from './courier'
import { newProfile, openStore, PIN, type Profile } from './phone'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const PYTHON = `${ROOT}.venv/bin/python`
const DAY = 86_400_000
const DEMO = { login: 'lijie', password: 'anxun-demo' }

let data: string
let base: string
let serving: ChildProcess

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'anxun-'))
  const port = await freePort()
  const env = { ...process.env, ANXUN_DATA_DIR: data, ANXUN_PORT: String(port) }
  const demo = spawnSync(PYTHON, ['-m', 'backend.cli', 'demo'], { cwd: ROOT, env })
  expect(demo.status, demo.stderr.toString()).toBe(0)
  serving = spawn(PYTHON, ['-m', 'backend.cli', 'serve'], { cwd: ROOT, env, stdio: 'inherit' })
  base = `http://localhost:${port}`
  const answers = async () => (await browserHttp(1_000, base).send(ASK)).timeline
  await vi.waitFor(async () => expect(await answers()).not.toBeNull(), { timeout: 60_000 })
})

afterAll(async () => {
  const ended = new Promise((resolve) => serving.once('exit', resolve))
  serving.kill()
  await ended
  rmSync(data, { recursive: true })
})

const ASK = { method: 'GET', path: '/api/v1/me' } as const

test('an officer logs in, enrols and carries the registers of his bureau', async () => {
  const { store } = await enrolled()
  expect(store.person()).toMatchObject({ name: '李㛃', sectionKind: 'supervision' })
  expect(store.status()).toMatchObject({ network: 'ok', loading: null, revoked: false })
  const { rows, asOf } = store.register('officers', 'officer')
  const names = [...rows.values()].map(({ name }) => name)
  expect(names).toContain('李㛃')
  expect(rows.get(store.person()?.officer ?? '')?.name).toBe('李㛃')
  expect(asOf).toBe(store.status().lastContact)
  expect(store.register('enterprises', 'enterprise').rows.size).toBeGreaterThan(0)
  expect(store.dossiers().every((dossier) => !dossier.startsWith('ref.'))).toBe(true)
})

test('registers survive the page and are not fetched again', async () => {
  const { store, profile } = await enrolled()
  const before = [...store.register('enterprises', 'enterprise').rows]
  store.close()
  const asked: string[] = []
  const http = bearer()
  const watching: Http = {
    ...http,
    send: (request) => {
      asked.push(request.path)
      return http.send(request)
    },
  }
  const again = await openStore(profile, watching)
  await again.login(DEMO.login, DEMO.password)
  await again.unlock(PIN)
  await again.sync()
  expect([...again.register('enterprises', 'enterprise').rows]).toEqual(before)
  expect(asked.filter((path) => path.includes('/snapshot/'))).toEqual([])
})

test('the signed time of the server verifies, one of somebody else does not', async () => {
  const { store, profile, http } = await enrolled()
  const signed = store.beacon()
  expect(Math.abs((signed?.now ?? 0) - profile.wall.now)).toBeLessThan(10 * 60_000)
  const forging: Http = {
    ...http,
    send: async (request) => {
      const answer = await http.send(request)
      const text = answer.text.replace(/"now":(\d+),"signature"/, '"now":1,"signature"')
      return { ...answer, text }
    },
  }
  const forged = await openStore(profile, forging)
  await forged.unlock(PIN)
  await forged.sync()
  expect(forged.beacon()).toEqual(signed)
})

test('GR5 after the lease nothing is read, sending works, contact opens again', async () => {
  const { store, profile, http } = await enrolled()
  const { leaseUntil } = store.status()
  expect(leaseUntil).toBeGreaterThan(profile.wall.now + DAY)
  const dossier = await openVisit(store)
  const [id = ''] = await store.append([finding(dossier, 'x'.repeat(5_000))])

  let reachable = false
  const switched: Http = {
    ...http,
    send: (request) =>
      reachable ? http.send(request) : Promise.resolve({ status: 0, timeline: null, text: '' }),
  }
  const late = await openStore(profile, switched)
  await late.unlock(PIN)
  expect(late.gate()).toBe('open')
  profile.wall.now = leaseUntil + 1
  expect([late.gate(), late.dossiers(), late.record(dossier, 'finding', id)]).toEqual([
    'lease_over',
    [],
    null,
  ])
  reachable = true
  await late.sync()
  expect(late.gate()).toBe('open')
  expect(late.status()).toMatchObject({ unsent: 0, held: 0, network: 'ok' })
  expect(late.status().skew).toBeGreaterThan(DAY)
  expect(late.record(dossier, 'finding', id)?.place).toBe('server')
})

test('the lifeboat of a locked phone is opened by the server’s key, and by its words', async () => {
  const { store } = await enrolled()
  const dossier = await openVisit(store)
  await store.append([finding(dossier, '手机摔坏前写的')])
  await store.newDataKey('recording-1')
  store.lock()
  const boat = await (await store.lifeboat()).text()
  expect(boat).not.toContain('手机摔坏')

  const opening = spawnSync(PYTHON, ['-c', OPEN_LIFEBOAT, data], { cwd: ROOT, input: boat })
  expect(opening.status, opening.stderr.toString()).toBe(0)
  const opened = JSON.parse(opening.stdout.toString()) as {
    keys: string[]
    own: { body: string; n: number }[]
  }
  expect(opened.keys).toEqual(['evidence/recording-1', 'own'])
  expect(opened.own.map(({ n }) => n)).toEqual([1, 2])
  expect(JSON.parse(opened.own[1]?.body ?? '{}')).toMatchObject({
    dossier,
    fields: { problem: { value: '手机摔坏前写的' } },
  })
})

test('LB4 LB5 a colleague hands in the lifeboat of a locked phone, then its owner syncs', async () => {
  const { store } = await enrolled()
  const dossier = await openVisit(store)
  const [id = ''] = await store.append([finding(dossier, '手机锁着')])
  await store.newDataKey('recording-2')
  store.lock()
  const boat = await (await store.lifeboat()).arrayBuffer()

  const courier = await courierOf(base, 'nurlan', DEMO.password)
  const handed = () => handIn(base, courier, boat)
  expect(await handed()).toMatchObject([{ accepted: 2, duplicate: 0, refused: 0 }])
  expect(await handed()).toMatchObject([{ accepted: 0, duplicate: 2, refused: 0 }])

  expect(await store.unlock(PIN)).toMatchObject({ ok: true })
  await store.sync()
  expect(store.status()).toMatchObject({ unsent: 0, held: 0, network: 'ok' })
  expect(store.record(dossier, 'finding', id)?.place).toBe('server')
})

test('a wrong password is the server’s word, a dead server is none', async () => {
  const store = await openStore(newProfile(), bearer())
  const wrong = await store.login(DEMO.login, 'wrong')
  expect(wrong).toMatchObject({ ok: false, network: 'login_expired' })
  expect(wrong.ok || wrong.title).toContain('密码不对')
  const nowhere = await openStore(newProfile(), browserHttp(500, 'http://localhost:9'))
  expect(await nowhere.login('a', 'b')).toEqual({ ok: false, network: 'server_down', title: null, code: '' })
})

/** What the server does with a lifeboat, by its own keys and library. */
const OPEN_LIFEBOAT = `
import json, sys
from pathlib import Path
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from backend.core.signing import ServerKeys, from_base64url as raw

server = ServerKeys.at(Path(sys.argv[1]) / "keys").hpke
suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
keys, own = {}, []
for line in map(json.loads, sys.stdin):
    if "key" in line:
        assert line["server_key"] == server.id
        sealed = raw(line["enc"]) + raw(line["sealed"])
        plain = suite.decrypt(sealed, server.private, b"anxun/lifeboat/1")
        assert plain[32:] == f"key/{line['device']}/{line['key']}".encode()
        keys[line["key"]] = plain[:32]
    elif "sealed" in line:
        place = f"anxun/own/{line['device']}/{line['epoch']}/{line['n']}".encode()
        sealed = raw(line["sealed"])
        plain = AESGCM(keys["own"]).decrypt(sealed[:12], sealed[12:], place)
        own.append(json.loads(plain))
print(json.dumps({"keys": sorted(keys), "own": own}))
`

async function enrolled(): Promise<{ store: Store; profile: Profile; http: Http }> {
  const profile = newProfile(Date.now())
  const http = bearer()
  const store = await openStore(profile, http)
  expect(await store.login(DEMO.login, DEMO.password)).toEqual({ ok: true })
  await store.enrol(PIN, '测试手机')
  await store.sync()
  return { store, profile, http }
}

/** A client without a browser's origin is given its session as a token. */
function bearer(): Http {
  const http = browserHttp(20_000, base)
  let token = ''
  return {
    listen: () => () => undefined,
    send: async (request) => {
      const headers = { ...request.headers, ...(token && { authorization: `Bearer ${token}` }) }
      const answer = await http.send({ ...request, headers })
      if (request.path.endsWith('/session') && answer.status === 201) {
        token = (JSON.parse(answer.text) as { token: string }).token
      }
      return answer
    },
  }
}

async function openVisit(store: Store): Promise<string> {
  const { bureau = '', section = '' } = store.person() ?? {}
  return store.open({ kind: 'inspection', bureau, section, reason: 'complaint' })
}

function finding(dossier: string, problem: string) {
  return { dossier, entity: 'finding', fields: { problem } } as const
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
