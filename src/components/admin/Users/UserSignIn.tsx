import '../people.css'
import '../Security/security.css'

import type { Payload } from 'payload'

import { loadUserSignIn } from '@/panel/userSignIn'
import type { Looking } from '@/panel/viewer'

import { GoTo } from '../ui/GoTo'
import { SignInActions } from './SignInActions'

type Props = {
  id?: number | string
  data?: { id?: number | string; email?: string; name?: string }
  payload: Payload
  user?: Looking['user']
}

/** On a user's page: how the person signs in, and what a Super Admin can do about it; on one's own, the way to one's own. */
export async function UserSignIn({ id, data, payload, user }: Props) {
  const userId = Number(id ?? data?.id)
  if (!Number.isSafeInteger(userId)) return null
  if (user?.collection === 'users' && user.id === userId)
    return (
      <div className="field-type cpms-card cpms-own-sign-in">
        <div className="cpms-card-head">
          <h3>Sign-in &amp; security</h3>
          <GoTo className="cpms-button" to="/admin/account/security">
            Open
          </GoTo>
        </div>
        <p className="cpms-muted">
          Your password, two-factor authentication, and where you are logged in.
        </p>
      </div>
    )
  if (!data?.email) return null
  const page = await loadUserSignIn({ payload, user }, { id: userId, email: data.email })
  if (!page) return null
  return <SignInActions name={data.name || data.email} page={page} userId={userId} />
}
