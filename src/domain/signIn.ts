/** How often a sign-in may fail before it is made to wait; the figures of SEC-14, SEC-15 and SEC-16 in one place. */
export const signInRules = {
  /** Wrong passwords for one account from one address. Another address of the same account goes on. */
  account: { most: 5, withinSeconds: 15 * 60 },
  /** From one address, whatever the account: an office behind one router, but no list of accounts. */
  address: { most: 40, withinSeconds: 15 * 60 },
  /** For one account from anywhere: not refused (that would lock its owner out) but slowed down from here on. */
  everywhere: { most: 20, withinSeconds: 15 * 60 },
  /** Links to set a password, for one address of mail. Further ones are answered alike and not sent. */
  forgotten: { most: 3, withinSeconds: 60 * 60 },
  forgottenFrom: { most: 30, withinSeconds: 60 * 60 },
  /** Wrong codes for one account from anywhere: who gets so far knows the password. */
  codes: { most: 5, withinSeconds: 15 * 60 },
} as const

export type SignInRule = keyof typeof signInRules

/** A look through somebody else’s eyes ends by itself. */
export const viewAsSeconds = 30 * 60

/** A code or password given again counts this long for sensitive actions (SEC-47). */
export const stepUpSeconds = 5 * 60

/** A login ends this long after it began, however busy it is (SEC-23). */
export const longestLoginSeconds = 12 * 60 * 60

/** `waitSeconds`: what is left of a lock, at least a second; null where the tries are within the rule. */
export function waitSeconds(
  rule: SignInRule,
  tried: { tries: number; since: Date },
  now: Date,
): number | null {
  const { most, withinSeconds } = signInRules[rule]
  if (tried.tries <= most) return null
  const left = withinSeconds - (now.getTime() - tried.since.getTime()) / 1000
  return left > 0 ? Math.max(1, Math.ceil(left)) : null
}

/** `slowDownMs`: how long the next try for an account waits that fails from everywhere: 100 ms more each, 2 s at most. */
export function slowDownMs(tries: number): number {
  return Math.min(2_000, Math.max(0, tries - signInRules.everywhere.most) * 100)
}

export const shortestPassword = 10
export const longestPassword = 256

/** What is wrong with a new password, in a sentence; null for nothing. */
export function passwordProblem(password: unknown): string | null {
  if (typeof password !== 'string' || password.trim() === '') return 'Give a password.'
  if (password.length < shortestPassword)
    return `A password has at least ${shortestPassword} characters.`
  if (password.length > longestPassword)
    return `A password has at most ${longestPassword} characters.`
  return null
}
