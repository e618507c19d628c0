/** @jsxRuntime automatic */
import { Button, Letter } from '../parts'

export type ShareMailProps = {
  network: string
  title: string
  sharedBy: string
  link: string
  until: string
}

export const shareSubject = ({ title }: Pick<ShareMailProps, 'title'>): string =>
  `Shared with you: ${title}`

/** A link to a report, for somebody without a login. */
export function ShareMail({
  network = 'CITA EV',
  title = 'Kings Cross, monthly statement, November 2026',
  sharedBy = 'Ann Operator',
  link = 'https://cpms.example.com/shared/…',
  until = '15 December 2026',
}: Partial<ShareMailProps>) {
  return (
    <Letter
      foot="Whoever has the link can open the report: pass it on with care."
      network={network}
      title={title}
    >
      <p>{`${sharedBy} has shared this report with you.`}</p>
      <Button to={link}>Open the report</Button>
      <p>{`The link works until ${until}, unless it is taken back before.`}</p>
    </Letter>
  )
}
