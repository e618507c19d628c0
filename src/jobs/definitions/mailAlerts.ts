import { createElement } from 'react'

import { takeDueMails, type DueAlertMail } from '../../db/queries/alertMails'
import { networkName } from '../../db/queries/mails'
import { withTransaction } from '../../db/tx'
import { enqueueMail } from '../../email/outbox'
import { toHtml, toText } from '../../email/render'
import { AlertsMail, alertsSubject, type AlertInMail } from '../../email/templates/alerts'
import type { JobContext, JobDefinition } from '../job'

/** What comes within this time after a mail to somebody waits and comes as one: a bad night is not a hundred mails. */
const gapSeconds = 60
const alertsAtOnce = 500

/** `mailAlerts`: what was planned for now and is still open goes to the outbox, one mail for each person. */
export function mailAlerts(publicUrl: string): JobDefinition {
  return {
    name: 'mailAlerts',
    expression: '*/5 * * * * *',
    run: (context) => mailDueAlerts(context, publicUrl),
  }
}

export async function mailDueAlerts(context: JobContext, publicUrl: string): Promise<void> {
  await withTransaction(context.pool, async (sql) => {
    const now = context.now()
    const due = await takeDueMails(sql, { now, gapSeconds, limit: alertsAtOnce })
    if (due.length === 0) return
    const network = await networkName(sql)
    for (const mine of groupByPerson(due)) {
      const alerts = mine.map((alert) => toMail(alert, publicUrl))
      const props = {
        network,
        alerts,
        preferencesLink: `${publicUrl}/admin/notifications`,
      }
      const letter = createElement(AlertsMail, props)
      const { userId, email } = mine[0]!
      await enqueueMail(sql, {
        key: `alerts/${userId}/${now.getTime()}/${mine
          .map((alert) => alert.alertId)
          .join('-')
          .slice(0, 100)}`,
        to: email,
        subject: alertsSubject(props),
        html: toHtml(letter),
        text: toText(letter),
      })
    }
  })
}

function groupByPerson(due: readonly DueAlertMail[]): DueAlertMail[][] {
  const groups = new Map<number, DueAlertMail[]>()
  for (const alert of due) groups.set(alert.userId, [...(groups.get(alert.userId) ?? []), alert])
  return [...groups.values()]
}

/** No identity, no card, no raw report: a mail is read by whoever finds the phone (SEC-42). */
function toMail(alert: DueAlertMail, publicUrl: string): AlertInMail {
  return {
    title: alert.title,
    severity: alert.severity,
    sentence: alert.sentence,
    steps: readSteps(alert.steps),
    charger: alert.chargerName,
    connector: alert.connectorId,
    site: alert.siteName,
    since: said(alert.firstAt, alert.timezone),
    count: alert.count,
    link: `${publicUrl}/admin/collections/alerts/${alert.alertId}`,
  }
}

function readSteps(text: string): string[] {
  try {
    const steps: unknown = JSON.parse(text)
    return Array.isArray(steps) ? steps.filter((step) => typeof step === 'string') : []
  } catch {
    return []
  }
}

function said(at: Date, timezone: string): string {
  const format = (zone: string) =>
    at.toLocaleString('en-GB', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
      timeZone: zone,
    })
  try {
    return format(timezone)
  } catch {
    return format('UTC')
  }
}
