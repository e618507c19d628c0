import { stopVerdict } from '@/domain/stopVerdict'
import type { SessionDetail } from '@/panel/sessionPage'

/** Why charging stopped, with what it was concluded from. */
export function WhyItEnded({ session }: { session: SessionDetail }) {
  if (!session.stoppedAt) return null
  const verdict = stopVerdict({
    reason: session.endedBy === 'superseded' ? 'superseded' : session.stopReason,
    stoppedAt: new Date(session.stoppedAt),
    stopIdTag: session.stopIdTag,
    statuses: session.statuses.map((one) => ({ ...one, at: new Date(one.at) })),
    samples: (session.curve ?? []).map(([at, powerW]) => ({ at: new Date(at), powerW })),
    requestedBy: session.stoppedByCommand,
  })
  return (
    <section className="cpms-card">
      <div className="cpms-card-head">
        <h2>Why it ended</h2>
        <span className="cpms-muted">{verdict.confidence}</span>
      </div>
      <p>
        <strong>{verdict.label}.</strong> {verdict.sentence}
      </p>
      <ul className="cpms-evidence">
        {verdict.evidence.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
