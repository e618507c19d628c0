/** @jsxRuntime automatic */
import { Button, Facts, Letter, Quote } from '../parts'

export type TicketMailProps = {
  network: string
  /** `opened`: to those who work on tickets; `replied`: to the other side; `assigned`: to whom it is given. */
  what: 'opened' | 'replied' | 'assigned' | 'resolved'
  number: number
  subject: string
  who: string
  text: string
  charger: string | null
  site: string | null
  link: string
}

export function ticketSubject({ number, subject }: Pick<TicketMailProps, 'number' | 'subject'>) {
  return `[#${number}] ${subject}`
}

const said = {
  opened: (who: string) => `${who} asks for help:`,
  replied: (who: string) => `${who} wrote:`,
  assigned: (who: string) => `${who} has given this ticket to you. It began with:`,
  resolved: (who: string) => `${who} has marked this ticket as resolved. Reply to it if it is not.`,
} as const

/** News of a ticket. The answer is written in the panel, so that everybody on the ticket sees it. */
export function TicketMail({
  network = 'CITA EV',
  what = 'replied',
  number = 1042,
  subject = 'Bay 3 does not start',
  who = 'Ann Operator',
  text = 'The connector was unlocked from here. Please try again.',
  charger = 'Bay 3',
  site = 'Kings Cross Car Park',
  link = 'https://cpms.example.com/admin/collections/tickets/1',
}: Partial<TicketMailProps>) {
  return (
    <Letter
      foot="You get this because you opened this ticket or work on it. Answer it in the panel."
      network={network}
      title={ticketSubject({ number, subject })}
    >
      <p>{said[what](who)}</p>
      {text !== '' && <Quote>{text}</Quote>}
      <Facts
        facts={[
          ['Charger', charger],
          ['Site', site],
        ]}
      />
      <Button to={link}>Open the ticket</Button>
    </Letter>
  )
}
