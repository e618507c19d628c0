import '../people.css'

import type { Payload } from 'payload'

import { loadDriverCards } from '@/panel/holders'

import { GoTo } from '../ui/GoTo'
import { AddInDrawer } from '../ui/AddInDrawer'
import { CardStatus } from './CardStatus'

type Props = {
  id?: number | string
  data?: { id?: number | string }
  payload: Payload
  user?: { id: number | string; collection?: string } | null
}

/** On a driver's page: the cards, and Add Card for this driver. */
export async function DriverCards({ id, data, payload, user }: Props) {
  const driverId = Number(id ?? data?.id)
  if (!Number.isSafeInteger(driverId)) return null
  const page = await loadDriverCards({ payload, user }, driverId)
  if (!page) return null
  return (
    <div className="field-type cpms-card">
      <div className="cpms-card-head">
        <h3>Cards</h3>
        {page.mayAdd && (
          <AddInDrawer collection="rfid-cards" label="Add Card" start={{ driver: driverId }} />
        )}
      </div>
      {page.cards.length === 0 ? (
        <p className="cpms-muted">No card yet.</p>
      ) : (
        <ul className="cpms-names">
          {page.cards.map((card) => (
            <li key={card.id}>
              <span>
                <GoTo to={`/admin/collections/rfid-cards/${card.id}`}>{card.uid}</GoTo>
                {card.label && <small>{card.label}</small>}
              </span>
              <CardStatus status={card.status} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
