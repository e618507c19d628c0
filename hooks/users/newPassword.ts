import type { PayloadRequest } from 'payload'

/**
 * Payload takes a new password out of the data before its last hooks run: what comes after (the end of logins, the mail,
 * the audit log) learns of it here.
 */
export function noteNewPassword(req: PayloadRequest, userId: number): void {
  req.context['newPasswordOf'] = userId
}

export function hasNewPassword(req: PayloadRequest, userId: unknown): boolean {
  return typeof userId === 'number' && req.context['newPasswordOf'] === userId
}
