/** @jsxRuntime automatic */
import { Button, Letter } from '../parts'

export type ConfirmMailProps = {
  network: string
  schedule: string
  subject: string
  link: string
  days: number
}

export const confirmSubject = (network: string): string =>
  `Confirm your address for reports of ${network}`

/** Asks whether reports may be sent here; nothing is, until somebody says yes. */
export function ConfirmMail({
  network = 'CITA EV',
  schedule = 'Kings Cross, monthly statement',
  subject = 'Kings Cross Car Park',
  link = 'https://cpms.example.com/confirm/…',
  days = 14,
}: Partial<ConfirmMailProps>) {
  return (
    <Letter
      foot="If you do not know what this is about, do nothing: no reports will be sent to you."
      network={network}
      title="May we send reports here?"
    >
      <p>{`${network} would like to send "${schedule}" (${subject}) to this address by itself.`}</p>
      <Button to={link}>Confirm or decline</Button>
      <p>{`The link works once, for ${days} days.`}</p>
    </Letter>
  )
}
