import type { Sql } from '@/db/pool'
import { findCommandTarget } from '@/db/queries/commandRequests'
import {
  countAwaited,
  forgetDiagnostics,
  insertDiagnostics,
  lacksGetDiagnostics,
  setDiagnosticsCommand,
  type LogKind,
} from '@/db/queries/diagnosticsFiles'
import type { Asker } from './authorise'
import type { Refusal } from './catalogue'
import { diagnosticsLocation } from './fileLinks'
import { requestCommand, type CommandRequest } from './request'

export type DiagnosticsRequest = Pick<CommandRequest, 'charger' | 'source' | 'actor' | 'now'> & {
  asker: Asker
  log: unknown
  /** The oldest entry wanted; null: all there is. */
  from: unknown
  until: unknown
  filesUrl: string
}

/** Of one charger at a time; each may bring a file as large as the settings allow. */
const awaitedMost = 5

export type DiagnosticsRequested =
  { kind: 'requested'; id: number; commandId: number; chargerId: number } | Refusal

/**
 * `requestDiagnostics`: asks a charger for its log and says where to put it: a link of ours, for this charger and this
 * file. A charger that once said that it does not know GetDiagnostics is asked with GetLog. Run it in a transaction.
 */
export async function requestDiagnostics(
  sql: Sql,
  request: DiagnosticsRequest,
): Promise<DiagnosticsRequested> {
  const { asker, now } = request
  const log = request.log ?? 'diagnostics'
  if (log !== 'diagnostics' && log !== 'security')
    return bad('log', 'log is diagnostics or security.')
  const [from, until] = [instant(request.from), instant(request.until)]
  if (from === undefined || until === undefined)
    return bad('from', 'from and until are instants, e.g. 2026-11-24T10:00:00Z.')
  const target = await findCommandTarget(sql, nameOf(request.charger))
  const chargerId = target?.id ?? 0
  if (target && (await countAwaited(sql, chargerId)) >= awaitedMost)
    return {
      kind: 'refused',
      status: 409,
      code: 'already-asked',
      sentence: `${target.name} was asked for ${awaitedMost} files that have not come yet. Wait for them.`,
    }
  const action =
    log === 'security' || (target && (await lacksGetDiagnostics(sql, chargerId)))
      ? 'GetLog'
      : 'GetDiagnostics'
  const fileId = target
    ? await insertDiagnostics(sql, {
        chargerId,
        log,
        requestedBy: asker.kind === 'staff' ? asker.userId : null,
        at: now,
      })
    : 0
  const requested = await requestCommand(sql, {
    ...request,
    action,
    payload: payloadFor(action, fileId, { log, from, until, filesUrl: request.filesUrl }),
  })
  if (requested.kind === 'refused') {
    await forgetDiagnostics(sql, fileId)
    return requested
  }
  await setDiagnosticsCommand(sql, fileId, requested.id, now)
  return { kind: 'requested', id: fileId, commandId: requested.id, chargerId: requested.chargerId }
}

/** `askWithGetLog`: the same file again, of a charger that does not know GetDiagnostics. */
export async function askWithGetLog(
  sql: Sql,
  file: { id: number; chargerId: number; log: LogKind },
  request: Pick<CommandRequest, 'actor' | 'now'> & { filesUrl: string },
): Promise<void> {
  const requested = await requestCommand(sql, {
    ...request,
    asker: { kind: 'rule' },
    charger: file.chargerId,
    source: 'rule',
    action: 'GetLog',
    payload: payloadFor('GetLog', file.id, { ...request, log: file.log, from: null, until: null }),
  })
  if (requested.kind === 'queued')
    await setDiagnosticsCommand(sql, file.id, requested.id, request.now)
}

function payloadFor(
  action: 'GetDiagnostics' | 'GetLog',
  fileId: number,
  asked: { log: LogKind; from: string | null; until: string | null; filesUrl: string },
): Record<string, unknown> {
  const location = diagnosticsLocation(asked.filesUrl, fileId)
  const { from, until } = asked
  if (action === 'GetDiagnostics')
    return {
      location,
      ...(from ? { startTime: from } : {}),
      ...(until ? { stopTime: until } : {}),
    }
  return {
    log: {
      remoteLocation: location,
      ...(from ? { oldestTimestamp: from } : {}),
      ...(until ? { latestTimestamp: until } : {}),
    },
    logType: asked.log === 'security' ? 'SecurityLog' : 'DiagnosticsLog',
    requestId: fileId,
  }
}

/** What is no charger's name is left to `requestCommand` to refuse. */
function nameOf(charger: unknown): { id: number } | { identity: string } {
  if (typeof charger === 'number' && Number.isSafeInteger(charger) && charger <= 2_147_483_647)
    return { id: charger }
  return { identity: typeof charger === 'string' ? charger.replaceAll('\u0000', '') : '' }
}

/** Without a fraction of a second, which some chargers do not read; undefined for what is no instant. */
function instant(value: unknown): string | null | undefined {
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return undefined
  return new Date(value).toISOString().replace(/\.\d+Z$/, 'Z')
}

function bad(member: string, sentence: string): Refusal {
  return { kind: 'refused', status: 400, code: 'bad-request', sentence, member }
}
