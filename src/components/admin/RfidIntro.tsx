import type { Payload } from 'payload'

import { viewerOf } from '@/panel/viewer'

import { GoTo } from './ui/GoTo'

type Props = {
  id?: number | string
  payload: Payload
  user?: { id: number | string; collection?: string } | null
  /** Lists have it, forms have not. */
  data?: object
  description?: string
}

/** Above the list of cards: what they are, and the button by the name the FAQ gives it. */
export async function RfidIntro({ id, payload, user, data, description }: Props) {
  if (id !== undefined || !data) return null
  const viewer = await viewerOf({ payload, user })
  return (
    <div className="cpms-row">
      <p className="cpms-muted">{description}</p>
      {viewer?.can('rfid-cards', 'create') && (
        <>
          <GoTo
            className="cpms-button"
            data-kind="primary"
            to="/admin/collections/rfid-cards/create"
          >
            Add Card
          </GoTo>
          <GoTo className="cpms-button" to="/admin/rfid-import">
            Import a file
          </GoTo>
        </>
      )}
    </div>
  )
}
