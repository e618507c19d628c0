/** @jsxRuntime automatic */
import { Button, Facts, Letter, Steps } from '../parts'

export type AlertInMail = {
  title: string
  severity: 'urgent' | 'fault' | 'notice'
  sentence: string
  steps: readonly string[]
  charger: string | null
  connector: number | null
  site: string | null
  /** In the zone of the site, named. */
  since: string
  count: number
  link: string
}

export type AlertsMailProps = {
  network: string
  alerts: readonly AlertInMail[]
  preferencesLink: string
}

const severityWord = { urgent: 'Urgent', fault: 'Fault', notice: 'Notice' } as const

/** `Overheating at Bay 3`. */
function placed({ title, charger, site }: AlertInMail): string {
  const place = charger ?? site
  return place ? `${title} at ${place}` : title
}

/** `alertsSubject`: what and where, so that the list of mails is enough to decide. */
export function alertsSubject({ alerts }: Pick<AlertsMailProps, 'alerts'>): string {
  const [first] = alerts
  if (!first) return 'Alerts'
  if (alerts.length === 1) return `${severityWord[first.severity]}: ${placed(first)}`
  const urgent = alerts.filter((alert) => alert.severity === 'urgent').length
  return `${alerts.length} alerts${urgent > 0 ? `, ${urgent} urgent` : ''}`
}

/** One incident or several that came together. Default props are sample data. */
export function AlertsMail({
  network = 'CITA EV',
  alerts = [sampleAlert],
  preferencesLink = 'https://cpms.example.com/admin/notifications',
}: Partial<AlertsMailProps>) {
  const foot = (
    <>
      You get this because these chargers are yours to look after.{' '}
      <a href={preferencesLink}>Choose what reaches you</a>
    </>
  )
  const [first] = alerts
  if (alerts.length === 1 && first) {
    return (
      <Letter foot={foot} network={network} title={placed(first)}>
        <p>{first.sentence}</p>
        <AlertFacts alert={first} />
        <p>What to try:</p>
        <Steps steps={first.steps} />
        <Button to={first.link}>Open the alert</Button>
      </Letter>
    )
  }
  return (
    <Letter foot={foot} network={network} title={alertsSubject({ alerts })}>
      {alerts.map((alert) => (
        <div key={alert.link}>
          <p>
            <strong>{placed(alert)}</strong>
            <br />
            {alert.sentence}
          </p>
          <AlertFacts alert={alert} />
          <p>
            <a href={alert.link}>Open the alert</a>
          </p>
        </div>
      ))}
    </Letter>
  )
}

function AlertFacts({ alert }: { alert: AlertInMail }) {
  return (
    <Facts
      facts={[
        ['Charger', alert.charger],
        ['Connector', alert.connector ? String(alert.connector) : null],
        ['Site', alert.site],
        ['Since', alert.since],
        ['Severity', severityWord[alert.severity]],
        ['Times', alert.count > 1 ? String(alert.count) : null],
      ]}
    />
  )
}

export const sampleAlert: AlertInMail = {
  title: 'Overheating',
  severity: 'urgent',
  sentence: 'It is too hot inside the charger.',
  steps: ['Check ventilation and sun.', 'If it repeats, lower the limit and send someone.'],
  charger: 'Bay 3',
  connector: 1,
  site: 'Kings Cross Car Park',
  since: '24 Nov 2026, 23:05 GMT',
  count: 1,
  link: 'https://cpms.example.com/admin/collections/alerts/1',
}
