/** Black on white, one column, no colour that says anything: for phones and for paper. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #111; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; }
h3 { font-size: 1rem; margin: 1rem 0 0; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
.quiet { color: #555; font-size: .875rem; font-weight: normal; }
.loud { border: 2px solid #111; padding: .5rem .6rem; font-weight: bold; }
section + section { border-top: 2px solid #111; margin-top: 3rem; padding-top: 1rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: .5rem; margin: 1rem 0; }
dl div { border: 1px solid #999; border-radius: .25rem; padding: .5rem .6rem; display: flex; flex-direction: column; }
dt { font-size: .875rem; order: 2; }
dd { margin: 0; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
dd.quiet { font-size: .8rem; order: 3; }
figure { margin: .5rem 0; }
figure > svg { display: block; width: 100%; max-width: 40rem; height: auto; }
figcaption { font-size: .875rem; }
.swatch { width: 1.7rem; height: 1rem; vertical-align: -.15rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; min-width: 50%; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid #ccc; text-align: right; vertical-align: top; white-space: nowrap; }
thead th { border-bottom: 1px solid #111; }
tbody th, thead th:first-child { text-align: left; font-weight: normal; white-space: normal; overflow-wrap: break-word; min-width: 8rem; max-width: 22rem; }
.share { display: inline-block; min-width: 2.6rem; color: #555; }
.grid th, .grid td { min-width: 2rem; padding: .25rem .3rem; border: 1px solid #ccc; font-size: .8rem; }
.grid th { font-weight: bold; }
tbody th { position: sticky; left: 0; background: #fff; }
.grid tbody th { min-width: 2rem; }
@media (max-width: 30rem) {
  th, td { padding: .25rem .3rem; font-size: .8rem; }
  tbody th, thead th:first-child { min-width: 5rem; max-width: 9rem; padding-left: 0; }
  .share { display: block; }
}
details { margin: .5rem 0; font-size: .875rem; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
code { font-size: .9em; }
@media print {
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  .grid th, .grid td { min-width: 0; padding: 1pt 2pt; font-size: 7pt; }
  tr, figure, dl { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  section + section { break-before: page; border: 0; margin: 0; }
}
`;
