/** What the camera and a photo's page say (ux.md 3.9). */

import type { Store } from '@/store'

export interface Target {
  /** The record a photo is filed under. */
  readonly of: string
  readonly label: string
}

/** Where photos of a visit can be filed: the visit, its findings, the screen's own item. */
export function targetsOf(store: Store, dossier: string, of: string): readonly Target[] {
  const findings = [...store.records(dossier, 'finding')]
    .filter(({ values }) => !values.withdrawn)
    .sort((one, two) => one.created - two.created)
    .map(({ id }, at) => ({ of: id, label: `问题 ${at + 1}` }))
  const targets = [...findings, { of: dossier, label: '本次检查' }]
  if (of === '' || targets.some((target) => target.of === of)) return targets
  return [{ of, label: '这一项' }, ...targets]
}

const WEAK_M = 50

export interface Whereabouts {
  /** Metres; null while or where it is not known. */
  readonly accuracy: number | null
  readonly refused: boolean
}

/** The place's part of the line at the foot. */
export function placeWords({ accuracy, refused }: Whereabouts): string {
  if (refused) return '没开定位，照片仍有效，请写部位'
  if (accuracy === null) return '正在定位'
  return accuracy > WEAK_M ? `定位不准（±${accuracy} m），可手写部位` : `±${accuracy} m`
}

/** `code` of NotKept. Nothing taken before is touched by it. */
export function notKeptWords(code: string): string {
  if (code === 'not_a_photo') return `${notPhotosWords(1)}之前的照片都在。`
  if (code === 'no_picture') return '没拍成：画面还没出来，再拍一次。之前的照片都在。'
  const why = code === 'full' ? '空间不足' : '本机没存上'
  return `没拍成：${why}。之前的照片都在。`
}

/** Files that were given and are not taken; '' = none. */
export function notPhotosWords(count: number): string {
  if (count === 0) return ''
  return `有 ${count} 个文件不是 JPEG、PNG、WebP 照片，或者读不出来，没有存。请在相册里存成 JPEG 再选。`
}

/** `code` of the camera. */
export function cameraWords(code: string): string {
  if (code === 'denied') return '相机没权限。之前的照片都在。到系统设置里打开。'
  if (code === 'device_busy') return '相机正被别的应用占用。之前的照片都在。关掉它再来。'
  return '相机打不开。之前的照片都在。可从相册选。'
}
