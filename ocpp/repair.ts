/** Field-tested leniency before refusal: chargers that say a true thing in a crooked way are understood. */
import type { Problem, Repair, Version } from './version'

export type ReadRequest = ({ kind: 'request' } & Repair) | { kind: 'problem'; problem: Problem }

const none: string[] = []

/**
 * `readRequest`: a payload that the translator of its action can take, or the problem to answer with. What is in order
 * costs one validation and nothing else; only what fails it is repaired and looked at again. The problem told is that
 * of the repaired payload, so that an odd but harmless member does not hide the one that matters.
 */
export function readRequest(version: Version, action: string, payload: unknown): ReadRequest {
  const problem = version.validateRequest(action, payload)
  if (!problem) return { kind: 'request', payload, repairs: none }
  const repair = version.repair(action, payload)
  if (!repair) return { kind: 'problem', problem }
  const remaining = version.validateRepaired(action, repair.payload)
  return remaining ? { kind: 'problem', problem: remaining } : { kind: 'request', ...repair }
}
