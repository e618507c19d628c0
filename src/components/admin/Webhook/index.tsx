import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import { loadDeliveries, type DeliveryBoard } from '@/panel/webhooks'

import { Ago } from '../ui/Ago'
import { Icon, type IconName } from '../ui/Icon'
import { PageTitle } from '../ui/PageTitle'
import { DeliveryButton } from './DeliveryButton'

/** What was sent to a webhook of late, what it answered, and what is still to come. */
export async function Deliveries({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const id = Number(doc?.id)
  const deliveries = doc?.id && user ? await loadDeliveries({ payload, user }, id) : null
  if (!deliveries) return null
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[
          { label: 'Webhooks', url: '/collections/webhooks' },
          {
            label: String((doc as { name?: string }).name ?? id),
            url: `/collections/webhooks/${id}`,
          },
          { label: 'Deliveries' },
        ]}
      />
      <div className="cpms-row">
        <DeliveryButton webhook={id} />
        <span className="cpms-muted">
          Each message carries <code>X-CPMS-Signature: t=…,v1=…</code>: the HMAC-SHA-256 of{' '}
          <code>t.body</code> under the secret. A message that is refused is tried again for three
          days.
        </span>
      </div>
      {deliveries.length === 0 ? (
        <div className="cpms-empty">
          <h2>Nothing was sent yet</h2>
          <p>Messages appear here as soon as something happens that this webhook asks for.</p>
        </div>
      ) : (
        <table className="cpms-table">
          <thead>
            <tr>
              <th>When</th>
              <th>Event</th>
              <th>Outcome</th>
              <th className="cpms-num">Tries</th>
              <th>Message</th>
              <th>
                <span className="cpms-sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <tr key={delivery.id}>
                <td data-label="When">
                  <Ago at={delivery.createdAt} timezone={null} />
                </td>
                <td data-label="Event">
                  <span className="cpms-mono">{delivery.kind}</span>
                </td>
                <td data-label="Outcome">
                  <Outcome of={delivery} />
                </td>
                <td className="cpms-num" data-label="Tries">
                  <span>{delivery.tries}</span>
                </td>
                <td data-label="Message">
                  <details>
                    <summary>Show</summary>
                    <pre className="cpms-code">{pretty(delivery.body)}</pre>
                  </details>
                </td>
                <td>
                  <DeliveryButton delivery={delivery.id} webhook={id} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Gutter>
  )
}

function Outcome({ of }: { of: DeliveryBoard }) {
  const [tone, icon, word]: [string, IconName, string] = of.deliveredAt
    ? ['green', 'check', `Delivered${of.status ? ` (${of.status})` : ''}`]
    : of.failedAt
      ? ['red', 'cross', 'Given up']
      : ['blue', 'clock', of.tries > 0 ? 'Tried again later' : 'Waiting']
  return (
    <span className="cpms-list-text">
      <span>
        <span className="cpms-pill" data-tone={tone}>
          <Icon name={icon} />
          {word}
        </span>
      </span>
      {of.error && <span className="cpms-muted">{of.error}</span>}
    </span>
  )
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
