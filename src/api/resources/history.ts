import { renderReceipt } from '#reports/receipt/index'
import { z } from 'zod'

import { findCharge, pastCharges, type ChargeRow } from '@/db/queries/app/charges'
import {
  chargeSamples,
  receiptCorrections,
  receiptLines,
  statusesAround,
} from '@/db/queries/app/receipts'
import { noteDispute, openTicket } from '@/db/queries/app/help'
import { stopVerdict } from '@/domain/stopVerdict'
import { created, me, notFound, ok, operation, problem, type Context } from '../operation'
import { ChargePage, id, instantIn, Receipt } from '../shapes'
import { chargeView, fromCursor, lineView, toCursor } from '../views'
import { Ticket, ticketView } from './help'

/** `verdictOf`: why charging stopped, as the panel says it, from the same evidence. */
async function verdictOf(context: Context, row: ChargeRow) {
  const stoppedAt = row.stoppedAt!
  const [statuses, samples] = await Promise.all([
    statusesAround(context.sql, {
      chargerId: row.chargerRow,
      connectorNumber: row.connectorNumber ?? 0,
      at: stoppedAt,
    }),
    chargeSamples(context.sql, {
      chargerId: row.chargerRow,
      sessionId: row.sessionId!,
      after: new Date(stoppedAt.getTime() - 30 * 60_000),
      everySeconds: 10,
      limit: 300,
    }),
  ])
  const isLimit =
    row.stopCause === 'energy' || row.stopCause === 'amount' || row.stopCause === 'time'
  const { canStartAgain, code, label, sentence } = stopVerdict({
    reason: row.stopReason,
    stoppedAt,
    statuses,
    samples,
    limitReached: isLimit ? (row.stopCause as 'energy' | 'amount' | 'time') : null,
    requestedBy: row.stopCause === 'driver' ? 'you' : null,
  })
  return { code, label, sentence, canStartAgain }
}

/** The lines of the ledger, then a line for each correction: they add up to what the session comes to. */
async function priceLines(context: Context, sessionRow: number) {
  const [posted, corrections] = await Promise.all([
    receiptLines(context.sql, sessionRow),
    receiptCorrections(context.sql, sessionRow),
  ])
  return [
    ...posted,
    ...corrections.map((one) => ({
      kind: 'correction',
      quantity: one.energyWh === 0 ? 1 : one.energyWh,
      unit: one.energyWh === 0 ? 'session' : 'Wh',
      rateMicros: 0,
      amountMinor: one.netMinor,
      taxMinor: one.taxMinor,
      from: one.at,
      until: null,
      taxBasisPoints: one.taxBasisPoints,
    })),
  ]
}

type PriceLine = Awaited<ReturnType<typeof priceLines>>[number]

function taxesOf(lines: readonly PriceLine[]) {
  const rates = [...new Set(lines.map(({ taxBasisPoints }) => taxBasisPoints))]
  return rates.map((taxBasisPoints) => {
    const of = lines.filter((line) => line.taxBasisPoints === taxBasisPoints)
    return {
      taxBasisPoints,
      netMinor: of.reduce((sum, line) => sum + line.amountMinor, 0),
      taxMinor: of.reduce((sum, line) => sum + line.taxMinor, 0),
    }
  })
}

