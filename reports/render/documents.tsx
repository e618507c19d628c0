import { renderToBuffer } from '@react-pdf/renderer'
import { createElement, type ReactElement } from 'react'

import { ReceiptDocument, type ReceiptProps } from '../receipt/document'
import { StatementDocument, type StatementProps } from '../statement/document'
import { sampleStatement } from '../statement/sample'
import { drawTable, type TableProps } from './tableDocument'

/** What the PDF process can draw: a name and plain data go in, bytes come out. A `sample` is drawn to be ready, not to be read. */
export type PaperOrder =
  | { document: 'statement'; props: StatementProps }
  | { document: 'receipt'; props: ReceiptProps }
  | { document: 'table'; props: TableProps }
  | { document: 'sample' }

export function draw(order: PaperOrder): Promise<Buffer> {
  switch (order.document) {
    case 'statement':
      return paper(createElement(StatementDocument, order.props))
    case 'receipt':
      return paper(createElement(ReceiptDocument, order.props))
    case 'sample':
      return paper(createElement(StatementDocument, sampleStatement()))
    case 'table':
      return drawTable(order.props)
  }
}

const paper = (element: ReactElement) =>
  renderToBuffer(element as Parameters<typeof renderToBuffer>[0])
