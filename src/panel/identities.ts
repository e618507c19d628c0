import type { Viewer } from './viewer'

/**
 * `hidesIdentities`: whether somewhere the person sees sessions without seeing whose they are (row 45: technicians). The
 * log and the commands, which name no site by themselves, then show no card in full anywhere.
 */
export function hidesIdentities(viewer: Viewer): boolean {
  const seen = viewer.scope('sessions', 'read')
  return JSON.stringify(seen) !== JSON.stringify(viewer.fullScope('sessions', 'read'))
}
