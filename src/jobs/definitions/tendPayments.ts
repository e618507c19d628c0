import { askProviders } from '../../payments/ask'
import type { CardProvider } from '../../payments/provider'
import type { JobContext, JobDefinition } from '../job'

/** `tendPayments`: what payments by card wait for is asked of their provider; in rows, so that a worker may die at any point. */
export const tendPayments = (provider: CardProvider): JobDefinition => ({
  name: 'tendPayments',
  expression: '* * * * * *',
  run: (context) => payOnce(provider, context),
})

export const payOnce = (provider: CardProvider, { log, now, pool }: JobContext): Promise<void> =>
  askProviders({
    pool,
    provider,
    now,
    onTrouble: (error, payment) =>
      log.warn({ err: error, payment }, 'a card provider could not be asked, and will be again'),
  })
