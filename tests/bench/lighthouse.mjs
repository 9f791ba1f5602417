/**
 * Lighthouse over one running browser: screens as JSON lines on standard input, scores on standard
 * output. `pin`: the screen lies behind the lock, which is opened as an officer opens it.
 */

import { createInterface } from 'node:readline'
import { writeFileSync } from 'node:fs'
import { navigation } from 'lighthouse'
import puppeteer from 'puppeteer-core'

const [port, folder] = process.argv.slice(2)
const CATEGORIES = ['performance', 'accessibility', 'best-practices']
const FLAGS = { logLevel: 'error', onlyCategories: CATEGORIES, output: 'json' }
const SETTLE_MS = 60_000

const browser = await puppeteer.connect({
  browserURL: `http://127.0.0.1:${port}`,
  defaultViewport: null,
})

async function unlock(page, pin) {
  const key = (digit) => `::-p-aria([name="${digit}"][role="button"])`
  for (const digit of pin) await (await page.waitForSelector(key(digit))).click()
}

async function look({ name, url, kept, pin, heading }) {
  const page = await browser.newPage()
  page.setDefaultTimeout(SETTLE_MS)
  const open = async () => {
    await page.goto(url, { waitUntil: 'domcontentloaded' })
    if (pin) await unlock(page, pin)
    await page.waitForSelector(`::-p-text(${heading})`)
  }
  const flags = { ...FLAGS, disableStorageReset: kept }
  const { lhr, report } = await navigation(page, open, { flags })
  if (folder) writeFileSync(`${folder}/${name}.json`, report)
  await page.close()
  const score = (category) => Math.round(100 * (lhr.categories[category].score ?? 0))
  const figure = (audit) => lhr.audits[audit].numericValue
  const faults = Object.values(lhr.audits).filter((audit) => audit.score === 0 && audit.scoreDisplayMode === 'binary')
  return {
    name,
    scores: Object.fromEntries(CATEGORIES.map((category) => [category, score(category)])),
    fcp: figure('first-contentful-paint'),
    lcp: figure('largest-contentful-paint'),
    tbt: figure('total-blocking-time'),
    cls: figure('cumulative-layout-shift'),
    si: figure('speed-index'),
    faults: faults.map(({ id }) => id),
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await look(JSON.parse(line))))
}
await browser.disconnect()
