import { describe, expect, it } from 'vitest';
import { csvLine, type CsvCell } from './csv.ts';

describe('a line of CSV', () => {
  it.each<[string, readonly CsvCell[], string]>([
    ['stands as it is when it is plain', ['lodash', 4, true, null], 'lodash,4,true,\r\n'],
    ['quotes commas, quotes and line breaks', ['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"\r\n'],
    ['disarms what a spreadsheet would run', ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1'], "'=1+1,'+1,'-1,'@SUM(A1),'\t=1,' =1\r\n"],
    ['leaves numbers alone, negative ones too', [-1, 0.5], '-1,0.5\r\n'],
    ['quotes a disarmed cell that also needs quotes', ['=HYPERLINK("x","y")'], '"\'=HYPERLINK(""x"",""y"")"\r\n'],
  ])('%s', (_, cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });
});
