/** The shared cases of sync/vectors, which the Python tests read too. */

import { readFileSync } from 'node:fs'

export interface Case<Given, Expect> {
  readonly name: string
  readonly rule: string
  readonly given: Given
  readonly expect: Expect
}

export interface VectorFile<Given, Expect> {
  readonly cases: readonly Case<Given, Expect>[]
}

export function vectors<Given, Expect, File extends object = object>(
  name: string,
): VectorFile<Given, Expect> & File {
  const url = new URL(`../../vectors/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as VectorFile<Given, Expect> & File
}

/** `[rule] name`, the way a test is called. */
export function titled<Given, Expect>(
  cases: readonly Case<Given, Expect>[],
): [string, Case<Given, Expect>][] {
  return cases.map((each) => [`[${each.rule}] ${each.name}`, each])
}
