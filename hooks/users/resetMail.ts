import { env } from '@/platform/env'

type Args = { token?: string; user?: { name?: string | null } }

/** The link's host is the configured address, whatever the request called itself (SEC-18). */
export function resetMail(args?: Args): string {
  const link = `${env().publicUrl}/admin/reset/${encodeURIComponent(args?.token ?? '')}`
  return [
    `<p>Hello ${escaped(args?.user?.name || 'there')},</p>`,
    '<p>someone, we hope you, asked for a new password for the CITA EV panel. This link works once, for 30 minutes:</p>',
    `<p><a href="${link}">${link}</a></p>`,
    '<p>If it was not you, do nothing: your password stays as it is.</p>',
  ].join('\n')
}

/** For the text of a mail. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
