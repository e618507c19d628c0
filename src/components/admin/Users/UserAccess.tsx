import '../people.css'

import type { Payload } from 'payload'

import { loadUserAccess } from '@/panel/accessList'

import { AddInDrawer } from '../ui/AddInDrawer'
import { GoTo } from '../ui/GoTo'
import { PasswordLink } from './PasswordLink'

type Props = {
  id?: number | string
  data?: { id?: number | string }
  payload: Payload
  user?: { id: number | string; collection?: string } | null
}

/** On a user's page: what the person may do, where, until when; giving more; and a new way in. */
export async function UserAccess({ id, data, payload, user }: Props) {
  const userId = Number(id ?? data?.id)
  if (!Number.isSafeInteger(userId)) return null
  const page = await loadUserAccess({ payload, user }, userId)
  if (!page) return null
  return (
    <div className="field-type cpms-card">
      <div className="cpms-card-head">
        <h3>Access</h3>
        {page.mayGive && (
          <AddInDrawer collection="grants" label="Give access" start={{ user: userId }} />
        )}
      </div>
      {page.access.length === 0 ? (
        <p className="cpms-note">This person can sign in and sees nothing yet. Give access here.</p>
      ) : (
        <ul className="cpms-names">
          {page.access.map((said) => (
            <li key={said.id}>
              <span className={said.state === 'now' ? undefined : 'cpms-muted'}>
                <GoTo to={`/admin/collections/grants/${said.id}`}>{said.words}</GoTo>
              </span>
            </li>
          ))}
        </ul>
      )}
      {page.maySendLink && <PasswordLink isMailSetUp={page.isMailSetUp} userId={userId} />}
    </div>
  )
}
