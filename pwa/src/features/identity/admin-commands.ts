/** What the administrator's desk, the set-up page and one's own account ask of the server. */

import { ask, type Asked } from '@/adapters/asking'
import type { Http } from '@/adapters/http'
import type {
  BureauWords,
  CertificateBody,
  CodeView,
  EnrolmentView,
  LifeboatReply,
  PeopleView,
  PersonBody,
  PersonView,
  SectionBody,
  SetupBody,
  SetupOffer,
} from '@/generated/http'

const ADMIN = '/api/v1/admin'
const LIFEBOAT_TYPE = 'application/x-ndjson'
const LIFEBOAT_MS = 300_000

/** Everybody as they stand now; a sheet that was refused looks whether its person changed. */
export function readPeople(http: Http): Promise<Asked<PeopleView>> {
  return ask(http, 'GET', `${ADMIN}/people`)
}

export function savePerson(
  http: Http,
  officer: string | null,
  body: PersonBody,
): Promise<Asked<PersonView>> {
  return ask(http, 'POST', officer === null ? `${ADMIN}/people` : personPath(officer), body)
}

export function switchPerson(
  http: Http,
  officer: string,
  active: boolean,
  words: string,
): Promise<Asked<PersonView>> {
  return ask(http, 'POST', `${personPath(officer)}/state`, { active, words })
}

export function certify(
  http: Http,
  officer: string,
  body: CertificateBody,
): Promise<Asked<PersonView>> {
  return ask(http, 'POST', `${personPath(officer)}/certificates`, body)
}

export function suspendCertificate(
  http: Http,
  officer: string,
  body: { readonly number: string; readonly suspended: boolean; readonly words: string },
): Promise<Asked<PersonView>> {
  return ask(http, 'POST', `${personPath(officer)}/suspension`, body)
}

export function giveCodes(
  http: Http,
  officers: readonly string[],
): Promise<Asked<readonly CodeView[]>> {
  return ask(http, 'POST', `${ADMIN}/codes`, { officers })
}

export function approveEnrolment(http: Http, officer: string): Promise<Asked<CodeView>> {
  return ask(http, 'POST', `${personPath(officer)}/enrolment-code`)
}

export function saveSection(
  http: Http,
  section: string | null,
  body: SectionBody,
): Promise<Asked<PeopleView>> {
  const path = `${ADMIN}/sections${section === null ? '' : `/${encodeURIComponent(section)}`}`
  return ask(http, 'POST', path, body)
}

export function saveBureau(http: Http, body: BureauWords): Promise<Asked<PeopleView>> {
  return ask(http, 'POST', `${ADMIN}/bureau`, body)
}

export function setApproval(http: Http, needed: boolean): Promise<Asked<PeopleView>> {
  return ask(http, 'POST', `${ADMIN}/approval`, { needed })
}

export function revokeEnrolment(
  http: Http,
  device: string,
  words: string,
): Promise<Asked<readonly EnrolmentView[]>> {
  return ask(http, 'POST', `${ADMIN}/enrolments/${encodeURIComponent(device)}/revoke`, { words })
}

export function setupOffer(http: Http, token: string): Promise<Asked<SetupOffer>> {
  return ask(http, 'POST', '/api/v1/setup/offer', { token })
}

export function setUp(http: Http, body: SetupBody): Promise<Asked<null>> {
  return ask(http, 'POST', '/api/v1/setup', body)
}

/** A file that a phone wrote; `device` is the enrolment that brings it. */
export async function handIn(
  http: Http,
  device: string,
  file: Blob,
): Promise<Asked<LifeboatReply>> {
  const typed = new Blob([file], { type: LIFEBOAT_TYPE })
  const sending: Http = {
    ...http,
    send: (request) =>
      http.send({
        ...request,
        headers: { 'Anxun-Enrolment': device },
        file: typed,
        timeoutMs: LIFEBOAT_MS,
      }),
  }
  return ask(sending, 'POST', '/api/v1/sync/lifeboat')
}

function personPath(officer: string): string {
  return `${ADMIN}/people/${encodeURIComponent(officer)}`
}
