import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { foreignHosts, withoutForeignSources } from './own-host.ts'

const installed = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url)), 'utf8')

describe('foreign hosts', () => {
  it('are seen in every way a file can name them', () => {
    const text = `url(//at.alicdn.com/a.woff) fetch("https://cdn.example.org/x") 'http://a.b.cn'`
    expect(foreignHosts(text)).toEqual(['a.b.cn', 'at.alicdn.com', 'cdn.example.org'])
  })

  it('are not seen in namespaces, comments and paths of our own', () => {
    const text = '"http://www.w3.org/2000/svg" // see foo.bar x="/assets/a.js" a//b.c'
    expect(foreignHosts(text)).toEqual([])
  })

  it.each(['vant/es/icon/index.css', 'zxing-wasm/dist/es/share.js'])('are cut from %s', (path) => {
    const code = installed(path)
    expect(foreignHosts(code)).not.toEqual([])
    expect(foreignHosts(withoutForeignSources(code))).toEqual([])
  })
})
