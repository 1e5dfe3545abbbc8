/** How the page looks: on paper, on a phone, in the dark, and without a mouse. */

/** Colours by theme. What is read has a contrast of at least 4.5 to what is behind it (WCAG 2.2, AA); a test holds it. */
export const PALETTE = {
  light: {
    page: "#ffffff",
    card: "#f6f8fa",
    line: "#d0d7de",
    text: "#1f2328",
    muted: "#57606a",
    link: "#0550ae",
    good: "#116329",
    bad: "#a40e26",
    open: "#7d4e00",
    mark: "#fff1c2",
  },
  dark: {
    page: "#0d1117",
    card: "#161b22",
    line: "#3d444d",
    text: "#e6edf3",
    muted: "#9da7b3",
    link: "#79b8ff",
    good: "#56d364",
    bad: "#ff938a",
    open: "#e3b341",
    mark: "#4b3a10",
  },
} as const;

function variables(theme: keyof typeof PALETTE): string {
  return Object.entries(PALETTE[theme])
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");
}

export const STYLE = `
:root{color-scheme:light dark;${variables("light")}}
@media(prefers-color-scheme:dark){:root{${variables("dark")}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:1rem;background:var(--page);color:var(--text);
 font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem}
h3{font-size:1rem;margin:1.5rem 0 .5rem}p{margin:.5rem 0}ul,ol{margin:.5rem 0;padding-left:1.5rem}
a{color:var(--link)}code,pre{font-family:ui-monospace,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em}
pre{margin:.5rem 0;padding:.5rem .75rem;overflow-x:auto;background:var(--page);border:1px solid var(--line);
 border-radius:.375rem;overflow-wrap:normal}
pre mark{background:var(--mark);color:inherit}pre .n,.at,.muted{color:var(--muted)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.skip{position:absolute;left:-100rem}.skip:focus{position:static}
.good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}
.counts{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0}
.counts li,article,.ref>details{background:var(--card);border:1px solid var(--line);border-radius:.375rem}
.counts li{padding:.25rem .75rem}.counts b{font-size:1.25rem}
article{padding:.5rem 1rem;margin:.75rem 0;border-left:.25rem solid var(--open)}article.error{border-left-color:var(--bad)}
article.info{border-left-color:var(--line)}article h3{margin:.25rem 0}
dt{font-weight:600;margin-top:.5rem}dd{margin:0 0 .25rem}
fieldset{border:1px solid var(--line);border-radius:.375rem;margin:.5rem 0;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
fieldset label{padding:.25rem 0;min-height:1.75rem}input[type=radio]{width:1.1rem;height:1.1rem;vertical-align:-.2rem;
 accent-color:var(--link)}
.refs{list-style:none;padding:0}.ref{margin:.375rem 0}
.many .job{content-visibility:auto;contain-intrinsic-size:auto 12rem}
summary{cursor:pointer;padding:.5rem .75rem;min-height:2rem}summary .state{font-weight:600}
.steps{display:flex;flex-wrap:wrap;gap:.125rem .25rem;margin:.25rem 0 0;font-size:.875rem}
.steps>span+span::before{content:"\\2192";content:"\\2192"/"";color:var(--muted);margin-right:.25rem}
.steps .off{color:var(--muted)}
.evidence{padding:0 .75rem .5rem}.evidence dl{margin:0}.at,.evidence .muted{display:inline-block}
@media(max-width:30rem){body{padding:.5rem}article{padding:.5rem}h1{font-size:1.25rem}}
@media print{.many .job{content-visibility:visible}details::details-content{content-visibility:visible;height:auto}
 fieldset,.skip{display:none}}
`;
