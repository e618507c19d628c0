import { createElement, type ReactElement } from 'react'

import { ReceiptDocument, type ReceiptProps } from '../receipt/document'
import { StatementDocument, type StatementProps } from '../statement/document'

/** What the PDF process can draw: a name and plain data go in, bytes come out. */
export type PaperOrder =
  { document: 'statement'; props: StatementProps } | { document: 'receipt'; props: ReceiptProps }

export function drawn(order: PaperOrder): ReactElement {
  switch (order.document) {
    case 'statement':
      return createElement(StatementDocument, order.props)
    case 'receipt':
      return createElement(ReceiptDocument, order.props)
  }
}
