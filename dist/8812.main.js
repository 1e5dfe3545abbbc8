export const id=8812;export const ids=[8812];export const modules={8812:((e,t,n)=>{n.r(t),n.d(t,{write:()=>W});var r=n(9357),i=n(952),a=n(6755),o=n(6048),s=n(931),c=n(4497),l=n(3317),u=n(4457),d=n(5292),f=n(6231);let p={"&":`&amp;`,"<":`&lt;`,">":`&gt;`,'"':`&quot;`,"'":`&#39;`};function m(e){return e.replace(/[&<>"']/g,e=>p[e]??e)}function h(e){return m((0,f.cv)(e))}function g(e){return m((0,f.v3)(e))}function _(e){return(0,f.cv)(e).split(/`([^`]+)`/).map((e,t)=>t%2==1?`<code>${m(e)}</code>`:m(e)).join(``)}function v(e){return`<code class="at">${m((0,f.ik)(e))}</code>`}function y(e,t=``){return e.length===0?``:`<ul${t}>${e.map(e=>`<li>${e}</li>`).join(``)}</ul>`}function b(e,t,n){return n===``?``:`<section aria-labelledby="${e}"><h2 id="${e}">${t}</h2>${n}</section>\n`}let x={error:`error`,warning:`warning`,notice:`info`};function S(e,t){return b(`findings`,`Findings`,(0,i.md)(e).map((e,n)=>C(e,n,t)).join(`
`))}function C(e,t,n){let{rule:r,location:a,related:o,remedy:c,assumes:u,help:d,deployments:f=[],status:p}=e,m=x[(0,i.Rc)(e)],b=(0,s.$N)(c),S=[[`Where`,v(a)+w(e,n)],[`Also`,y(o.map(e=>`${_(e.message)} ${v(e.location)}`))],[`Deployments`,f.map(h).join(`, `)],[`Assumes`,u.length===0?``:h((0,s.vk)(u))],[`Fix`,_(c.text)+(b===``?``:`<pre tabindex="0"><code>${g(b)}</code></pre>`)],[`Rule`,/^https?:/.test(d)?`<a href="${h(d)}">${h(r)}</a>`:h(r)]];return`<article class="${m}" aria-labelledby="f${t}">
<h3 id="f${t}"><span class="${m===`error`?`bad`:`open`}">${m}${p===`existing`?` (existing)`:``}:</span> ${_((0,l.ag)(e))}</h3>
<dl>${S.filter(([,e])=>e!==``).map(([e,t])=>`<dt>${e}</dt><dd>${t}</dd>`).join(``)}</dl></article>`}function w({location:{path:e,start:t,end:n}},r){let i=Math.min(n.line,t.line+8-1),a=[];for(let o=Math.max(1,t.line-1);o<=i+1;o++){let s=r.line(e,o);if(s===void 0)continue;let c=o>=t.line&&o<=i,l=o===t.line?t.column-1:s.search(/\S|$/),u=o===n.line?n.column-1:s.length,d=Math.max(0,l-100),p=(0,f.$Q)(s.slice(d),400),[m,h]=c?[l-d,Math.max(l,u)-d]:[p.length,p.length],_=m===h?``:`<mark>${g(p.slice(m,h))}</mark>`;a.push(`<span class="n">${String(o).padStart(String(i+1).length)}</span> ${g(p.slice(0,m))}${_}${g(p.slice(h))}`)}return a.length===0?``:`<pre tabindex="0"><code>${a.join(`
`)}</code></pre>`}function T(e){return b(`questions`,`Open questions`,y((0,u.qd)(e).map(E)))}function E(e){let{because:t,entries:n}=e,r=[...new Set(n.map(({location:e})=>v(e)))],i=r.length-20,o=[...r.slice(0,20),...i>0?[`and ${i} more`]:[]],s=[...new Set(n.map(({rule:e})=>h(e)))].join(`, `),c=(0,d.F)(e),l=[(0,d.e)(e),s].filter(e=>e!==``).join(`: `);return`<p>${_(t)} <span class="muted">(${l})</span></p>${c===void 0?``:`<p>${_(c)}</p>`}<details><summary>${(0,a.au)(r.length,`place`)}</summary>${y(o)}</details>`}function D(e,t){let n=e=>`<code class="at">${h((0,c.NT)(e))}</code> ${_(e.message)}`;return b(`problems`,`Problems`,y(e.map(n)))+b(`notes`,`Notes`,y(t.map(n)))}var O=n(1782),k=n(5679),A=n(6370);let j={reference:`Reference`,role:`Role`,trust:`Trust`,read:`Statement`,decrypt:`Key`,content:`Secret`,network:`Network`,agent:`Agent`},M={proven:[`\u2713`,`good`],broken:[`\u2717`,`bad`],open:[`?`,`open`],outside:[`\u00b7`,`off`],"not applicable":[`\u00b7`,`off`],"not checked":[`\u00b7`,`off`]},N=[{state:`with findings`,key:`findings`,kind:`bad`},{state:`unverified`,key:`unverified`,kind:`open`},{state:`proven`,key:`proven`,kind:`good`},{state:`fully proven`,key:`fully`,kind:`good`}],P=new Map(N.map(e=>[e.state,e]));function F(e){let t=N.map(({state:t,key:n})=>{let r=e.filter(e=>e.state===t).length;return{id:`show-${n}`,keeps:`is-${n}`,words:`${t} (${r})`}}),n=[...new Set(e.flatMap(({deployments:e})=>e))],r=n.map((e,t)=>({id:`in-${t}`,keeps:`in-${t}`,words:h(e)})),i=[I(`state`,`Show`,[{id:`show-all`,words:`all (${e.length})`},...t]),...n.length>1?[I(`deployment`,`Deployment`,[{id:`in-all`,words:`all deployments`},...r])]:[]],a=new Map(n.map((e,t)=>[e,`in-${t}`])),o=[...(0,k.$z)(e,({job:e,location:t})=>`${e}\n${t.path}`).values()].map(e=>L(e,a)).join(`
`);return{body:b(`references`,`References`,e.length===0?``:`${i.join(``)}${o}`),style:[...t,...r].map(({id:e,keeps:t})=>{let n=`section:has(#${e}:checked)`;return`${n} .ref:not(.${t}),${n} .job:not(:has(.${t})){display:none}`}).join(`
`)}}function I(e,t,n){return`<fieldset><legend>${t}</legend>${n.map(({id:t,words:n},r)=>`<label><input type="radio" name="${e}" id="${t}"${r===0?` checked`:``}> ${n}</label>`).join(``)}</fieldset>`}function L(e,t){let[n]=e;return n?`<div class="job"><h3>${`${h(n.job)} <span class="muted">in ${h(n.location.path)}, ${(0,a.au)(e.length,`reference`)}</span>`}</h3><ul class="refs">${e.map(e=>R(e,t)).join(`
`)}</ul></div>`:``}function R(e,t){let{name:n,secret:r,container:i,location:a,state:o,deployments:s,links:c}=e,{key:l=``,kind:u=``}=P.get(o)??{},d=[`is-${l}`,...s.map(e=>t.get(e)??``)].join(` `),f=[i,...s].map(h).join(`, `),p=A.yJ.map(e=>{let{state:t}=c[e],[n,r]=M[t];return`<span class="${r}"><span aria-hidden="true">${n}</span> ${j[e]}<span class="sr"> ${t}</span></span>`});return`<li class="ref ${d}"><details><summary><span class="state ${u}">${o}</span> <code>${h(n??`registry credentials`)}</code> <span class="muted">(${f})</span>${r===null?``:`<br><code>${h(r)}</code>`}<span class="steps">${p.join(` `)}</span></summary><div class="evidence"><p>${v(a)}</p><dl>${A.yJ.map(e=>z(e,c[e])).join(``)}</dl></div></details></li>`}function z(e,{state:t,because:n,location:r,rule:i,assumes:a,also:o=[]}){if(n===null)return``;let[,s]=M[t],c=r&&i?[{because:n,location:r,rule:i,assumes:a},...o]:[{because:n}],l=[...new Set([...a,...o.flatMap(e=>e.assumes)])],u=l.length===0?``:`<p class="muted">Assumes: ${h(l.map(e=>O.$Q[e]).join(`; `))}</p>`;return`<dt>${j[e]}: <span class="${s===`off`?`muted`:s}">${t}</span></dt>${c.map(e=>`<dd>${B(e)}</dd>`).join(``)}${u===``?``:`<dd>${u}</dd>`}`}function B(e){let{because:t,location:n,rule:r}=e;return`${_(t)}${n?` ${v(n)}`:``}${r===void 0?``:` <span class="muted">${h(r)}</span>`}`}let V={light:{page:`#ffffff`,card:`#f6f8fa`,line:`#d0d7de`,text:`#1f2328`,muted:`#57606a`,link:`#0550ae`,good:`#116329`,bad:`#a40e26`,open:`#7d4e00`,mark:`#fff1c2`},dark:{page:`#0d1117`,card:`#161b22`,line:`#3d444d`,text:`#e6edf3`,muted:`#9da7b3`,link:`#79b8ff`,good:`#56d364`,bad:`#ff938a`,open:`#e3b341`,mark:`#4b3a10`}};function H(e){return Object.entries(V[e]).map(([e,t])=>`--${e}:${t}`).join(`;`)}let U=`
:root{color-scheme:light dark;${H(`light`)}}
@media(prefers-color-scheme:dark){:root{${H(`dark`)}}}
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
`;function W(e,t){let n=(0,o.a5)(e),i=(0,s.se)(n),a=F(n.references),c=n.verdict===`fail`?`failed`:`passed`;return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>Secrets of AWS Batch jobs: ${c}</title>
<style>${U}${a.style}</style>
</head>
<body${n.references.length>300?` class="many"`:``}>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>Secrets of AWS Batch jobs: <span class="${n.verdict===`fail`?`bad`:`good`}">${c}</span></h1>
${G(n)}
</header>
<main id="main">
${S(i,t)}${T(n.unverified)}${a.body}${D(n.problems,n.notes)}</main>
<footer><p class="muted">Made by <a href="${h(r.homepage)}">batch-secrets-check</a> ${h(r.version)}. Proven means that a rule showed a statement or declaration for each link; values of secrets are never read.</p></footer>
</body>
</html>
`}function G(e){let{jobDefinitions:t,references:n,proven:r,fullyProven:o,unverified:c,suppressed:l}=e.summary,{error:u,warning:d,notice:f}=(0,i.ZT)((0,s.se)(e));return`<ul class="counts">${[[t,(0,a.LS)(t,`job definition`)],[n,(0,a.LS)(n,`secret reference`)],[r,`proven, ${o} fully`,`good`],[c,`unverified`,`open`],[u,(0,a.LS)(u,`error`),`bad`],[d,(0,a.LS)(d,`warning`),`open`],[f,`info`],[l,`suppressed`]].filter(([e],t)=>e>0||t<4).map(([e,t,n=``])=>`<li><b${e>0&&n!==``?` class="${n}"`:``}>${(0,a.zD)(e)}</b> ${t}</li>`).join(``)}</ul>`}})};