import { faultOf } from '@/domain/faults'

type Report = { errorCode: string | null; vendorErrorCode?: string | null; info?: string | null }

/** What is wrong in words and what to try; the vendor's code small beside it. Nothing where nothing is wrong. */
export function FaultNote({ report }: { report: Report }) {
  const fault = faultOf(report)
  if (!fault) return null
  return (
    <div className="cpms-fault" data-severity={fault.severity}>
      <strong>
        {fault.family ? `${fault.family}: ` : ''}
        {fault.sentence}
      </strong>
      {fault.steps.length > 0 && (
        <ul>
          {fault.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
      )}
      <span className="cpms-muted">
        {[fault.code, fault.vendorErrorCode, report.info].filter(Boolean).join(' · ')}
      </span>
    </div>
  )
}

/** The same in a few words, for a list. */
export function sayFault(report: Report): string | null {
  const fault = faultOf(report)
  return fault && (fault.family ?? fault.sentence)
}