export const history = [
  operation({
    id: 'listSessions',
    method: 'GET',
    path: '/sessions',
    tag: 'History',
    summary: 'Charges that have ended, the newest first',
    description: 'By app and by card. Those under way: GET /sessions/active.',
    auth: 'driver',
    query: z.strictObject({
      from: instantIn.optional(),
      to: instantIn.optional(),
      locationId: id.optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).optional(),
    }),
    ok: { status: 200, schema: ChargePage },
    problems: [],
    async run({ query }, context) {
      const limit = query.limit ?? 25
      const before = query.cursor === undefined ? null : placeIn(query.cursor)
      if (before === 'bad')
        return problem('invalid-member', 'cursor is the nextCursor of another page.')
      const rows = await pastCharges(context.sql, me(context).id, {
        from: query.from ?? null,
        to: query.to ?? null,
        locationId: query.locationId ?? null,
        before,
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = rows.length > limit ? page.at(-1) : undefined
      return ok({
        sessions: page.map((row) => chargeView(row, context.now)),
        nextCursor: last ? toCursor([last.startedAt!.toISOString(), last.sessionId]) : null,
      })
    },
  }),
  operation({
    id: 'getReceipt',
    method: 'GET',
    path: '/sessions/{id}/receipt',
    tag: 'History',
    summary: 'The receipt of a charge',
    description:
      'The ledger lines as they were posted and what was corrected afterwards; net + tax = total, to the penny.',
    auth: 'driver',
    isForGuests: true,
    ok: { status: 200, schema: Receipt },
    problems: ['not-found', 'not-ended', 'not-priced'],
    async run({ params }, context) {
      const row = await findCharge(context.sql, me(context).id, params['id']!)
      if (!row) return notFound('session')
      if (!row.stoppedAt || !row.startedAt || row.sessionId === null)
        return problem(
          'not-ended',
          'This charge is under way. Its receipt comes when it has ended.',
        )
      if (!row.isPriced || row.costMinor === null || row.currency === null || row.energyWh === null)
        return problem(
          'not-priced',
          row.sessionStatus === 'needs-review'
            ? 'Somebody has to look at this charge first. Nothing is charged until then.'
            : 'The price of this charge is not made yet. Ask again in a moment.',
        )
      const lines = await priceLines(context, row.sessionId)
      const taxMinor = row.taxMinor ?? 0
      return ok({
        sessionId: row.id,
        number: row.number,
        issuer: context.settings.networkName,
        driverName: me(context).name,
        locationName: row.locationName,
        locationAddress: row.locationAddress,
        chargerName: row.chargerName,
        timeZone: row.timezone,
        startedAt: row.startedAt.toISOString(),
        stoppedAt: row.stoppedAt.toISOString(),
        durationSeconds: Math.round((row.stoppedAt.getTime() - row.startedAt.getTime()) / 1000),
        energyWh: row.energyWh,
        lines: lines.map(lineView),
        netMinor: row.costMinor - taxMinor,
        taxMinor,
        totalMinor: row.costMinor,
        taxes: taxesOf(lines),
        dueMinor: row.dueMinor,
        currency: row.currency,
        paid: { method: row.payment ?? 'none', amountMinor: row.paidMinor },
        ended: await verdictOf(context, row),
      })
    },
  }),
  operation({
    id: 'getReceiptPdf',
    method: 'GET',
    path: '/sessions/{id}/receipt.pdf',
    tag: 'History',
    summary: 'The same receipt as a PDF',
    auth: 'driver',
    isForGuests: true,
    ok: { status: 200, contentType: 'application/pdf' },
    problems: ['not-found', 'not-priced'],
    async run({ params }, context) {
      const row = await findCharge(context.sql, me(context).id, params['id']!)
      if (!row || row.sessionId === null) return notFound('session')
      const paper = await renderReceipt(row.sessionId, { sql: context.sql })
      if (!paper) return problem('not-priced', 'There is no receipt of this charge yet.')
      return {
        kind: 'raw',
        status: 200,
        body: new Uint8Array(paper.bytes),
        headers: {
          'Content-Type': paper.contentType,
          'Content-Disposition': `attachment; filename="${paper.filename}"`,
        },
      }
    },
  }),
  operation({
    id: 'disputeSession',
    method: 'POST',
    path: '/sessions/{id}/disputes',
    tag: 'History',
    summary: 'Say that something about a charge is wrong',
    description: 'Opens a ticket about the session; one per session.',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({ text: z.string().trim().min(3, 'says what is wrong').max(5_000) }),
    ok: { status: 201, schema: Ticket },
    problems: ['not-found', 'not-ended', 'already-there'],
    async run({ params, body }, context) {
      const driver = me(context)
      const row = await findCharge(context.sql, driver.id, params['id']!)
      if (!row || row.sessionId === null) return notFound('session')
      if (!row.stoppedAt) return problem('not-ended', 'This charge is under way. Stop it first.')
      if (row.hasDispute)
        return problem('already-there', 'You told us about this charge already: see your tickets.')
      const ticket = await openTicket(context.sql, {
        driverId: driver.id,
        subject: `Charge ${row.number}: something is wrong`,
        text: body.text,
        chargerRow: row.chargerRow,
        sessionRow: row.sessionId,
        siteRow: null,
        priority: 'normal',
      })
      await noteDispute(context.sql, {
        sessionRow: row.sessionId,
        driverId: driver.id,
        ticketRow: ticket.row,
      })
      return created(ticketView(ticket, []))
    },
  }),
]

function placeIn(cursor: string): { startedAt: string; id: number } | 'bad' {
  const place = fromCursor(cursor)
  if (!Array.isArray(place)) return 'bad'
  const [startedAt, row] = place as unknown[]
  const isPlace =
    typeof startedAt === 'string' &&
    !Number.isNaN(Date.parse(startedAt)) &&
    Number.isSafeInteger(row)
  return isPlace ? { startedAt, id: row as number } : 'bad'
}
