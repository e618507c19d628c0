import type { Payload } from 'payload'

import { ocppPublicUrl } from '@/panel/settings'
import { viewerOf } from '@/panel/viewer'

import { KeepFresh } from '../live/KeepFresh'

type Props = {
  payload: Payload
  user?: { id: number | string; collection?: string } | null
  total?: number
  description?: string
}

/** Above the chargers list: one line; on an empty list the guide to the first charger. */
export async function ChargersIntro({ payload, user, total, description }: Props) {
  const isEmpty = total === 0 && (await hasNone(payload, user))
  if (!isEmpty) {
    return (
      <>
        <KeepFresh />
        <p className="cpms-muted">{description}</p>
      </>
    )
  }
  return (
    <div className="cpms-empty">
      <h2>Add your first charger</h2>
      <ol>
        <li>
          Press <strong>Create New</strong> and give it a name, a site, and its{' '}
          <strong>identity</strong>: the name it uses towards this system, often its serial number.
          Save: its password is shown once.
        </li>
        <li>
          In the charger’s own set-up page enter the address{' '}
          <span className="cpms-mono">{ocppPublicUrl()}/‹identity›</span> (OCPP 1.6-J), the identity
          as user and that password.
        </li>
        <li>Restart the charger. Within a minute its row here turns green.</li>
      </ol>
    </div>
  )
}

/** An empty page of a search or a filter is no empty network. */
async function hasNone(payload: Payload, user: Props['user']): Promise<boolean> {
  const viewer = await viewerOf({ payload, user })
  if (!viewer || !user) return false
  const { totalDocs } = await payload.count({
    collection: 'chargers',
    overrideAccess: false,
    user: user as never,
  })
  return totalDocs === 0
}
