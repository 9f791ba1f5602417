/**
 * How the app looks: 日常, 强光 or 夜间, and how big its text is. The choice belongs to the phone,
 * not to an officer: the lock screen shows it too, so it is kept in the browser in the clear.
 */
import { type ShallowRef, readonly, shallowRef } from 'vue'

export type Theme = 'day' | 'sun' | 'night'
export type TextSize = 'standard' | 'large' | 'huge'

export interface Look {
  readonly theme: Theme
  readonly size: TextSize
}

export const THEME_NAMES: Readonly<Record<Theme, string>> = {
  day: '日常',
  sun: '强光',
  night: '夜间',
}

export const SIZE_NAMES: Readonly<Record<TextSize, string>> = {
  standard: '标准',
  large: '大',
  huge: '特大',
}

/** Percent of the browser's own text size. */
const PERCENT: Readonly<Record<TextSize, number>> = { standard: 100, large: 115, huge: 130 }
const CYCLE: readonly Theme[] = ['day', 'sun', 'night']
const KEPT_AS = 'anxun.look'

const look = shallowRef<Look>({ theme: 'day', size: 'standard' })

/** One tap on the sun goes round. */
export function nextTheme(theme: Theme): Theme {
  return CYCLE[(CYCLE.indexOf(theme) + 1) % CYCLE.length] ?? 'day'
}

/** Before the officer has chosen: what the phone's own settings ask for. */
export function firstTheme(prefers: { contrast: boolean; dark: boolean }): Theme {
  if (prefers.contrast) return 'sun'
  return prefers.dark ? 'night' : 'day'
}

/** What was kept, as far as it is a look; `text` null when nothing was. */
export function lookOf(text: string | null, first: Theme): Look {
  const [theme = '', size = ''] = text?.split(' ') ?? []
  return {
    theme: theme in THEME_NAMES ? (theme as Theme) : first,
    size: size in SIZE_NAMES ? (size as TextSize) : 'standard',
  }
}

/** Before the first screen is drawn. */
export function startAppearance(): void {
  const asks = (query: string): boolean => matchMedia(query).matches
  const contrast = asks('(prefers-contrast: more)')
  const first = firstTheme({ contrast, dark: asks('(prefers-color-scheme: dark)') })
  show(lookOf(localStorage.getItem(KEPT_AS), first))
  offerRareFace(document.fonts)
}

/** The look, and the way to change it at any moment without losing the place. */
export function useAppearance(): {
  readonly look: Readonly<ShallowRef<Look>>
  change(part: Partial<Look>): void
} {
  return { look: readonly(look), change }
}

function change(part: Partial<Look>): void {
  show({ ...look.value, ...part })
  localStorage.setItem(KEPT_AS, `${look.value.theme} ${look.value.size}`)
}

function show(wanted: Look): void {
  look.value = wanted
  document.documentElement.dataset.theme = wanted.theme
  document.documentElement.style.fontSize = `${PERCENT[wanted.size]}%`
}

/**
 * Names such as 李㛃 or 王𫖮 hold characters a phone's own fonts may lack; the face the papers are
 * printed with has them. It is loaded only when such a character is shown.
 */
function offerRareFace(fonts: FontFaceSet): void {
  const range = { unicodeRange: 'U+3400-4DBF, U+20000-323AF' }
  fonts.add(new FontFace('Anxun Rare', "url('/engine/faces/rare.ttf')", range))
}
