import type { DefaultServerCellComponentProps } from 'payload'

import { loadUserStatuses, type UserStatus } from '@/panel/userSignIn'

import { Icon } from '../ui/Icon'

const looks = {
  active: { label: 'Active', icon: 'check', tone: 'green', sentence: 'May log in.' },
  invited: { label: 'Invited', icon: 'mail', tone: 'blue', sentence: 'Has not logged in yet.' },
  suspended: { label: 'Suspended', icon: 'lock', tone: 'red', sentence: 'Cannot log in.' },
} as const satisfies Record<UserStatus, object>

/** In the list of users, for whoever looks after them. */
export async function UserStatusCell({ rowData, payload }: DefaultServerCellComponentProps) {
  // a document's page draws the cell of a field that stores nothing, without a row
  const status =
    (rowData as object | undefined) && (await loadUserStatuses(payload))?.get(Number(rowData.id))
  if (!status) return null
  const { icon, label, sentence, tone } = looks[status]
  return (
    <span className="cpms-pill" data-tone={tone} title={sentence}>
      <Icon name={icon} />
      {label}
    </span>
  )
}
