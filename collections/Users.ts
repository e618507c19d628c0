import type { CollectionConfig } from 'payload'
import { formOnly } from '#hooks/formOnly'
import { mayField, mayOrSelf } from '#hooks/access/fieldByPolicy'
import {
  auditLogin,
  auditLogout,
  endLoginsOnNewPassword,
  keepSomeoneInCharge,
  meanNewCredentials,
} from '#hooks/users/loginHooks'
import { giveAccess, prepareNewUser, takeWish } from '#hooks/users/newUser'
import { passwordLink } from '#hooks/users/passwordLink'
import { ownAccount } from '#hooks/users/account/ownAccount'
import { othersAccount } from '#hooks/users/account/othersAccount'
import { forgotPassword } from '#hooks/users/forgotPassword'
import { resetPassword } from '#hooks/users/resetPassword'
import { finishSignIn, noteLogout, noteSignIn } from '#hooks/users/signIn/finishSignIn'
import { limitSignIn } from '#hooks/users/signIn/limitSignIn'
import { menu } from './fields'
import { newUserFields } from './newUserFields'

/** Staff logins. Rights are not here but in `grants`: a login in flight writes this whole document back. */
export const Users: CollectionConfig = {
  slug: 'users',
  labels: { singular: 'User', plural: 'Users' },
  auth: {
    tokenExpiration: 4 * 60 * 60,
    // Payload's lock holds for an account, so anybody could lock anybody out; ours counts by account and address
    maxLoginAttempts: 0,
    useAPIKey: false,
  },
  admin: {
    group: menu.userManagement,
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'phone', 'access', 'status'],
    description:
      'People who sign in to this panel. What each of them may see and do is set under Access.',
    components: { edit: { SaveButton: '/src/components/admin/Users/SaveUser#SaveUser' } },
  },
  endpoints: [forgotPassword, resetPassword, ...ownAccount, ...othersAccount, passwordLink],
  hooks: {
    beforeOperation: [limitSignIn, prepareNewUser],
    beforeChange: [takeWish, meanNewCredentials],
    afterChange: [endLoginsOnNewPassword, giveAccess],
    afterRead: [formOnly('credentials', 'grant')],
    beforeDelete: [keepSomeoneInCharge],
    beforeLogin: [finishSignIn],
    afterLogin: [noteSignIn, auditLogin],
    afterLogout: [noteLogout, auditLogout],
  },
  fields: [
    { name: 'name', type: 'text', required: true, label: 'Name' },
    {
      name: 'phone',
      type: 'text',
      label: 'Phone',
      access: { read: mayOrSelf('users', 'read') },
      admin: { description: 'With country code, e.g. +44 20 7946 0000.' },
    },
    {
      name: 'email',
      type: 'email',
      required: true,
      unique: true,
      label: 'E-mail',
      access: { update: mayField('users', 'update') },
    },
    ...newUserFields,
    {
      name: 'signIn',
      type: 'ui',
      label: 'Sign-in',
      admin: {
        condition: (data) => Boolean(data?.id),
        disableListColumn: true,
        components: { Field: '/src/components/admin/Users/UserSignIn#UserSignIn' },
      },
    },
    {
      name: 'access',
      type: 'ui',
      label: 'Access',
      admin: {
        condition: (data) => Boolean(data?.id),
        components: {
          Field: '/src/components/admin/Users/UserAccess#UserAccess',
          Cell: '/src/components/admin/Users/GrantCell#UserAccessCell',
        },
      },
    },
    {
      name: 'status',
      type: 'ui',
      label: 'Status',
      admin: {
        // a column only: the page says it under "Sign-in", with what can be done about it
        condition: () => false,
        components: { Cell: '/src/components/admin/Users/UserStatusCell#UserStatusCell' },
      },
    },
  ],
}
