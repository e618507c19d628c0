'use client'

import { toast } from '@payloadcms/ui'
import { useState, type ReactNode } from 'react'

import type { NotificationsPage } from '@/panel/notifications'

import { severityLooks, type Severity } from '../Alerts/words'
import { sentenceOf } from '../commands/send'
import { ChoiceList } from './ChoiceList'

type Wishes = NotificationsPage['wishes']

const severityNotes: Readonly<Record<Severity, string>> = {
  urgent: 'Only what cannot wait: danger, a site without power.',
  fault: 'And what takes a charger out of service: faults, offline, charging without energy.',
  notice:
    'And what is good to know: a plug left in, a wrong clock, a charger that never connected.',
}

export function NotificationsForm({ page }: { page: NotificationsPage }) {
  const [id, setId] = useState(page.id)
  const [wishes, setWishes] = useState(page.wishes)
  const [isSaving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const change = (part: Partial<Wishes>) => setWishes((before) => ({ ...before, ...part }))

  async function save(): Promise<void> {
    setSaving(true)
    const saved = await send(id, wishes)
    setSaving(false)
    setProblem(saved.kind === 'refused' ? saved.why : null)
    if (saved.kind === 'refused') return
    setId(saved.id)
    toast.success('Saved.')
  }

  return (
    <form
      className="cpms-page cpms-notices"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Part title="How">
        <Check checked={wishes.bell} onChange={(bell) => change({ bell })}>
          Bell in the panel
        </Check>
        <Check checked={wishes.email} onChange={(email) => change({ email })}>
          E-mail to {page.email}
        </Check>
        {!page.hasMailServer && wishes.email && (
          <p className="cpms-note">
            No mail server is set up, so e-mails are kept on the server and not sent. Ask your
            system admin (setting SMTP_URL).
          </p>
        )}
      </Part>
      <Part title="From which severity on">
        {(Object.keys(severityNotes) as Severity[]).map((severity) => (
          <label className="cpms-tick" key={severity}>
            <input
              checked={wishes.minSeverity === severity}
              name="severity"
              onChange={() => change({ minSeverity: severity })}
              type="radio"
            />
            <span>
              <strong>{severityLooks[severity].label}</strong>
              <small>{severityNotes[severity]}</small>
            </span>
          </label>
        ))}
      </Part>
      <Part note="None chosen: every kind." title="Only these kinds">
        <ChoiceList
          chosen={wishes.kinds}
          label="Kinds"
          onChange={(kinds) => change({ kinds })}
          options={page.kinds}
        />
      </Part>
      {page.sites.length > 0 && (
        <Part note="None chosen: every site you look after." title="Only these sites">
          <ChoiceList
            chosen={wishes.siteIds.map(String)}
            label="Sites"
            onChange={(sites) => change({ siteIds: sites.map(Number) })}
            options={page.sites.map((site) => ({ value: String(site.id), label: site.name }))}
          />
        </Part>
      )}
      <Part
        note="No e-mail between these times, except for what is urgent. What is still open comes when they end."
        title="Quiet hours"
      >
        <div className="cpms-row">
          <label className="cpms-field">
            From
            <input
              className="cpms-input"
              onChange={(event) => change({ quietFrom: event.target.value || null })}
              type="time"
              value={wishes.quietFrom ?? ''}
            />
          </label>
          <label className="cpms-field">
            Until
            <input
              className="cpms-input"
              onChange={(event) => change({ quietUntil: event.target.value || null })}
              type="time"
              value={wishes.quietUntil ?? ''}
            />
          </label>
          <label className="cpms-field">
            Time zone
            <input
              className="cpms-input"
              list="cpms-zones"
              onChange={(event) => change({ timezone: event.target.value })}
              value={wishes.timezone}
            />
          </label>
          <datalist id="cpms-zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
      </Part>
      {problem && (
        <p className="cpms-problem" role="alert">
          {problem}
        </p>
      )}
      <div>
        <button className="cpms-button" data-kind="primary" disabled={isSaving} type="submit">
          {isSaving ? 'Saving…' : 'Save'}
        </button>
      </div>
    </form>
  )
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <fieldset className="cpms-card cpms-part">
      <legend>{title}</legend>
      {note && <p className="cpms-muted">{note}</p>}
      {children}
    </fieldset>
  )
}

function Check(props: { checked: boolean; onChange(checked: boolean): void; children: ReactNode }) {
  return (
    <label className="cpms-tick">
      <input
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
        type="checkbox"
      />
      <span>{props.children}</span>
    </label>
  )
}

type Saved = { kind: 'saved'; id: number } | { kind: 'refused'; why: string }

async function send(id: number | null, wishes: Wishes): Promise<Saved> {
  const { siteIds, ...rest } = wishes
  try {
    const response = await fetch(
      `/api/notification-preferences${id === null ? '' : `/${id}`}?depth=0`,
      {
        method: id === null ? 'POST' : 'PATCH',
        credentials: 'include',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...rest, sites: siteIds }),
      },
    )
    const body: unknown = await response.json().catch(() => null)
    const saved = (body as { doc?: { id?: unknown } } | null)?.doc?.id
    if (response.ok && typeof saved === 'number') return { kind: 'saved', id: saved }
    return { kind: 'refused', why: fieldProblem(body) ?? sentenceOf(body) ?? 'It was not saved.' }
  } catch {
    return {
      kind: 'refused',
      why: 'The server did not answer. Check your connection and try again.',
    }
  }
}

/** The sentence beside a field that was refused. */
function fieldProblem(body: unknown): string | null {
  const errors = (body as { errors?: { data?: { errors?: { message?: string }[] } }[] } | null)
    ?.errors
  return errors?.[0]?.data?.errors?.[0]?.message ?? null
}
