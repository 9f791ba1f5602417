/**
 * Whose place at the desk a screen is. The server refuses what a post may not read; here nobody is
 * led to a page of refusals. The rail of the desk lists the same places.
 */

const ADMINISTRATOR = 'R14'
const LEGAL = 'R5'
const LEADER = 'R7'

/** Screens of some posts only. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'desk.people': [ADMINISTRATOR, LEGAL],
  'desk.phones': [ADMINISTRATOR, LEGAL],
  'desk.audit': [ADMINISTRATOR, LEGAL],
  'desk.hand-in': [ADMINISTRATOR],
  'desk.faults': [ADMINISTRATOR],
  'desk.imports': [ADMINISTRATOR, LEGAL],
  'desk.complaints': [LEGAL, LEADER],
}
/** The rest is of cases, which an administrator never sees (domain.md 6.2), but for these. */
const OF_NO_CASE = new Set(['desk.enterprises'])

/** Whether a screen opens for these posts; the field's screens ask for themselves. */
export function reaches(roles: readonly string[], screen: string): boolean {
  if (!screen.startsWith('desk.')) return true
  const kept = KEPT[screen]
  if (kept) return roles.some((role) => kept.includes(role))
  return OF_NO_CASE.has(screen) || !roles.includes(ADMINISTRATOR)
}
