/** 现场检查记录 as the documents feature asks for it: signed before any other outward paper. */

import type { Content, DraftContent, Lacking, PaperBuilder } from '@/features/documents/public'
import { libraryOf } from '@/features/law/public'
import type { Store } from '@/store'

import type { Lack, View } from './model'
import { recordAbout, recordContent, recordLacks, RECORD_KIND, RECORD_TITLE } from './papers'
import { placeOf, recordPlace } from './places'
import { lacks, STAGES } from './rules'
import { live } from './rules/view'
import { viewOf } from './views'

export const RECORD_PAPER: PaperBuilder = {
  title: RECORD_TITLE,
  party: '被检查单位现场负责人',
  wanted: (dossier, store, now) => hasBegun(viewOf(store, dossier, now)),
  content,
  issuable: (dossier, store, draft, now) => {
    const view: View = { ...viewOf(store, dossier, now), chosen: draft }
    return wanting(dossier, view, lacks(STAGES, 'issue', view).filter(isNotSignature))
  },
}

function content(dossier: string, store: Store, now: number): DraftContent | readonly Lacking[] {
  const view = viewOf(store, dossier, now)
  const missing = recordLacks(view)
  if (missing.length > 0) return wanting(dossier, view, missing)
  const officers = store.register('officers', 'officer').rows
  const texts = store.register('law', 'pack').rows
  const { laws } = libraryOf(store.register('packs', 'pack').rows, texts)
  return {
    content: { ...recordContent(view, officers, laws) } satisfies Content,
    about: recordAbout(view),
    written: (path) => recordPlace(view, dossier, path),
  }
}

function wanting(dossier: string, view: View, missing: readonly Lack[]): readonly Lacking[] {
  return missing.map((lack) => ({
    says: lack.says,
    verb: lack.verb,
    to: placeOf(view, dossier, lack),
    conflict: lack.go === 'conflicts',
  }))
}

/** Listed from the start, with what it lacks: an order leads to it while the visit lasts. */
function hasBegun(view: View): boolean {
  return live(view, 'inspection').some(({ started }) => started)
}

/** Hands are counted by the documents feature itself. */
function isNotSignature({ level, go }: Lack): boolean {
  return level === 'law' && go !== 'document:signatures'
}

export { RECORD_KIND }
