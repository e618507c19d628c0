'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import type { TicketPage } from '@/panel/tickets'

import { useReread } from '../live/LiveContext'
import { save } from './save'
import { ticketPriority, ticketStatus } from './words'

type Desk = Pick<TicketPage['ticket'], 'id' | 'status' | 'priority' | 'assignedTo'>

/** How the ticket stands and who has it; each change is saved at once. */
export function TicketDesk({
  ticket,
  people,
  userId,
}: {
  ticket: Desk
  people: TicketPage['people']
  userId: number
}) {
  const [isBusy, setBusy] = useState(false)
  const reread = useReread()

  async function change(part: object): Promise<void> {
    setBusy(true)
    const problem = await save('PATCH', `/api/tickets/${ticket.id}?depth=0`, part)
    setBusy(false)
    if (problem) toast.error(problem)
    reread()
  }

  const options = (words: object) =>
    Object.entries(words as Record<string, string | { label: string }>).map(([value, word]) => (
      <option key={value} value={value}>
        {typeof word === 'string' ? word : word.label}
      </option>
    ))
  const assigned = ticket.assignedTo
  const isListed = !assigned || people.some((person) => person.id === assigned.id)
  return (
    <section className="cpms-card cpms-desk">
      <label className="cpms-field">
        Status
        <select
          className="cpms-input"
          disabled={isBusy}
          onChange={(event) => void change({ status: event.target.value })}
          value={ticket.status}
        >
          {options(ticketStatus)}
        </select>
      </label>
      <label className="cpms-field">
        Assigned to
        <select
          className="cpms-input"
          disabled={isBusy}
          onChange={(event) =>
            void change({ assignedTo: event.target.value ? Number(event.target.value) : null })
          }
          value={assigned?.id ?? ''}
        >
          <option value="">Nobody yet</option>
          {assigned && !isListed && <option value={assigned.id}>{assigned.name}</option>}
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
              {person.id === userId ? ' (you)' : ''}
            </option>
          ))}
        </select>
      </label>
      <label className="cpms-field">
        Priority
        <select
          className="cpms-input"
          disabled={isBusy}
          onChange={(event) => void change({ priority: event.target.value })}
          value={ticket.priority}
        >
          {options(ticketPriority)}
        </select>
      </label>
    </section>
  )
}
