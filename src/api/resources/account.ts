import { z } from 'zod'

import {
  dropDevice,
  eraseDriver,
  exportOwn,
  hasRunningCharge,
  putDevice,
  readNotify,
  statistics,
  updateOwn,
  writeNotify,
} from '@/db/queries/app/account'
import { credentialsOf } from '@/db/queries/app/credentials'
import { ownMethods } from '@/db/queries/app/paymentMethods'
import { insertAudit } from '@/db/queries/insertAudit'
import { withTransaction } from '@/db/tx'
import { usualNews } from '@/domain/app/news'
import { isTimezone } from '@/domain/timezone'
import { me, noContent, ok, operation, problem, type Context } from '../operation'
import { isPassword } from '../passwords'
import { currency, instant, instantIn, Me, minor, wh } from '../shapes'

const Notify = z
  .strictObject({
    chargeStarted: z.boolean(),
    chargeEnded: z.boolean(),
    chargeInterrupted: z.boolean(),
    receipts: z.boolean(),
  })
  .meta({ id: 'NotificationSettings' })

async function whoIAm(context: Context) {
  const driver = me(context)
  const found = await credentialsOf(context.sql, driver.id)
  return {
    id: driver.publicId,
    name: driver.name,
    email: driver.email,
    phone: driver.phone,
    isEmailVerified: found?.isVerified ?? false,
    hasSecondFactor: found?.isTotpOn ?? false,
  }
}

const Device = z.strictObject({
  platform: z.enum(['ios', 'android', 'web']),
  pushToken: z.string().min(8).max(4096),
})

