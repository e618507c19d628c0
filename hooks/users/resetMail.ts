type Content = { name: string; link: string; validMinutes: number }

/**
 * The words; the outbox sets them (`src/email/adapter`). The link names the configured address, whatever the request called
 * itself (SEC-18).
 */
export function resetMail({ name, link, validMinutes }: Content): {
  subject: string
  text: string
} {
  const why = 'Someone, we hope you, asked for a new password for the CITA EV panel.'
  const how = `This link works once, for ${validMinutes} minutes:`
  const otherwise = 'If it was not you, do nothing: your password stays as it is.'
  return {
    subject: 'A new password for the CITA EV panel',
    text: [`Hello ${name},`, why, how, link, otherwise, ''].join('\n\n'),
  }
}
