import { escapeHtml } from '@/domain/html'

type Content = { name: string; link: string; validMinutes: number; isNew: boolean }

/** The mail with a link to set a password, which somebody of the staff asked for. */
export function linkMail({ name, link, validMinutes, isNew }: Content): {
  subject: string
  html: string
  text: string
} {
  const why = isNew
    ? 'You were given a login for the CITA EV panel.'
    : 'An administrator of the CITA EV panel sent you a new link to set your password.'
  const how = `Set your password with this link. It works once, for ${validMinutes} minutes; after that press "Forgot Password" on the login page.`
  return {
    subject: isNew ? 'Your login for the CITA EV panel' : 'Set your password for the CITA EV panel',
    html: [
      `<p>Hello ${escapeHtml(name)},</p>`,
      `<p>${why}</p>`,
      `<p>${escapeHtml(how)}</p>`,
      `<p><a href="${link}">${link}</a></p>`,
    ].join('\n'),
    text: [`Hello ${name},`, why, how, link, ''].join('\n\n'),
  }
}
