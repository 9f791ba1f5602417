/**
 * Records a whole visit as a series of segments (architecture.md 6). Sound never lacks inside a
 * segment: a pause, a call, a lost device or a sleep ends one segment and a new one follows, so
 * that a place in a segment is a moment of the visit. It knows nothing of screens, so locking them
 * does not touch it; it is driven by arriving slices, not by timers, which hidden pages throttle.
 */
import { chooseMime } from './media'
import { type Outcome, done, failed } from './outcome'
import type {
  RecorderError,
  RecorderEvent,
  RecorderPorts,
  Recording,
  RecordingPlan,
} from './recording'
import { RecordingSession } from './session'

/** Begins at once; a refusal leaves nothing open. */
export async function startRecording(
  ports: RecorderPorts,
  plan: RecordingPlan,
  emit: (event: RecorderEvent) => void,
): Promise<Outcome<Recording, RecorderError>> {
  const mime = chooseMime(plan.kind)
  if (!mime) return failed({ code: 'unsupported' })
  const session = new RecordingSession(ports, plan, mime, emit)
  const begun = await session.begin()
  return begun.ok ? done(session) : begun
}
