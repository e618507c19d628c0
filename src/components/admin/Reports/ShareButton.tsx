'use client'

import { useState } from 'react'

import { ShareDialog } from '../Statements/ShareDialog'
import { Icon } from '../ui/Icon'

/** The report as it is now, with its filter, behind a link: for clients and owners without a login. */
export function ShareButton({
  report,
  query,
  namesPeople,
  mayNamePeople,
}: {
  report: string
  query: URLSearchParams
  /** The report is about somebody: the question cannot be answered without saying who. */
  namesPeople: boolean
  /** Users, cards and fleets are columns of it, to be left out or not. */
  mayNamePeople: boolean
}) {
  const [isOpen, setOpen] = useState(false)
  const [withPeople, setWithPeople] = useState(false)
  return (
    <>
      <button className="cpms-button" onClick={() => setOpen(true)} type="button">
        <Icon name="key" /> Share
      </button>
      {isOpen && (
        <ShareDialog
          onClose={() => setOpen(false)}
          path={`/api/reports/${report}/share`}
          what={{ filter: Object.fromEntries(query), withPeople }}
        >
          <p className="cpms-muted">
            They see the report as it is now, as PDF, Excel and CSV. It is kept under Statements,
            where you can revoke the link.
          </p>
          {namesPeople ? (
            <p className="cpms-note">This report says who charged.</p>
          ) : (
            mayNamePeople && (
              <label>
                <span>
                  <input
                    checked={withPeople}
                    onChange={(event) => setWithPeople(event.target.checked)}
                    type="checkbox"
                  />{' '}
                  With the names of users, cards and fleets
                </span>
              </label>
            )
          )}
        </ShareDialog>
      )}
    </>
  )
}
