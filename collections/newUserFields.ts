import type { Field, RadioField } from 'payload'
import { defaultWay } from '#hooks/users/passwordLink'
import { grantFields } from './accessFields'

/** How a new user gets in; only while the user is being made (`hooks/users/newUser`). */
const credentialsField: RadioField = {
  name: 'credentials',
  type: 'radio',
  virtual: true,
  label: 'How does this person get in?',
  defaultValue: defaultWay,
  options: [
    { value: 'mail', label: 'Send a link by e-mail' },
    { value: 'link', label: 'Show me a link to pass on' },
    { value: 'password', label: 'I set a password now' },
  ],
  access: { update: () => false },
  admin: {
    readOnly: false,
    condition: (data) => !data?.id,
    disableListColumn: true,
    disableListFilter: true,
    components: { Field: '/src/components/admin/Users/CredentialsField#CredentialsField' },
    description:
      'With the link the person sets a password. It works once, for an hour; after that there is "Forgot Password" on the login page.',
  },
}

export const newUserFields: Field[] = [
  credentialsField,
  {
    name: 'grant',
    type: 'group',
    virtual: true,
    label: 'Access',
    access: { update: () => false },
    admin: {
      readOnly: false,
      condition: (data) => !data?.id,
      disableListColumn: true,
      disableListFilter: true,
      description: 'What this person may do, and where. More can be given later, under Access.',
    },
    fields: grantFields((data) => data?.['grant'] as { scope?: unknown } | undefined, false),
  },
]
