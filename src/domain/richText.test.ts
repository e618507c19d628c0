import { plainText } from './richText'

const text = (words: string) => ({ type: 'text', text: words })
const paragraph = (...children: object[]) => ({ type: 'paragraph', children })
const state = (...children: object[]) => ({ root: { type: 'root', children } })

test('paragraphs, lists and links become lines that one can read', () => {
  expect(
    plainText(
      state(
        paragraph(text('Bay 3 '), text('does not start.')),
        {
          type: 'list',
          children: [
            { type: 'listitem', children: [text('reset')] },
            { type: 'listitem', children: [text('cable')] },
          ],
        },
        paragraph(text('one'), { type: 'linebreak' }, text('two')),
        paragraph({ type: 'link', fields: { url: 'https://a.test/x' }, children: [text('see')] }),
      ),
    ),
  ).toBe('Bay 3 does not start.\n\n- reset\n- cable\n\none\ntwo\n\nsee (https://a.test/x)')
})

test.each([
  null,
  undefined,
  '',
  5,
  [],
  {},
  { root: null },
  { root: { children: 'x' } },
  { root: { children: [null, 1, { type: {} }] } },
])('what is no rich text is no text: %j', (value) => {
  expect(plainText(value)).toBe('')
})

test('a tree without end is cut', () => {
  const loop: { type: string; children: unknown[] } = { type: 'paragraph', children: [text('x')] }
  loop.children.push(loop)
  expect(plainText({ root: loop }).length).toBeLessThan(1_000)
})
