/** The headers of a message exactly as they went over the wire: order, case and duplicates kept. */
import { Table, VisuallyHidden } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import type { WireHeader } from '#contract'
import classes from './message.module.css'

interface HeadersTableProps {
  readonly headers: readonly WireHeader[]
  readonly label: string
}

export function HeadersTable({ headers, label }: HeadersTableProps) {
  return (
    <Table
      className={classes.headers}
      aria-label={label}
      withRowBorders={false}
      verticalSpacing={0}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">
            <VisuallyHidden>Name</VisuallyHidden>
          </Table.Th>
          <Table.Th scope="col">
            <VisuallyHidden>Value</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {numbered(headers).map(({ header, at }) => (
          <Table.Tr key={at}>
            <Table.Th scope="row" className={classes.headerName}>
              {header.name}
            </Table.Th>
            <Table.Td className={classes.headerValue}>
              {header.value}
              {header.masked ? (
                <span className={classes.masked} title="A secret is masked here.">
                  <IconEyeOff size={14} aria-hidden />
                  <VisuallyHidden>(a secret is masked)</VisuallyHidden>
                </span>
              ) : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Headers of one name differ by their place alone. */
function numbered(headers: readonly WireHeader[]): readonly { header: WireHeader; at: number }[] {
  return headers.map((header, at) => ({ header, at }))
}
