/** Boot: the phone's devices, the store, the services over them, the screens. */

import { createApp } from 'vue'
import { createRouter, createWebHashHistory } from 'vue-router'

import { appVersion } from '@/adapters/app-version'
import { systemClock } from '@/adapters/clock'
import { isDesk } from '@/adapters/desk'
import { watchInstall } from '@/adapters/install'
import { CLOCK } from '@/adapters/use-clock'
import { browserHttp, browserSignal, HTTP } from '@/adapters/http'
import { FAULT_LOG, faultLog } from '@/features/identity/public'
import { STORE } from '@/store/vue'
import { startAppearance } from '@/ui/appearance'
import '@/ui/base.css'
import { keepWayBack, WAY_BACK } from '@/ui/way-back'

import App from './App.vue'
import { hearFaults, noted } from './faults'
import { keepGate } from './gate'
import { renewing } from './renewing'
import { ROUTES } from './routes'
import { provideServices } from './services'
import { openStore } from './storage'

const TIMEOUT_MS = 30_000

async function boot(): Promise<void> {
  const version = appVersion()
  const log = faultLog()
  const http = noted(browserHttp(TIMEOUT_MS), log, systemClock)
  const store = await openStore(http, browserSignal, systemClock, isDesk())
  const router = createRouter({ history: createWebHashHistory(), routes: [...ROUTES] })
  keepGate(router, store)
  const app = createApp(App)
  hearFaults(app, router, log, systemClock)
  app.provide(STORE, store).provide(CLOCK, systemClock).provide(FAULT_LOG, log)
  app.provide(HTTP, renewing(http, store))
  const { recorder } = provideServices(app, store, systemClock, version, http)
  app.provide(WAY_BACK, keepWayBack(router, () => recorder.value.state !== 'off'))
  app.use(router)
  await router.isReady()
  app.mount('#app')
  // Not wanted before the first screen stands; what is handed over waits for it.
  version.watch()
  const { receivePictures } = await import('./received')
  receivePictures(router, store)
}

watchInstall()
startAppearance()
void boot()
