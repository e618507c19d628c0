import { judged, rest, send, type Ask, type Doors, type Matrix } from './ask'
import { closedWrites, creates, deletes, reads, updates, type Crud } from './crud'
import type { Principal } from './people'
import { create, makeShareLink, makeStatement } from './world'

const tariffs: Crud = {
  fresh: (m, n) => ({ name: `T ${n}`, currency: 'GBP', energyRateMicros: 1, site: m.a.site }),
  change: { note: 'x' },
  target: (m) => m.a.tariff,
}
const priceGroups: Crud = {
  fresh: (m, n) => ({ name: `P ${n}`, pricing: 'free', sites: [m.a.site], site: m.a.site }),
  change: { note: 'x' },
  target: (m) => m.a.priceGroup,
}
const schedule = (m: Matrix, n: number, who: Principal) => ({
  name: `R ${n}`,
  kind: 'statement',
  covers: 'site',
  site: m.a.site,
  frequency: 'monthly',
  hour: 6,
  formats: ['pdf'],
  recipients: who.email ? [who.email] : [],
})
const schedules: Crud = {
  fresh: schedule,
  change: { paused: false },
  target: (m) => m.ownSchedule,
  row: async (m, who) => {
    if (who.role !== 'site-owner')
      return create(m.app, m.admin, 'report-schedules', schedule(m, m.next(), who))
    const answer = await send(m, who, {
      method: 'POST',
      path: '/api/report-schedules?depth=0',
      body: schedule(m, m.next(), who),
    })
    return Number(answer.body.doc?.id)
  },
}
const sessions = closedWrites('sessions', (m) => m.a.session)
const commands = closedWrites('commands', (m) => m.a.command)

const statement = (m: Matrix) =>
  makeStatement(m.app.pool, { site: m.a.site, schedule: m.a.schedule, name: `n${m.next()}` })

const report =
  (slug: string, format: string): Ask =>
  async (m, who) => {
    const answer = await send(m, who, {
      method: 'GET',
      path: `/api/reports/${slug}?format=${format}&from=2026-10-01&to=2026-10-31`,
    })
    if (answer.status !== 200) return judged(answer)
    if (answer.text.includes('Site B') && who.at === 'here' && who.role !== 'super-admin')
      return { is: 'odd', note: 'site B is in it' }
    return {
      is: answer.text.includes('Site A') ? 'done' : 'refused',
      note: answer.text.slice(0, 200),
    }
  }

const ownSession = (path: string): Ask =>
  rest('GET', (m) => `/api/app/v1/sessions/${m.a.sessionPublicId}${path}`)

const correctionOf: Ask = rest(
  'POST',
  (m) => `/api/sessions/${m.a.session}/corrections`,
  () => ({ kind: 'adjustment', amountMinor: 1, energyWh: 0, reason: 'The meter was wrong.' }),
)

export const doorsOfMoney: Record<string, Doors> = {
  'sessions.read': {
    ...reads('sessions'),
    app: async (m, who) => {
      const answer = await send(m, who, { method: 'GET', path: '/api/app/v1/sessions' })
      if (answer.status !== 200) return judged(answer)
      const isThere = answer.text.includes(m.a.sessionPublicId)
      return { is: isThere ? 'done' : 'refused', note: answer.text }
    },
  },
  'sessions.update': sessions.update,
  'sessions.correct': { staff: correctionOf },
  'sessions.delete': sessions.delete,
  'corrections.read': reads('corrections'),
  'commands.read': reads('commands'),
  'commands.update': commands.update,
  'commands.delete': commands.delete,
  'meter-values.read': { app: ownSession('/samples') },
  'tariffs.read': {
    ...reads('tariffs'),
    app: rest('GET', (m) => `/api/app/v1/evses/${m.a.evse}/tariff`, undefined, { open: true }),
    isPublic: true,
  },
  'tariffs.create': creates('tariffs', tariffs),
  'tariffs.update': updates('tariffs', tariffs.target, tariffs.change),
  'tariffs.delete': deletes('tariffs', tariffs),
  'price-groups.read': reads('price-groups'),
  'price-groups.create': creates('price-groups', priceGroups),
  'price-groups.update': updates('price-groups', priceGroups.target, priceGroups.change),
  'price-groups.delete': deletes('price-groups', priceGroups),
  'receipts.read': { app: ownSession('/receipt') },
  'receipts.download': { app: ownSession('/receipt.pdf') },
  'statements.read': reads('statements'),
  'statements.download': {
    staff: rest('GET', (m) => `/api/statements/${m.a.statement}/file?format=pdf`),
  },
  'statements.mark-paid': {
    staff: async (m, who, isExpected) => {
      const id = isExpected ? await statement(m) : m.a.statement
      return judged(
        await send(m, who, { method: 'POST', path: `/api/statements/${id}/paid`, body: {} }),
      )
    },
  },
  'statements.send': {
    staff: rest(
      'POST',
      (m) => `/api/statements/${m.a.statement}/send`,
      () => ({}),
    ),
  },
  'exports.sessions': { staff: report('charging-sessions', 'csv') },
  'reports.run': { staff: report('charging-sessions', 'json') },
  'report-schedules.read': reads('report-schedules'),
  'report-schedules.create': creates('report-schedules', schedules),
  'report-schedules.update': updates('report-schedules', schedules.target, schedules.change),
  'report-schedules.delete': deletes('report-schedules', schedules),
  'share-links.read': reads('share-links'),
  'share-links.create': {
    staff: rest(
      'POST',
      (m) => `/api/statements/${m.a.statement}/share`,
      () => ({ days: 1 }),
    ),
  },
  'share-links.revoke': {
    staff: async (m, who, isExpected) => {
      const id = isExpected ? await makeShareLink(m.app.pool, m.a.statement) : m.a.shareLink
      return judged(
        await send(m, who, { method: 'POST', path: `/api/share-links/${id}/revoke`, body: {} }),
      )
    },
  },
}
