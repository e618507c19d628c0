import { formatMinor } from './money'

export const budgetPeriods = ['day', 'week', 'month'] as const
export type BudgetPeriod = (typeof budgetPeriods)[number]

export type Budget = {
  period: BudgetPeriod
  measure: 'money' | 'energy'
  /** Minor units of the currency, or Wh. */
  limit: number
  currency: string | null
  /** Null: no warning. */
  warnAtPercent: number | null
  whenSpent: 'warn' | 'stop'
}

/** `judgeBudget`: `used` in the unit of the limit. What reaches the limit exactly has used it up. */
export function judgeBudget(
  used: number,
  { limit, warnAtPercent }: Pick<Budget, 'limit' | 'warnAtPercent'>,
): { isWarning: boolean; isSpent: boolean } {
  const isSpent = used >= limit
  return {
    isSpent,
    isWarning: isSpent || (warnAtPercent !== null && used * 100 >= limit * warnAtPercent),
  }
}

/** `usedPercent`: whole percent, rounded down: 99.9 % is not yet all. More than 100 where it was overdrawn. */
export const usedPercent = (used: number, limit: number): number =>
  limit > 0 ? Math.max(0, Math.floor((used * 100) / limit)) : 0

/** `amountOf`: a budget's figure as people read it: `£412.00`, `85.500 kWh`. */
export function amountOf(value: number, { measure, currency }: Budget): string {
  if (measure === 'money') return formatMinor(value, currency ?? '')
  const kWh = (value / 1000).toLocaleString('en-GB', {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
  })
  return `${kWh} kWh`
}

export const periodWords: Readonly<Record<BudgetPeriod, string>> = {
  day: 'today',
  week: 'this week',
  month: 'this month',
}

/** `newsOf`: what is told when a budget is nearly or wholly used. `until` is the end of the period, in words. */
export function newsOf(
  budget: Budget & { name: string },
  used: number,
  is: 'warning' | 'spent',
  until: string,
): { title: string; sentence: string; steps: string[] } {
  const share = `${amountOf(used, budget)} of ${amountOf(budget.limit, budget)} (${usedPercent(used, budget.limit)} %)`
  const said = `${budget.name} has used ${share} ${periodWords[budget.period]}.`
  if (is === 'warning')
    return {
      title: `Budget nearly used up: ${budget.name}`,
      sentence: said,
      steps: [`It begins anew on ${until}.`, 'Raise the limit under Budgets if it is too low.'],
    }
  return {
    title: `Budget used up: ${budget.name}`,
    sentence: `${said} ${budget.whenSpent === 'stop' ? 'Charges under way are stopped and new ones refused.' : 'Charging goes on.'}`,
    steps: [
      `It begins anew on ${until}.`,
      budget.whenSpent === 'stop'
        ? 'Raise the limit under Budgets to let them charge before that.'
        : 'Set "When it is used up" under Budgets if charging should stop next time.',
    ],
  }
}

/** `spentSentence`: why a start is refused. */
export function spentSentence({ until, timezone }: { until: Date; timezone: string }): string {
  const day = until.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: timezone })
  return `The budget that this charge would count against is used up until ${day}. Whoever set it can raise it under Budgets.`
}
