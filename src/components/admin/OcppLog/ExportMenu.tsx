'use client'

import { Menu } from '../ui/Menu'

/** The frames that match the filter, all of them, as a file. */
export function ExportMenu({ query }: { query: URLSearchParams }) {
  const take = (format: 'csv' | 'json') => {
    const asked = new URLSearchParams(query)
    asked.set('format', format)
    window.location.assign(`/api/ocpp-messages/export?${asked}`)
  }
  return (
    <Menu
      groups={[
        {
          key: 'formats',
          items: [
            {
              key: 'csv',
              icon: 'list',
              label: 'CSV',
              note: 'For a spreadsheet',
              onSelect: () => take('csv'),
            },
            {
              key: 'json',
              icon: 'list',
              label: 'JSON',
              note: 'One message a line, for programs',
              onSelect: () => take('json'),
            },
          ],
        },
      ]}
      label="Export"
    />
  )
}
