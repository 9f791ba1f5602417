/**
 * Every part in every state, for eyes and for the accessibility test; not part of the app. The hash
 * chooses the page: `parts`, `field`, `visit`, `finding`, `paper`, `hand`, `desk`, `open`.
 */
import { type Component, createApp, h } from 'vue'
import '@/ui/base.css'
import { startAppearance } from '@/ui/appearance'
import DeskPage from './DeskPage.vue'
import FieldPage from './FieldPage.vue'
import FindingPage from './FindingPage.vue'
import HandPage from './HandPage.vue'
import OpenPage from './OpenPage.vue'
import PaperPage from './PaperPage.vue'
import PartsPage from './PartsPage.vue'
import VisitPage from './VisitPage.vue'

const PAGES: Readonly<Record<string, Component>> = {
  parts: PartsPage,
  field: FieldPage,
  visit: VisitPage,
  finding: FindingPage,
  paper: PaperPage,
  hand: HandPage,
  desk: DeskPage,
  open: OpenPage,
}

startAppearance()
createApp({ render: () => h(PAGES[location.hash.slice(1)] ?? PartsPage) }).mount('#app')