export const account = [
  operation({
    id: 'getMe',
    method: 'GET',
    path: '/me',
    tag: 'Me',
    summary: 'Who is signed in',
    auth: 'driver',
    ok: { status: 200, schema: Me },
    problems: [],
    run: async (_input, context) => ok(await whoIAm(context)),
  }),
  operation({
    id: 'updateMe',
    method: 'PATCH',
    path: '/me',
    tag: 'Me',
    summary: 'Change name or phone',
    auth: 'driver',
    body: z.strictObject({
      name: z.string().trim().min(1, 'is empty').max(120).optional(),
      phone: z.string().trim().max(40).nullable().optional(),
    }),
    ok: { status: 200, schema: Me },
    problems: [],
    async run({ body }, context) {
      await updateOwn(context.sql, me(context).id, body)
      const { name, phone } = { ...me(context), ...body }
      return ok({ ...(await whoIAm(context)), name, phone })
    },
  }),
  operation({
    id: 'eraseMe',
    method: 'DELETE',
    path: '/me',
    tag: 'Me',
    summary: 'Erase this account',
    description:
      'Name, address, phone, vehicles and sign-ins go at once and for good. What the accounts need (energy, times, amounts) stays without a name. Give the password again.',
    auth: 'driver',
    isCostly: true,
    body: z.strictObject({ password: z.string().max(200) }),
    ok: { status: 204 },
    problems: ['wrong-credentials', 'still-charging'],
    async run({ body }, context) {
      const driver = me(context)
      const found = await credentialsOf(context.sql, driver.id)
      if (!(await isPassword(body.password, found?.passwordHash ?? null)))
        return problem('wrong-credentials', 'The password is not right.')
      if (await hasRunningCharge(context.sql, driver.id))
        return problem('still-charging', 'A charge is under way. Stop it first.')
      const methods = await ownMethods(context.sql, driver.id)
      await withTransaction(context.pool, async (sql) => {
        await eraseDriver(sql, driver.id)
        await insertAudit(sql, {
          at: context.now,
          userId: null,
          actor: `driver ${driver.publicId}`,
          role: 'driver',
          action: 'anonymise',
          resource: 'drivers',
          resourceId: String(driver.id),
          siteId: null,
          before: null,
          after: null,
          result: 'ok',
          reason: null,
          ip: context.ip,
          requestId: context.requestId,
        })
      })
      for (const { providerId } of methods) await context.cards?.forget(providerId).catch(() => {})
      return noContent
    },
  }),
  operation({
    id: 'exportMe',
    method: 'GET',
    path: '/me/export',
    tag: 'Me',
    summary: 'Everything that is kept of this driver',
    auth: 'driver',
    isCostly: true,
    ok: { status: 200, schema: z.looseObject({}).meta({ id: 'PersonalData' }) },
    problems: [],
    run: async (_input, context) => ok(await exportOwn(context.sql, me(context).id)),
  }),
  operation({
    id: 'putDevice',
    method: 'PUT',
    path: '/me/devices/{id}',
    tag: 'Me',
    summary: 'Register a device for push messages',
    description:
      'The token that Apple, Google or the browser gave the app. Messages go out where the operator has a webhook for them, whose relay holds the keys of those services; without one, receipts and interruptions still come by mail.',
    auth: 'driver',
    body: Device,
    ok: { status: 204 },
    problems: [],
    async run({ params, body }, context) {
      await putDevice(context.sql, me(context).id, { deviceId: params['id']!, ...body })
      return noContent
    },
  }),
  operation({
    id: 'deleteDevice',
    method: 'DELETE',
    path: '/me/devices/{id}',
    tag: 'Me',
    summary: 'Forget a device',
    auth: 'driver',
    ok: { status: 204 },
    problems: [],
    async run({ params }, context) {
      await dropDevice(context.sql, me(context).id, params['id']!)
      return noContent
    },
  }),
  operation({
    id: 'getNotificationSettings',
    method: 'GET',
    path: '/me/notification-settings',
    tag: 'Me',
    summary: 'What this driver wants to be told',
    auth: 'driver',
    ok: { status: 200, schema: Notify },
    problems: [],
    run: async (_input, context) =>
      ok({ ...usualNews, ...(await readNotify(context.sql, me(context).id)) }),
  }),
  operation({
    id: 'putNotificationSettings',
    method: 'PUT',
    path: '/me/notification-settings',
    tag: 'Me',
    summary: 'Change what this driver is told',
    description: 'On the devices that are registered; receipts and interruptions by mail too.',
    auth: 'driver',
    body: Notify,
    ok: { status: 200, schema: Notify },
    problems: [],
    async run({ body }, context) {
      await writeNotify(context.sql, me(context).id, body)
      return ok(body)
    },
  }),
  operation({
    id: 'getStatistics',
    method: 'GET',
    path: '/me/statistics',
    tag: 'History',
    summary: 'Energy, charges and cost by day, week or month',
    auth: 'driver',
    query: z.strictObject({
      period: z.enum(['day', 'week', 'month'], { error: 'is day, week or month' }).optional(),
      from: instantIn.optional(),
      to: instantIn.optional(),
      timeZone: z
        .string()
        .max(60)
        .refine(isTimezone, 'is an IANA name, e.g. Europe/London')
        .optional(),
    }),
    ok: {
      status: 200,
      schema: z
        .object({
          period: z.enum(['day', 'week', 'month']),
          timeZone: z.string(),
          periods: z.array(
            z.object({
              start: instant,
              sessions: z.int(),
              energyWh: wh,
              chargingSeconds: z.int(),
              costMinor: minor.nullable(),
              currency: currency.nullable(),
            }),
          ),
        })
        .meta({ id: 'Statistics' }),
    },
    problems: [],
    async run({ query }, context) {
      const unit = query.period ?? 'month'
      const zone = query.timeZone ?? context.settings.timezone
      const to = query.to ?? context.now
      const from = query.from ?? new Date(to.getTime() - 366 * 86_400_000)
      const periods = await statistics(context.sql, me(context).id, { unit, from, to, zone })
      return ok({
        period: unit,
        timeZone: zone,
        periods: periods.map((row) => ({
          start: row.start.toISOString(),
          sessions: row.count,
          energyWh: row.energyWh,
          chargingSeconds: row.seconds,
          costMinor: row.costMinor,
          currency: row.currency,
        })),
      })
    },
  }),
]
