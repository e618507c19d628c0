import { createElement } from 'react'

import { networkName } from '../../db/queries/mails'
import { attachFiles, claimSend, settleSend, type ToSend } from '../../db/queries/statementMails'
import type { Sql } from '../../db/pool'
import { withTransaction } from '../../db/tx'
import { formatMinor } from '../../domain/money'
import { periodWords } from '../../domain/issuing'
import { dayIn } from '../../domain/period'
import { enqueueMail } from '../../email/outbox'
import { toHtml, toText } from '../../email/render'
import {
  StatementMail,
  statementSubject,
  type StatementMailProps,
} from '../../email/templates/statement'
import type { JobContext, JobDefinition } from '../job'

/** What most servers take, base64 and all. */
const attachedBytesMost = 9 * 1024 * 1024

/** `mailStatements`: what was issued, or asked for again, becomes one mail per recipient. */
export function mailStatements(publicUrl: string): JobDefinition {
  return {
    name: 'mailStatements',
    expression: '*/10 * * * * *',
    run: (context) => mailIssued(context, publicUrl),
  }
}

export async function mailIssued({ pool, now }: JobContext, publicUrl: string): Promise<void> {
  const network = await networkName(pool)
  while (
    await withTransaction(pool, async (sql) => {
      const send = await claimSend(sql)
      if (!send) return false
      await writeMail(sql, send, network, publicUrl)
      await settleSend(sql, send.sendId, now())
      return true
    })
  );
}

async function writeMail(
  sql: Sql,
  send: ToSend,
  network: string,
  publicUrl: string,
): Promise<void> {
  const attached: ToSend['files'] = []
  let bytes = 0
  for (const file of send.files) {
    if (bytes + file.sizeBytes > attachedBytesMost) continue
    bytes += file.sizeBytes
    attached.push(file)
  }
  const props: StatementMailProps = {
    network,
    subject: send.subject,
    period: periodOf(send),
    figures: send.kind === 'statement' ? figuresOf(send) : null,
    files: attached.map(({ filename }) => filename),
    tooLarge: send.files.filter((file) => !attached.includes(file)).map(({ filename }) => filename),
    schedule: send.schedule,
    link: `${publicUrl}/admin/collections/statements/${send.statementId}`,
    verifyLink: send.fingerprint ? `${publicUrl}/verify/${send.fingerprint}` : null,
  }
  const letter = createElement(StatementMail, props)
  const key = `statement/${send.statementId}/${send.address}${send.isAgain ? `/again/${send.sendId}` : ''}`
  await enqueueMail(sql, {
    key,
    to: send.address,
    subject: statementSubject(props),
    html: toHtml(letter),
    text: toText(letter),
  })
  await attachFiles(
    sql,
    key,
    attached.map(({ id }) => id),
  )
}

function periodOf({ from, to, zone }: ToSend): string {
  return periodWords({ fromDay: dayIn(from, zone), toDay: dayIn(new Date(to.getTime() - 1), zone) })
}

function figuresOf(send: ToSend): StatementMailProps['figures'] {
  const { sessionCount, energyWh, costMinor, currency, correctionCount } = send
  const kWh = ((energyWh ?? 0) / 1000).toLocaleString('en-GB', {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
  })
  return {
    sessions: String(sessionCount ?? 0),
    energy: `${kWh} kWh`,
    total:
      costMinor === null || !currency ? 'no priced sessions' : formatMinor(costMinor, currency),
    corrections: correctionCount ? `${correctionCount} of earlier periods, in the total` : null,
  }
}
