import { createElement } from 'react'

import { networkName } from '../../db/queries/mails'
import {
  claimReservations,
  moveReservation,
  type ClaimedReservation,
} from '../../db/queries/reservations'
import type { Sql } from '../../db/pool'
import { withTransaction } from '../../db/tx'
import { nextReservationStep } from '../../domain/reservation'
import { enqueueMail } from '../../email/outbox'
import { toHtml, toText } from '../../email/render'
import { ReservationMail, reservationSubject } from '../../email/templates/reservation'
import type { JobContext, JobDefinition } from '../job'

const atOnce = 500

/**
 * Moves reservations on by what chargers answered and reported, and by the clock. It follows facts that are stored
 * already, so that no charger waits for it.
 */
export const followReservations: JobDefinition = {
  name: 'followReservations',
  expression: '*/2 * * * * *',
  run: followReservationsAt,
}

export async function followReservationsAt({ pool, now }: JobContext): Promise<void> {
  const at = now()
  await withTransaction(pool, async (sql) => {
    for (const open of await claimReservations(sql, atOnce)) {
      const step = nextReservationStep(open, at)
      if (!step) continue
      await moveReservation(sql, { ...step, id: open.id, sessionId: open.sessionId, at })
      if (step.state === 'cancelled-by-fault') await tellDriver(sql, open, step.reason ?? '')
    }
  })
}

async function tellDriver(sql: Sql, open: ClaimedReservation, why: string): Promise<void> {
  const { driver, charger, site, timezone, until } = open
  if (!driver) return
  const props = {
    network: await networkName(sql),
    driver: driver.name,
    charger,
    site,
    until: until.toLocaleString('en-GB', {
      timeZone: timezone,
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
    why,
  }
  const letter = createElement(ReservationMail, props)
  await enqueueMail(sql, {
    key: `reservation/${open.id}/fault`,
    to: driver.email,
    subject: reservationSubject(props),
    html: toHtml(letter),
    text: toText(letter),
  })
}
