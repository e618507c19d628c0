import type { UserSignIn } from '@/panel/userSignIn'

export type SignInAction = {
  label: string
  /** After `/api/users/<id>/`. */
  path: string
  body?: object
  title: (name: string) => string
  consequence: string
  confirm: string
  isDanger: boolean
  done: (name: string) => string
  /** What is different from then on. */
  after: Partial<UserSignIn>
}

const viewAs: SignInAction = {
  label: 'View as this person',
  path: 'view-as',
  title: (name) => `See what ${name} sees`,
  consequence:
    'For half an hour the panel shows you what this person may see, and nothing can be changed. That you looked stands in the audit log.',
  confirm: 'View as',
  isDanger: false,
  done: () => '',
  after: {},
}

const unlock: SignInAction = {
  label: 'Unlock',
  path: 'unlock',
  title: (name) => `Unlock ${name}`,
  consequence: 'Wrong passwords and codes are forgotten; the person can try again at once.',
  confirm: 'Unlock',
  isDanger: false,
  done: (name) => `${name} can try again.`,
  after: { isLocked: false },
}

const endLogins: SignInAction = {
  label: 'Log out everywhere',
  path: 'end-logins',
  title: (name) => `Log ${name} out everywhere`,
  consequence: 'Every device is out at once, open pages included. The person can log in again.',
  confirm: 'Log out everywhere',
  isDanger: false,
  done: (name) => `${name} is logged out everywhere.`,
  after: { logins: 0 },
}

const resetFactor: SignInAction = {
  label: 'Reset two-factor authentication',
  path: 'reset-second-factor',
  title: (name) => `Reset two-factor authentication of ${name}`,
  consequence:
    'For a lost or new phone. Until it is set up again the password alone lets in: make sure that it is really this person who asks. Every device is logged out.',
  confirm: 'Reset',
  isDanger: true,
  done: (name) => `${name} sets it up anew.`,
  after: { hasSecondFactor: false, isLocked: false, logins: 0 },
}

const suspend: SignInAction = {
  label: 'Suspend',
  path: 'suspend',
  body: { suspended: true },
  title: (name) => `Suspend ${name}`,
  consequence:
    'The person is logged out at once and cannot log in. Nothing of theirs is lost, and they can be let in again.',
  confirm: 'Suspend',
  isDanger: true,
  done: (name) => `${name} is suspended.`,
  after: { isSuspended: true, suspendedAt: null, logins: 0 },
}

const letIn: SignInAction = {
  label: 'Let in again',
  path: 'suspend',
  body: { suspended: false },
  title: (name) => `Let ${name} in again`,
  consequence: 'The person can log in as before, with the same access.',
  confirm: 'Let in again',
  isDanger: false,
  done: (name) => `${name} can log in again.`,
  after: { isSuspended: false, suspendedAt: null, suspendedBy: null },
}

/** `actionsFor`: what makes sense as things stand, the gravest last. */
export function actionsFor(state: UserSignIn): SignInAction[] {
  return [
    ...(state.isSuspended ? [letIn] : [viewAs]),
    ...(state.isLocked ? [unlock] : []),
    ...(state.logins > 0 ? [endLogins] : []),
    ...(state.hasSecondFactor ? [resetFactor] : []),
    ...(state.isSuspended ? [] : [suspend]),
  ]
}
