/** @jsxRuntime automatic */
import { Facts, Letter } from '../parts'

export type ChargeMailProps = {
  network: string
  title: string
  name: string
  text: string
  facts: [string, string | null][]
}

/** To a driver, about a charge: its receipt, or that it was interrupted. */
export function ChargeMail({
  network = 'CITA EV',
  title = 'Your receipt: £7.34',
  name = 'Ann Driver',
  text = 'Bay 3, Kings Cross Car Park: 15.420 kWh, £7.34.',
  facts = [
    ['Receipt', '1042'],
    ['From', '29 Nov 2026, 09:12 (Europe/London)'],
    ['To', '29 Nov 2026, 10:40 (Europe/London)'],
    ['Energy', '15.420 kWh'],
    ['Tax included', '£1.22'],
    ['Total', '£7.34'],
  ],
}: Partial<ChargeMailProps>) {
  return (
    <Letter
      foot="You get this because you charge with our app. What you are told is decided there, under Notifications; the receipt as a PDF is in its history."
      network={network}
      title={title}
    >
      <p>Hello {name},</p>
      <p>{text}</p>
      <Facts facts={facts} />
    </Letter>
  )
}
