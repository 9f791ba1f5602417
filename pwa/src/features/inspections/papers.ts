/** 现场检查记录: its content from the facts of the visit, in the names of the printed form. */

import type { Officer } from '@contract/records'

import type { Law } from '@/features/law/public'

import type { Held, Lack, View } from './model'
import { lacks, STAGES } from './rules'
import { live, receivedBy, RECORD } from './rules/view'
import { composeSituation } from './situation'

/** What the form prints of the visit; who signs and the number come when it is issued. */
export interface RecordContent {
  readonly officers: readonly { readonly name: string; readonly certificate: string }[]
  readonly party: { readonly name: string; readonly post: string }
  readonly unit: {
    readonly name: string
    readonly address: string
    readonly legal_representative: string
    readonly post: string | null
    readonly phone: string | null
  }
  readonly place: string
  readonly begun: number
  readonly ended: number
  readonly situation: readonly string[]
}

export const RECORD_KIND = RECORD
export const RECORD_TITLE = '现场检查记录'

/** What the law still wants before the record can be drawn up. */
export function recordLacks(view: View): readonly Lack[] {
  return lacks(STAGES, 'record', view).filter((lack) => lack.level === 'law')
}

/** The content as the dossier stands; what nobody wrote is empty, and `recordLacks` names it. */
export function recordContent(
  view: View,
  officers: ReadonlyMap<string, Officer>,
  laws: readonly Law[],
): RecordContent {
  const inspection = live(view, 'inspection')[0]
  const written = paragraphs(inspection?.situation)
  return {
    officers: signers(inspection, officers),
    party: partyOf(view),
    unit: unitOf(inspection),
    place: inspection?.premises?.trim() ?? '',
    begun: inspection?.started ?? 0,
    ended: inspection?.ended ?? 0,
    situation: written.length > 0 ? written : composeSituation(view, laws),
  }
}

/** Findings the record tells of: the draft is about them. */
export function recordAbout(view: View): readonly string[] {
  return live(view, 'finding').map((finding) => finding.id)
}

function signers(
  inspection: Held<'inspection'> | undefined,
  officers: ReadonlyMap<string, Officer>,
): RecordContent['officers'] {
  return (inspection?.officers ?? []).flatMap((id) => {
    const officer = officers.get(id)
    return officer?.certificate
      ? [{ name: officer.name, certificate: officer.certificate.number }]
      : []
  })
}

/** Who received the officers signs for the unit; else its legal representative. */
function partyOf(view: View): RecordContent['party'] {
  const received = receivedBy(view)
  if (received) return { name: received.name, post: received.post ?? '' }
  const unit = live(view, 'inspection')[0]?.unit
  return { name: unit?.legal_representative ?? '', post: unit?.post ?? '' }
}

function unitOf(inspection: Held<'inspection'> | undefined): RecordContent['unit'] {
  const unit = inspection?.unit
  return {
    name: unit?.name ?? '',
    address: unit?.address ?? '',
    legal_representative: unit?.legal_representative ?? '',
    post: unit?.post ?? null,
    phone: unit?.phone ?? null,
  }
}

function paragraphs(text = ''): readonly string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
}
