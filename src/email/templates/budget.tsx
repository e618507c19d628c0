/** @jsxRuntime automatic */
import { Button, Letter, Steps } from '../parts'

export type BudgetMailProps = {
  network: string
  title: string
  sentence: string
  steps: readonly string[]
  link: string
}

/** A budget that is nearly or wholly used. Default props are sample data. */
export function BudgetMail({
  network = 'CITA EV',
  title = 'Budget nearly used up: Parcel vans',
  sentence = 'Parcel vans has used £412.00 of £500.00 (82 %) this month.',
  steps = ['It begins anew on 1 December 2026.', 'Raise the limit under Budgets if it is too low.'],
  link = 'https://cpms.example.com/admin/collections/budgets/1',
}: Partial<BudgetMailProps>) {
  return (
    <Letter
      foot="You get this because the budget names you, or is yours."
      network={network}
      title={title}
    >
      <p>{sentence}</p>
      <Steps steps={steps} />
      <Button to={link}>Open the budget</Button>
    </Letter>
  )
}
