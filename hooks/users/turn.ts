import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'

import { requestSql } from '@/db/requestSql'
import { takeTurn } from '@/db/takeTurn'
import { overCap, overCapCode, type SensitiveKind } from '@/domain/sensitive'
import { nowOf, staffOf } from '../access/whoAsks'
import { clientAddress } from '../audit'
import { refusal } from '../problem'

/** `requireTurn`: one more of what is counted by person and hour, or 429 with how long to wait (SEC-47). */
export async function requireTurn(req: PayloadRequest, kind: SensitiveKind): Promise<void> {
  const user = staffOf(req)
  if (!user) return
  const now = nowOf(req)
  const turn = await takeTurn(await requestSql(req), { kind, user, ip: clientAddress(req), now })
  if (turn.kind === 'refused')
    throw refusal(429, overCapCode, overCap(kind, turn.most, turn.freeAt, now))
}

/** Each grant that is given, changed or taken away. */
export const countAccessChange: CollectionAfterChangeHook & CollectionAfterDeleteHook = async ({
  req,
}: {
  req: PayloadRequest
}) => requireTurn(req, 'accessChanges')
