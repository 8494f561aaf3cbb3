import babelParser from '@babel/eslint-parser';
import js from '@eslint/js';

// The type checker finds unused and undefined names; this finds what it lets through. Babel parses, because
// TypeScript 7 has no compiler API for typescript-eslint.
export default [
  { ignores: ['dist/**', 'src/protocol/**', 'test/fixtures/**', 'node_modules/**', 'data/**'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
    languageOptions: {
      parser: babelParser,
      parserOptions: {
        requireConfigFile: false,
        babelOptions: { presets: ['@babel/preset-typescript'], babelrc: false, configFile: false },
      },
    },
    rules: {
      ...js.configs.recommended.rules,
      'no-undef': 'off',
      'no-unused-vars': 'off',
      'no-redeclare': 'off',
      'no-dupe-class-members': 'off',
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSAnyKeyword', message: 'No any: name the type, or take unknown and check it.' },
        { selector: 'TSNonNullExpression', message: 'No non-null !: check, or use defined() with the invariant.' },
        { selector: 'TSEnumDeclaration', message: 'No enum: a const object or a union of strings.' },
      ],
    },
  },
];
