import '../people.css'

import type { DefaultServerCellComponentProps } from 'payload'

import { loadAccess, loadAccessForCell, type SaidAccess } from '@/panel/accessList'

import { GoTo } from '../ui/GoTo'

/** A grant in words, as the way to it: "Operator · Leeds Dock, until 31 Dec 2026". */
export async function GrantCell({ rowData, payload }: DefaultServerCellComponentProps) {
  const said = (await loadAccess(payload)).get(Number(rowData.id))
  return said ? (
    <GoTo to={`/admin/collections/grants/${said.id}`}>
      <Words said={said} />
    </GoTo>
  ) : null
}

/** In the list of users: all that one of them may do. Only for whoever may see grants. */
export async function UserAccessCell({ rowData, payload }: DefaultServerCellComponentProps) {
  // a document's page draws the cell of a field that stores nothing, without a row
  const all = (rowData as object | undefined) && (await loadAccessForCell(payload))
  if (!all) return null
  const own = [...all.values()].filter((said) => said.userId === Number(rowData.id))
  if (own.length === 0) return <span className="cpms-muted">none</span>
  return (
    <span>
      {own.map((said) => (
        <span className="cpms-access-words" key={said.id}>
          <Words said={said} />
        </span>
      ))}
    </span>
  )
}

function Words({ said }: { said: SaidAccess }) {
  return <span className={said.state === 'now' ? undefined : 'cpms-muted'}>{said.words}</span>
}
