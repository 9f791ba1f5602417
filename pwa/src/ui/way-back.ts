/**
 * Back: the key, the gesture and the arrow in a header. What lies open closes first and the screen
 * stays; a screen opened cold has its parents laid beneath it, so that back leads to them and not
 * out of the app; no back leaves the app while it must stay. Each entry of the history carries the
 * way to it (`trail`), which survives a reload.
 */

import { type InjectionKey, inject, onScopeDispose } from 'vue'
import type {
  RouteLocationNormalized,
  RouteLocationRaw,
  RouteMeta,
  RouteParamsGeneric,
  Router,
} from 'vue-router'

/** What a screen is about. */
type About = Pick<RouteLocationNormalized, 'params' | 'query'>

declare module 'vue-router' {
  interface RouteMeta {
    /** Where the header's arrow leads; a screen without one is a root. */
    readonly parent?: (here: About) => RouteLocationRaw
  }
}

/** `false`: the screen has nothing of its own to close. */
type Answer = () => boolean

export interface WayBack {
  /** Where one came from; with nothing behind, the parent. */
  back(): void
  /** The parent, whether one came from there or not. */
  up(): void
  /** A screen passed on the way here; else it takes the place of this one. */
  backTo(place: RouteLocationRaw): void
  /** Asked at each press of back, before the screen is left. */
  answer(answer: Answer): () => void
}

interface Entry {
  readonly position: number
  readonly current: string
  readonly trail?: readonly string[]
}

export const WAY_BACK: InjectionKey<WayBack> = Symbol('way back')

/** A screen's parent, which is about the same record. */
export function under(name: string, ...kept: readonly string[]): RouteMeta {
  return { parent: ({ params }) => ({ name, params: some(params, kept) }) }
}

function some(params: RouteParamsGeneric, kept: readonly string[]): Record<string, string> {
  return Object.fromEntries(kept.map((name) => [name, String(params[name])]))
}

export function useWayBack(): WayBack {
  const way = inject(WAY_BACK)
  if (way === undefined) throw new Error('nobody keeps the way back')
  return way
}

/** What back closes within this screen before it leaves it. */
export function useBackFirst(answer: Answer): void {
  onScopeDispose(useWayBack().answer(answer))
}

/** `mustStay`: leaving the app would break something, as a recording. */
export function keepWayBack(router: Router, mustStay: () => boolean): WayBack {
  const { history: entries } = router.options
  const answers: Answer[] = []
  /** Of the next move of the history: a hand's, or our own. */
  let pressed = false
  let ours = false
  let before = entry()

  entries.listen((_to, _from, { direction }) => {
    pressed = direction === 'back' && !ours
    ours = false
  })

  router.beforeEach((to, from) => {
    const asked = pressed
    pressed = false
    before = entry()
    leaveField()
    if (!asked) return true
    if (closedTop() || answers.at(-1)?.()) return false
    return !(isFloor(to, from) && mustStay())
  })

  router.afterEach((to, _from, failure) => {
    if (failure) return
    const { position, trail } = entry()
    const deeper = position > before.position
    if (!trail) note(deeper ? [...(before.trail ?? []), before.current] : [])
    if (trailNow().length === 0) lay(to)
  })

  /** The same screen twice at the very bottom: the lower one is only there to be come back from. */
  function isFloor(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
    return to.fullPath === from.fullPath && trailNow().length === 0
  }

  function lay(to: RouteLocationNormalized): void {
    const above = parentsOf(router, to)
    const ways = [...above, to.fullPath]
    if (above.length === 0 && mustStay()) ways.push(to.fullPath)
    const [bottom = '', ...more] = ways
    if (more.length > 0) entries.replace(bottom, { trail: [] })
    more.forEach((way, at) => entries.push(way, { trail: ways.slice(0, at + 1) }))
  }

  function go(delta: number): void {
    ours = true
    entries.go(delta)
  }

  function backTo(place: RouteLocationRaw): void {
    const wanted = router.resolve(place)
    const trail = trailNow()
    const at = trail.map(bare).lastIndexOf(wanted.path)
    if (at < 0) return void router.replace(place)
    if (wanted.fullPath !== bare(wanted.fullPath)) {
      const once = router.afterEach(() => {
        once()
        void router.replace(place)
      })
    }
    go(at - trail.length)
  }

  function up(): void {
    backTo(parentsOf(router, router.currentRoute.value).at(-1) ?? '/')
  }

  return {
    back: () => (trailNow().length > 0 ? go(-1) : up()),
    up,
    backTo,
    answer: (answer) => {
      answers.push(answer)
      return () => void answers.splice(answers.indexOf(answer), 1)
    },
  }
}

function entry(): Entry {
  return (history.state as Entry | null) ?? { position: 0, current: '' }
}

function trailNow(): readonly string[] {
  return entry().trail ?? []
}

function note(trail: readonly string[]): void {
  history.replaceState({ ...entry(), trail }, '')
}

/** While its screen still stands: a field saves its words on being left, under what they are of. */
function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

/** The topmost sheet is asked to close, as Esc asks it; one that may not close stays open. */
function closedTop(): boolean {
  const top = [...document.querySelectorAll('dialog[open]')].at(-1)
  top?.dispatchEvent(new Event('cancel', { cancelable: true }))
  return top !== undefined
}

/** From the root down, without the screen itself. */
function parentsOf(router: Router, here: About & { readonly meta: RouteMeta }): string[] {
  const parent = here.meta.parent?.(here)
  if (parent === undefined) return []
  const found = router.resolve(parent)
  return [...parentsOf(router, found), found.fullPath]
}

function bare(way: string): string {
  return way.split('?')[0] ?? way
}
