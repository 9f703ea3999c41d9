import { type Data, DataType, type Field } from 'apache-arrow';
import { columnKindOf } from '@datagen/core/writer';
import { dateCell, instantCell } from './calendar.ts';
import { type Cell, putAscii, putBytes } from './cell.ts';
import { decimalCell, float64Cell, int32Cell, int64Cell, type NotFinite } from './numbers.ts';
import { dictionaryCell, type Escape, textCell } from './text.ts';

/** What the formats write differently. */
export interface CellStyle {
  readonly escape: Escape;
  /** What stands for a null. */
  readonly nullText: Uint8Array;
  /** Whether dates and instants stand in quotes. */
  readonly quotesTimes: boolean;
  readonly notFinite: NotFinite;
}

/** A column of a batch as text, nulls included. */
export function columnCell(field: Field, data: Data, style: CellStyle): Cell {
  const cell = presentCell(field, data, style);
  if (data.nullCount === 0) return cell;
  const { nullBitmap, offset } = data;
  const { nullText } = style;
  return {
    write: (bytes, at, row) => {
      const bit = offset + row;
      return ((nullBitmap[bit >> 3] as number) >> (bit & 7)) & 1
        ? cell.write(bytes, at, row)
        : putBytes(bytes, at, nullText, 0, nullText.length);
    },
    most: Math.max(cell.most, nullText.length),
  };
}

function presentCell(field: Field, data: Data, { escape, quotesTimes, notFinite }: CellStyle): Cell {
  switch (columnKindOf(field)) {
    case 'int32':
      return int32Cell(data);
    case 'int64':
      return int64Cell(data);
    case 'float64':
      return float64Cell(data, notFinite);
    case 'decimal':
      return decimalCell(data);
    case 'boolean':
      return booleanCell(data);
    case 'date':
      return dateCell(field.name, data, quotesTimes);
    case 'instant':
      return instantCell(field.name, data, quotesTimes);
    case 'text':
      return DataType.isDictionary(data.type) ? dictionaryCell(data, escape) : textCell(data, escape);
  }
}

function booleanCell({ values, offset }: Data): Cell {
  const bits = values as Uint8Array;
  return {
    write: (bytes, at, row) => {
      const bit = offset + row;
      return putAscii(bytes, at, ((bits[bit >> 3] as number) >> (bit & 7)) & 1 ? 'true' : 'false');
    },
    most: 5,
  };
}
