import type { Payload } from 'payload'

import { ocppPublicUrl } from '@/panel/settings'
import { viewerOf } from '@/panel/viewer'

import { KeepFresh } from '../live/KeepFresh'
import { GoTo } from '../ui/GoTo'
import { ListViews, type ListView } from '../ui/ListViews'

type Props = {
  payload: Payload
  user?: { id: number | string; collection?: string } | null
  total?: number
  description?: string
}

/** What somebody asks for every morning. */
const viewsAt = (now: Date): readonly ListView[] => [
  { label: 'All', where: null },
  { label: 'Needs attention', where: { '[status][in]': 'Faulted,Offline,Unavailable' } },
  { label: 'Faulted', where: { '[status][equals]': 'Faulted' } },
  { label: 'Offline', where: { '[status][equals]': 'Offline' } },
  {
    label: 'Offline > 1 h',
    where: { '[status][equals]': 'Offline', '[statusSince][less_than]': anHourBefore(now) },
  },
  { label: 'Charging', where: { '[status][equals]': 'Charging' } },
  { label: 'Never connected', where: { '[status][equals]': 'NeverConnected' } },
]

/** To the minute: an address that does not change while one looks. */
function anHourBefore(now: Date): string {
  return new Date(Math.floor(now.getTime() / 60_000 - 60) * 60_000).toISOString()
}

/** Above the chargers list: what it is, its views, the way to a new charger; on an empty list the guide to the first. */
export async function ChargersIntro({ payload, user, total, description }: Props) {
  const viewer = await viewerOf({ payload, user })
  const mayAdd = viewer?.can('chargers', 'create') ?? false
  const isEmpty = total === 0 && (await hasNone(payload, user))
  if (!isEmpty) {
    return (
      <>
        <KeepFresh />
        <div className="cpms-list-head">
          <p className="cpms-muted">{description}</p>
          {mayAdd && <AddButton />}
          <ListViews slug="chargers" views={viewsAt(new Date())} />
        </div>
      </>
    )
  }
  return (
    <div className="cpms-empty">
      <h2>Add your first charger</h2>
      <ol>
        <li>
          Give it a name, a site and its <strong>identity</strong>: the name it uses towards this
          system, usually its serial number. Its password is shown once.
        </li>
        <li>
          In the charger’s own set-up page enter the address{' '}
          <span className="cpms-mono">{ocppPublicUrl()}/‹identity›</span> (OCPP 1.6-J), the identity
          as user and that password.
        </li>
        <li>Restart the charger. Within a minute its row here turns green.</li>
      </ol>
      {mayAdd ? <AddButton /> : <p>Your role does not add chargers: ask a Super Admin.</p>}
    </div>
  )
}

function AddButton() {
  return (
    <GoTo className="cpms-button" data-kind="primary" to="/admin/add-charger">
      Add a charger
    </GoTo>
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
