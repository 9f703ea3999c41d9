/** Typography and both colour schemes of the page. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --text: #1d2430; --faint: #667085; --line: #e4e7ec; --page: #f7f8fa; --card: #ffffff; --accent: #3b6fb6;
}
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ef; --faint: #98a2b3; --line: #2c3340; --page: #12151b; --card: #1a1f28; --accent: #6ea8f2; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 76rem;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; color: var(--text); background: var(--page);
}
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 3rem 0 .25rem; }
p { margin: .25rem 0; }
nav { margin: 1rem 0 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
.faint { color: var(--faint); }
.note { border-left: 3px solid var(--accent); padding-left: .75rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1rem; margin: 1rem 0; }
.column {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1rem;
  display: flex; flex-direction: column; min-width: 0;
}
.column h3 { font-size: 1rem; margin: 0; display: flex; gap: .5rem; align-items: baseline; justify-content: space-between; overflow-wrap: anywhere; }
.column h3 small { font-weight: 400; font-size: .8rem; color: var(--faint); white-space: nowrap; }
.column .doc { font-size: .85rem; color: var(--faint); }
.column dl { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; margin: .5rem 0; font-size: .85rem; }
.column dt { color: var(--faint); }
.column dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.column figure { margin: auto 0 0; max-width: 27rem; }
.column svg { display: block; width: 100%; height: auto; }
.column figcaption { font-size: .75rem; color: var(--faint); }
.rows { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
table { border-collapse: collapse; font-size: .8rem; white-space: nowrap; }
th, td { text-align: left; padding: .35rem .75rem; border-bottom: 1px solid var(--line); }
th { color: var(--faint); font-weight: 600; }
tr:last-child td { border-bottom: 0; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
`;
