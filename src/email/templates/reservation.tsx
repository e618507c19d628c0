/** @jsxRuntime automatic */
import { Facts, Letter } from '../parts'

export type ReservationMailProps = {
  network: string
  driver: string
  charger: string
  site: string
  /** By the clock of the site. */
  until: string
  /** A sentence. */
  why: string
}

export const reservationSubject = ({ charger }: Pick<ReservationMailProps, 'charger'>) =>
  `Your reservation at ${charger} has ended`

/** To a driver whose reserved connector is gone: a fault, or taken out of use. */
export function ReservationMail({
  network = 'CITA EV',
  driver = 'Dan Driver',
  charger = 'Bay 3',
  site = 'Kings Cross Car Park',
  until = '28 Nov 2026, 18:30',
  why = 'The connector reported a fault.',
}: Partial<ReservationMailProps>) {
  return (
    <Letter
      foot="You get this because a connector was kept free for you."
      network={network}
      title={reservationSubject({ charger })}
    >
      <p>Hello {driver},</p>
      <p>
        we can no longer keep a connector at {charger} free for you. {why} Please choose another one
        in the app.
      </p>
      <Facts
        facts={[
          ['Charger', charger],
          ['Site', site],
          ['Was reserved until', until],
        ]}
      />
    </Letter>
  )
}
