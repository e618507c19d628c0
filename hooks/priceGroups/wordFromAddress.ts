import type { PayloadRequest } from 'payload'

/** `wordFromAddress`: a form that is begun with an offer (`/create?name=Staff&pricing=discount`) starts with it. */
export const wordFromAddress =
  (name: string, shape: RegExp, usual?: string) =>
  ({ req }: { req: PayloadRequest }): string | undefined => {
    const word = (req.query as Record<string, unknown> | undefined)?.[name]
    return typeof word === 'string' && shape.test(word) ? word : usual
  }
