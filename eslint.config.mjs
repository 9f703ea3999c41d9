import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const EXPORTS = [
  { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
];

const REALMS = {
  selector: 'BinaryExpression[operator="instanceof"][right.name=/^(Aggregate|Range|Syntax|Type|)Error$/]',
  message: 'An error of Node.js is none of the realm of a test in Jest: look at its code, or use reasonOf.',
};

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/out-tsc/',
    '**/coverage/',
    '.nx/',
    'out/',
    'target/',
    'docs/.vitepress/.temp/',
  ]),
  js.configs.recommended,
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', 400],
      'no-restricted-syntax': ['error', ...EXPORTS],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `as number` on typed-array reads is checked by the loop around them; `!` would say the same without the type.
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EXPORTS, REALMS] },
  },
  {
    files: ['packages/*/test/**/*.ts'],
    // Jest's asymmetric matchers (expect.stringContaining) are typed any.
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);
