'use client'

import { useEffect, useState } from 'react'

import type { CommandBoard } from '@/panel/chargerPage'

import type { LiveEvent } from '../live/connection'
import { useLive } from '../live/LiveContext'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { clock } from '../ui/words'
import { effectWord, nameOfCommand, readPayload } from './words'

const askEveryMs = 4_000

/**
 * A command as a little story: queued → sent → accepted → what came of it, with the times, moving while it happens and
 * the same for everybody who looks.
 */
export function CommandStory({ command, timezone }: { command: CommandBoard; timezone: string }) {
  const now = useCommand(command)
  const payload = readPayload(now.payload)
  return (
    <div className="cpms-story" data-command={now.id} data-status={now.status}>
      <div className="cpms-row">
        <GoTo to={`/admin/collections/commands/${now.id}`}>
          <strong>{nameOfCommand(now.action, payload)}</strong>
        </GoTo>
        {typeof payload.connectorId === 'number' && payload.connectorId > 0 && (
          <span className="cpms-muted">connector {payload.connectorId}</span>
        )}
        <span className="cpms-muted">
          {now.requestedBy ?? now.source ?? ''} · {clock(new Date(now.createdAt), timezone)}
        </span>
      </div>
      <ol className="cpms-steps">
        {stepsOf(now).map((step) => (
          <li className="cpms-step" data-state={step.state} key={step.word}>
            {step.state === 'waiting' && <span aria-hidden="true" className="cpms-waiting" />}
            {step.state === 'good' && <Icon name="check" />}
            {step.state === 'bad' && <Icon name="cross" />}
            {step.word}
            {step.at && <time dateTime={step.at}>{clock(new Date(step.at), timezone)}</time>}
          </li>
        ))}
      </ol>
      {now.outcome && <div role={now.isFinal ? 'status' : undefined}>{now.outcome}</div>}
    </div>
  )
}

/** The command as it is now: moved on by events, and asked for now and then in case one was missed. */
export function useCommand(read: CommandBoard): CommandBoard {
  const [command, setCommand] = useState(read)
  useEffect(() => {
    setCommand((before) => (before.id === read.id && rank(before) > rank(read) ? before : read))
  }, [read])

  useLive({
    onEvent(event) {
      if (event.kind === 'command.changed' && event.body.commandId === read.id) {
        setCommand((before) => advance(before, event))
      }
    },
  })

  const { id, isFinal } = command
  useEffect(() => {
    if (isFinal) return
    const timer = setInterval(() => void ask(), askEveryMs)
    async function ask(): Promise<void> {
      const response = await fetch(`/api/commands/${id}?depth=0`, { credentials: 'include' }).catch(
        () => null,
      )
      if (!response?.ok) return
      const doc = (await response.json()) as Partial<CommandBoard>
      setCommand((before) => {
        const after = { ...before, ...pick(doc) }
        return rank(after) >= rank(before) ? after : before
      })
    }
    return () => clearInterval(timer)
  }, [id, isFinal])
  return command
}

function pick(doc: Partial<CommandBoard>): Partial<CommandBoard> {
  const { status, isFinal, reason, outcome, sentAt, answeredAt, settledAt } = doc
  return {
    ...(status ? { status } : {}),
    isFinal: isFinal ?? false,
    reason: reason ?? null,
    outcome: outcome ?? null,
    sentAt: sentAt ?? null,
    answeredAt: answeredAt ?? null,
    settledAt: settledAt ?? null,
  }
}

function advance(before: CommandBoard, { at, body }: LiveEvent): CommandBoard {
  const status = typeof body.status === 'string' ? body.status : before.status
  const isFinal = body.isFinal === true
  const after: CommandBoard = {
    ...before,
    status,
    isFinal,
    outcome: typeof body.outcome === 'string' ? body.outcome : before.outcome,
    reason: typeof body.reason === 'string' ? body.reason : before.reason,
    sentAt: before.sentAt ?? (status === 'sent' ? at : null),
    answeredAt: before.answeredAt ?? (status === 'accepted' || status === 'rejected' ? at : null),
    settledAt: before.settledAt ?? (isFinal ? at : null),
  }
  return rank(after) >= rank(before) ? after : before
}

/** How far a command has come: an older word heard later does not take it back. */
function rank({ status, isFinal }: CommandBoard): number {
  if (isFinal) return 9
  return ['queued', 'sent', 'accepted'].indexOf(status)
}

type Step = {
  word: string
  at: string | null
  state: 'done' | 'waiting' | 'good' | 'bad' | 'ahead'
}

function stepsOf(command: CommandBoard): Step[] {
  const { status, isFinal, sentAt, answeredAt, settledAt } = command
  const isWaiting = (at: string | null, step: string): Step['state'] =>
    at ? 'done' : status === step && !isFinal ? 'waiting' : 'ahead'
  const steps: Step[] = [
    { word: 'Queued', at: command.createdAt, state: sentAt || isFinal ? 'done' : 'waiting' },
  ]
  if (sentAt || !isFinal) {
    steps.push({
      word: 'Sent',
      at: sentAt,
      state: answeredAt || isFinal ? 'done' : isWaiting(null, 'sent'),
    })
  }
  const wasAccepted =
    status === 'accepted' || status === 'effective' || (isFinal && command.reason === 'no-effect')
  if (wasAccepted && answeredAt && command.action !== 'UnlockConnector') {
    const isEnd = status === 'accepted' && isFinal
    steps.push({
      word: 'Accepted by the charger',
      at: answeredAt,
      state: isEnd ? 'good' : isFinal ? 'done' : 'waiting',
    })
  }
  if (!isFinal || status === 'accepted') return steps
  const ends: Record<string, string> = {
    effective: effectWord(command.action),
    rejected: 'Refused by the charger',
    timeout: 'No answer',
    failed: 'Failed',
  }
  return [
    ...steps,
    { word: ends[status] ?? status, at: settledAt, state: status === 'effective' ? 'good' : 'bad' },
  ]
}
