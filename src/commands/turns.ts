import type { Sql } from '@/db/pool'
import { takeTurn } from '@/db/takeTurn'
import { permissionsFor } from '@/domain/command'
import { overCap, overCapCode, type SensitiveKind } from '@/domain/sensitive'
import type { Refusal, Wish } from './catalogue'
import { passwordIn } from './newPassword'

/** What may cut somebody off, or a charger for good: it wants the second factor again, and is counted on its own. */
export function isCritical({ action, payload }: Pick<Wish, 'action' | 'payload'>): boolean {
  if (action === 'Reset') return payload['type'] === 'Hard'
  if (action === 'ChangeConfiguration')
    return permissionsFor(action, payload).some((one) => one.action === 'configure-security')
  return action === 'UpdateFirmware' || action === 'SignedUpdateFirmware'
}

/** `turnsOf`: as what a wish counts within its person's hour. */
export function turnsOf(wish: Pick<Wish, 'action' | 'payload'>): SensitiveKind[] {
  if (passwordIn(wish) !== null) return ['chargerPasswords', 'commands']
  return isCritical(wish) ? ['criticalCommands', 'commands'] : ['commands']
}

/** `takeTurns`: one more of each kind for this person, or the reason why not (SEC-47). */
export async function takeTurns(
  sql: Sql,
  person: { userId: number; name: string; ip: string | null; now: Date },
  kinds: readonly SensitiveKind[],
): Promise<Refusal | null> {
  const { userId, name, ip, now } = person
  for (const kind of kinds) {
    const turn = await takeTurn(sql, { kind, user: { id: userId, name }, ip, now })
    if (turn.kind === 'refused')
      return {
        kind: 'refused',
        status: 429,
        code: overCapCode,
        sentence: overCap(kind, turn.most, turn.freeAt, now),
      }
  }
  return null
}
