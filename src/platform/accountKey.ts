import { createHash } from 'node:crypto'

/** `accountKey`: under which the sign-ins of an account are counted. An address of mail is a person's: its hash only. */
export function accountKey(email: string): string {
  return `of:${createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 32)}`
}
