import { sendProfile } from '../../commands/chargingProfiles'
import { claimProfiles, moveProfile } from '../../db/queries/chargingProfiles'
import { withTransaction } from '../../db/tx'
import { isShifted, nextProfileStep } from '../../domain/chargingProfile'
import type { JobContext, JobDefinition } from '../job'

const atOnce = 500

/**
 * Moves charging profiles on by what chargers answered. A daily or weekly schedule that the charger repeats by the hour
 * is sent anew when the clocks of its site have changed, so that "from 22:00" stays 22:00.
 */
export const followProfiles: JobDefinition = {
  name: 'followProfiles',
  expression: '1-59/2 * * * * *',
  run: followProfilesAt,
}

export async function followProfilesAt({ pool, now }: JobContext): Promise<void> {
  const at = now()
  await withTransaction(pool, async (sql) => {
    for (const open of await claimProfiles(sql, atOnce)) {
      const step = nextProfileStep(open, at)
      if (step) await moveProfile(sql, { ...step, id: open.id, at })
      else if (
        open.state === 'accepted' &&
        open.isOnline &&
        open.recurrence !== 'always' &&
        open.sentAt &&
        isShifted(open.sentAt, at, open.timezone)
      )
        await sendProfile(sql, open.id, {
          asker: { kind: 'rule' },
          source: 'rule',
          actor: { name: 'Clock change', role: null, ip: null, requestId: null },
          now: at,
        })
    }
  })
}
