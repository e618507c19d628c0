'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import type { AlertRow, Assignee } from '@/panel/alerts'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import { useReread } from '../live/LiveContext'
import { Icon } from '../ui/Icon'
import { actOnAlert, type AlertDoing } from './send'

type Of = Pick<AlertRow, 'id' | 'title' | 'status' | 'chargerName' | 'siteName' | 'assignedTo'>

/** What one does about an alert: take it on, give it to somebody, close it. */
export function AlertButtons({
  alert,
  people,
  userId,
}: {
  alert: Of
  /** Given on the alert's own page, where it can be handed over. */
  people?: readonly Assignee[]
  userId: number
}) {
  const [open, setOpen] = useState<'resolve' | 'assign' | 'note' | null>(null)
  const [isBusy, setBusy] = useState(false)
  const reread = useReread()

  async function now(doing: AlertDoing): Promise<void> {
    setBusy(true)
    const problem = await actOnAlert(alert.id, doing)
    setBusy(false)
    if (problem) toast.error(problem)
    reread()
  }

  const place = alert.chargerName ?? alert.siteName ?? ''
  const close = () => setOpen(null)
  if (alert.status === 'resolved') return null
  return (
    <>
      <div className="cpms-row cpms-alert-buttons">
        {alert.status === 'open' && (
          <button
            aria-label={`Acknowledge: ${alert.title}, ${place}`}
            className="cpms-button"
            data-kind={people ? 'primary' : undefined}
            disabled={isBusy}
            onClick={() => void now('acknowledge')}
            type="button"
          >
            <Icon name="check" /> Acknowledge
          </button>
        )}
        {people && (
          <button className="cpms-button" onClick={() => setOpen('assign')} type="button">
            <Icon name="user" /> Assign
          </button>
        )}
        {people && (
          <button className="cpms-button" onClick={() => setOpen('note')} type="button">
            <Icon name="pencil" /> Add note
          </button>
        )}
        <button
          aria-label={`Resolve: ${alert.title}, ${place}`}
          className="cpms-button"
          onClick={() => setOpen('resolve')}
          type="button"
        >
          <Icon name="flag" /> Resolve
        </button>
      </div>
      {open === 'resolve' && <ResolveDialog alert={alert} onClose={close} place={place} />}
      {open === 'note' && <NoteDialog alert={alert} onClose={close} />}
      {open === 'assign' && people && (
        <AssignDialog alert={alert} onClose={close} people={people} userId={userId} />
      )}
    </>
  )
}

function useAct(id: number, doing: AlertDoing) {
  const reread = useReread()
  return async (body: { user?: number | null; note?: string }) => {
    const problem = await actOnAlert(id, doing, body)
    if (problem === null) reread()
    return problem
  }
}

function NoteField({
  note,
  setNote,
  label,
}: {
  note: string
  setNote(text: string): void
  label: string
}) {
  return (
    <label className="cpms-field">
      {label}
      <textarea
        className="cpms-input"
        data-focus
        maxLength={2000}
        onChange={(event) => setNote(event.target.value)}
        rows={3}
        value={note}
      />
    </label>
  )
}

function ResolveDialog({ alert, place, onClose }: { alert: Of; place: string; onClose(): void }) {
  const [note, setNote] = useState('')
  const act = useAct(alert.id, 'resolve')
  return (
    <ConfirmDialog
      confirm="Resolve"
      onClose={onClose}
      send={() => act({ note })}
      title={`Resolve “${alert.title}”`}
    >
      <p>
        {place && `${place}: `}it leaves the list of open alerts. If it happens again, a new alert
        opens and people are told again.
      </p>
      <NoteField label="What was it? (optional)" note={note} setNote={setNote} />
    </ConfirmDialog>
  )
}

function NoteDialog({ alert, onClose }: { alert: Of; onClose(): void }) {
  const [note, setNote] = useState('')
  const act = useAct(alert.id, 'note')
  return (
    <ConfirmDialog
      canSend={note.trim() !== ''}
      confirm="Add note"
      onClose={onClose}
      send={() => act({ note })}
      title="Add a note"
    >
      <NoteField label="Seen by everybody who works on this alert" note={note} setNote={setNote} />
    </ConfirmDialog>
  )
}

function AssignDialog({
  alert,
  people,
  userId,
  onClose,
}: {
  alert: Of
  people: readonly Assignee[]
  userId: number
  onClose(): void
}) {
  const mine = people.some((person) => person.id === userId) ? String(userId) : ''
  const [user, setUser] = useState(alert.assignedTo ? String(alert.assignedTo.id) : mine)
  const [note, setNote] = useState('')
  const act = useAct(alert.id, 'assign')
  return (
    <ConfirmDialog
      confirm="Assign"
      onClose={onClose}
      send={() => act({ user: user === '' ? null : Number(user), note })}
      title="Who looks after this?"
    >
      <label className="cpms-field">
        Person
        <select
          className="cpms-input"
          data-focus
          onChange={(event) => setUser(event.target.value)}
          value={user}
        >
          <option value="">Nobody</option>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
              {person.id === userId ? ' (you)' : ''}
            </option>
          ))}
        </select>
      </label>
      <NoteField label="Note (optional)" note={note} setNote={setNote} />
    </ConfirmDialog>
  )
}
