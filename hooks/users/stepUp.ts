import type {
  CollectionBeforeChangeHook,
  CollectionBeforeOperationHook,
  GlobalBeforeChangeHook,
  PayloadRequest,
} from 'payload'

import { needsProof } from '@/db/queries/logins'
import { poolOf } from '@/db/requestSql'
import { sensitiveActs } from '@/domain/sensitive'
import { stepUpSeconds } from '@/domain/signIn'
import { idOf } from '../access/fieldByPolicy'
import { sessionOf, staffOf } from '../access/whoAsks'
import { refusal } from '../problem'

/** What a panel or a program looks for in an answer 403; then `POST /api/users/step-up {code}` and the same again. */
export const stepUpCode = 'step-up-required'

/**
 * `requireStepUp`: a sensitive action wants a second factor that was shown within five minutes, from people who have one
 * (SEC-47). Who should have one is the setting `secondFactorRoles`.
 */
export async function requireStepUp(req: PayloadRequest, action: string): Promise<void> {
  if (!(await isProofMissing(req))) return
  throw refusal(403, stepUpCode, `Enter the code of your authenticator app once more to ${action}.`)
}

/** For doors that answer in words of their own. */
export async function isProofMissing(req: PayloadRequest): Promise<boolean> {
  const user = staffOf(req)
  if (!user) return false
  return needsProof(poolOf(req), { userId: user.id, sessionId: sessionOf(req) }, stepUpSeconds)
}

/** Collections whose every change is sensitive, and what it is called. */
const sensitive: Readonly<Record<string, string>> = {
  grants: 'change what somebody may do',
  tariffs: 'change a tariff',
  'price-groups': 'change who pays another price',
}

/** `stepUpForChanges`: for REST, GraphQL and the panel alike; our own code (`overrideAccess`) is not asked. */
export const stepUpForChanges: CollectionBeforeOperationHook = async ({
  args,
  collection,
  operation,
  req,
}) => {
  const action = sensitive[collection.slug]
  const isChange = operation === 'create' || operation === 'update' || operation === 'delete'
  const { overrideAccess } = args as { overrideAccess?: boolean }
  if (action && isChange && overrideAccess !== true) await requireStepUp(req, action)
  return args
}

/** Which tariff holds somewhere is a change of price as much as the tariff itself. */
const prices = ['tariff', 'freeOfCharge'] as const

/** `stepUpForPrices`: for sites, chargers and connectors that get another tariff than they have. */
export const stepUpForPrices: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  const isPriced = collection.slug in sensitive || operation === 'create'
  if (!isPriced && differs(data as Row, originalDoc as Row, prices))
    await requireStepUp(req, 'change what charging costs')
  return data as Row
}

const guarded = [
  'secondFactorRoles',
  'signedFirmwareOnly',
  'defaultTariff',
  ...Object.keys(sensitiveActs).map((kind) => `${kind}PerHour`),
]

/** `stepUpForSettings`: what would switch off a guard, or change a price everywhere. */
export const stepUpForSettings: GlobalBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (differs(data as Row, (originalDoc ?? {}) as Row, guarded))
    await requireStepUp(req, 'change these settings')
  return data as Row
}

type Row = Record<string, unknown>

function differs(next: Row, before: Row, names: readonly string[]): boolean {
  return names.some((name) => name in next && same(next[name]) !== same(before[name]))
}

/** A relation is a number, a text or a document, depending on who sends it; no tick is an empty box. */
function same(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).sort().join()
  if (typeof value === 'boolean') return String(value)
  return String(idOf(value) ?? (value || false))
}
