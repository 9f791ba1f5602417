/** The PDF of the paper as it stands: drawn anew when its words, number or hands change. */

import { type Ref, shallowRef, watch } from 'vue'

import { PrintFailed, type PrintFault, type PrintedPaper } from '@/adapters/print-engine'
import { randomHex } from '@/adapters/random'

import { codeOf } from '../../commands'
import { factsText } from '../../rules'
import { usePrintEngine } from '../../services'
import type { Paper } from './use-paper'

export interface Printed {
  readonly pdf: Readonly<Ref<Blob | null>>
  readonly bytes: Readonly<Ref<PrintedPaper | null>>
  readonly fault: Readonly<Ref<PrintFault | null>>
  /** Another version of the app issued it: this one must not show its own drawing instead. */
  readonly other: Readonly<Ref<boolean>>
  again(): void
}

/** The exact facts of the paper at `when` (UTC ms), numbered once it has its number. */
export async function factsOf(
  paper: Pick<Paper, 'at' | 'content' | 'hands' | 'number' | 'store'>,
  when: number,
): Promise<{ readonly facts: string; readonly code: string }> {
  const { store, at, content, hands, number } = paper
  if (content.value === null) throw new Error('the content lacks something')
  if (store.practice) return practiceFacts(paper, when)
  const text = number.value?.values.text ?? null
  const code = text === null ? '' : await codeOf(store, at.value.draft, () => randomHex(16))
  const verifyUrl = text === null ? null : `${location.origin}/v/${code}`
  return { facts: factsText(content.value, hands.value, { when, number: text, verifyUrl }), code }
}

/** 练习: no number, no code that leads anywhere; the fact says so, and so does each sheet. */
function practiceFacts(
  { content, hands }: Pick<Paper, 'content' | 'hands'>,
  when: number,
): { readonly facts: string; readonly code: string } {
  if (content.value === null) throw new Error('the content lacks something')
  const issue = { when, number: null, verifyUrl: null, practice: true }
  return { facts: factsText(content.value, hands.value, issue), code: '' }
}

/** An issued paper is printed from its own facts, and only if the same bytes come out. */
export function usePrint(paper: Paper): Printed {
  const engine = usePrintEngine()
  const pdf = shallowRef<Blob | null>(null)
  const bytes = shallowRef<PrintedPaper | null>(null)
  const fault = shallowRef<PrintFault | null>(null)
  const other = shallowRef(false)
  let turn = 0

  async function draw(): Promise<void> {
    const mine = (turn += 1)
    const { document, content, clock, at } = paper
    if (document.value === undefined && content.value === null) return
    try {
      const own = document.value?.values
      const facts = own?.facts ?? (await factsOf(paper, clock.now())).facts
      const made = await engine.render(at.value.kind, facts)
      if (mine !== turn) return
      other.value = own !== undefined && own.pdf_sha256 !== made.sha256
      if (!other.value) show(made)
    } catch (failure) {
      if (!(failure instanceof PrintFailed)) throw failure
      if (mine === turn) fault.value = failure.fault
    }
  }

  function show(made: PrintedPaper): void {
    fault.value = null
    bytes.value = made
    pdf.value = new Blob([made.pdf], { type: 'application/pdf' })
  }

  const { text, number, signers, document } = paper
  const shown = (): string => {
    const hands = signers.value.map(({ done }) => done)
    return [text.value, number.value?.id, document.value?.id, ...hands].join()
  }
  watch(shown, () => void draw(), { immediate: true })

  return { pdf, bytes, fault, other, again: () => void draw() }
}
