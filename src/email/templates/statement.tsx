/** @jsxRuntime automatic */
import { Button, Facts, Letter } from '../parts'

export type StatementMailProps = {
  network: string
  subject: string
  period: string
  /** Of a site owner's statement; other reports have their figures in the file. */
  figures: { sessions: string; energy: string; total: string; corrections: string | null } | null
  /** Names of the files that go with the mail. */
  files: readonly string[]
  /** Made, but too large to be mailed. */
  tooLarge: readonly string[]
  schedule: string
  link: string
  verifyLink: string | null
}

export const statementSubject = ({
  subject,
  period,
}: {
  subject: string
  period: string
}): string => `${subject}: ${period}`

/** A statement or a report that a schedule has made. */
export function StatementMail({
  network = 'CITA EV',
  subject = 'Kings Cross Car Park',
  period = 'November 2026',
  figures = { sessions: '333', energy: '6,133.429 kWh', total: '£3,032.27', corrections: null },
  files = ['S-000042 Kings Cross Car Park 2026-11-01 to 2026-11-30.pdf'],
  tooLarge = [],
  schedule = 'Kings Cross, monthly statement',
  link = 'https://cpms.example.com/admin/collections/statements/42',
  verifyLink = 'https://cpms.example.com/verify/9f2c',
}: Partial<StatementMailProps>) {
  return (
    <Letter
      foot={`You get this because you confirmed this address for "${schedule}". To stop, ask ${network} to take it off.`}
      network={network}
      title={statementSubject({ subject, period })}
    >
      {figures ? (
        <Facts
          facts={[
            ['Total, tax included', figures.total],
            ['Energy', figures.energy],
            ['Sessions', figures.sessions],
            ['Corrections', figures.corrections],
          ]}
        />
      ) : (
        <p>The report is ready.</p>
      )}
      {files.length > 0 && <p>{`Attached: ${files.join(', ')}.`}</p>}
      {tooLarge.length > 0 && (
        <p>{`Too large to be mailed, open it in the panel: ${tooLarge.join(', ')}.`}</p>
      )}
      <Button to={link}>Open in the panel</Button>
      {verifyLink && (
        <p>
          To check that the figures are ours: <a href={verifyLink}>{verifyLink}</a>
        </p>
      )}
    </Letter>
  )
}
