import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { parseOverride, parseProperties } from '../../src/cli/properties.js';

function parsed(text: string): Record<string, string> {
  return Object.fromEntries(parseProperties(text).values);
}

t.test('separators, comments and blanks are those of java.util.Properties', async (t) => {
  t.same(
    parsed(
      [
        '# comment = no',
        '  ! another \\',
        'node.id=1',
        '  process.roles : broker,controller',
        'log.dirs /var/lib/varve',
        'a = = b',
        'empty=',
        'bare',
        '\ttabbed\t\t=\tvalue\t',
        'url=http://host:1/x#not-a-comment',
        '',
      ].join('\n'),
    ),
    {
      'node.id': '1',
      'process.roles': 'broker,controller',
      'log.dirs': '/var/lib/varve',
      a: '= b',
      empty: '',
      bare: '',
      tabbed: 'value',
      url: 'http://host:1/x#not-a-comment',
    },
  );
});

t.test('a backslash continues a line, two do not', async (t) => {
  t.same(parsed('list=a,\\\n    b,\\\r\n\tc\nnext=1'), { list: 'a,b,c', next: '1' });
  t.same(parsed('path=C:\\\\\nnext=1'), { path: 'C:\\', next: '1' });
  t.same(parsed('last=one\\'), { last: 'one' }, 'at the end of the file there is nothing to go on with');
  t.same(parsed('k=a\\\n# part of the value\nn=1'), { k: 'a# part of the value', n: '1' });
});

t.test('escapes', async (t) => {
  t.same(parsed('a\\ b\\=c=1\\t2\\n3\\q'), { 'a b=c': '1\t2\n3q' });
  t.same(parsed('k=\\u00e9poque \\u5c64'), { k: 'époque 層' });
  t.throws(() => parseProperties('ok=1\nk=\\u12g4'), {
    code: 'INVALID_CONFIG',
    message: 'Line 2: \\u must be followed by four hexadecimal digits.',
  });
});

t.test('the last of two equal keys wins, and its line is known', async (t) => {
  const properties = parseProperties('\uFEFFa=1\r\n\r\nb=2\r\na=3\r\n');
  t.same([...properties.values], [['a', '3'], ['b', '2']]); // prettier-ignore
  t.same([...properties.lines], [['a', 4], ['b', 3]]); // prettier-ignore
});

t.test('an override is key=value, taken as it is', async (t) => {
  t.same(parseOverride('listeners=KAFKA://:0,GRPC://:0'), ['listeners', 'KAFKA://:0,GRPC://:0']);
  t.same(parseOverride(' a = b=c\\n '), ['a', 'b=c\\n']);
  for (const wrong of ['novalue', '=1', '']) t.throws(() => parseOverride(wrong), VarveError);
});
