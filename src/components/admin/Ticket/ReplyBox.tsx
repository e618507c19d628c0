'use client'

import { RenderLexical } from '@payloadcms/richtext-lexical/client'
import { useState, type ComponentProps } from 'react'

import { useReread } from '../live/LiveContext'
import { Icon } from '../ui/Icon'
import { EditorNames } from './EditorNames'
import { save } from './save'

type State = ComponentProps<typeof RenderLexical>['value']

/** Where one answers. What is typed stays when the server does not take it. */
export function ReplyBox({
  ticketId,
  mayNote,
  isResolved,
}: {
  ticketId: number
  /** Notes that only those who work on tickets see. */
  mayNote: boolean
  isResolved: boolean
}) {
  const [value, setValue] = useState<State>(undefined)
  const [round, setRound] = useState(0)
  const [isNote, setNote] = useState(false)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const reread = useReread()

  async function send(): Promise<void> {
    setSending(true)
    const why = await save('POST', '/api/ticket-replies?depth=0', {
      ticket: ticketId,
      body: value,
      internal: isNote,
    })
    setSending(false)
    setProblem(why)
    if (why) return
    setValue(undefined)
    setRound(round + 1)
    reread()
  }

  return (
    <section aria-label="Reply" className="cpms-card cpms-reply" data-internal={isNote}>
      {mayNote && (
        <div className="cpms-row" role="radiogroup" aria-label="Who sees it">
          {[
            { note: false, label: 'Reply', hint: 'mailed to the reporter' },
            { note: true, label: 'Internal note', hint: 'seen by those who work on tickets' },
          ].map(({ note, label, hint }) => (
            <label className="cpms-tick" key={label}>
              <input
                checked={isNote === note}
                name="kind"
                onChange={() => setNote(note)}
                type="radio"
              />
              <span>
                {label} <span className="cpms-muted">({hint})</span>
              </span>
            </label>
          ))}
        </div>
      )}
      <EditorNames label="Your reply" />
      <div className="cpms-editor">
        <RenderLexical
          key={round}
          label={false as unknown as string}
          name="body"
          schemaPath="collection.ticket-replies.body"
          setValue={(next) => setValue(next as State)}
          value={value}
        />
      </div>
      {problem && (
        <p className="cpms-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="cpms-row">
        <button
          className="cpms-button"
          data-kind="primary"
          disabled={isSending || !hasWords(value)}
          onClick={() => void send()}
          type="button"
        >
          <Icon name={isNote ? 'pencil' : 'mail'} />
          {isSending ? 'Sending…' : isNote ? 'Save note' : 'Send reply'}
        </button>
        {isResolved && !isNote && (
          <span className="cpms-muted">A reply opens this ticket again.</span>
        )}
      </div>
    </section>
  )
}

function hasWords(state: State): boolean {
  return /"text":"[^"]/.test(JSON.stringify(state ?? null))
}
