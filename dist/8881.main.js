export const id=8881;export const ids=[8881];export const modules={8881:((e,t,n)=>{n.r(t),n.d(t,{runInit:()=>b});var r=n(3024),i=n(6760),a=n(932),o=n(5859),s=n(7053),c=n(9357);n(6036);let l=`${c.homepage.replace(`github.com`,`raw.githubusercontent.com`)}/v1/docs/configuration.schema.json`;var u=n(5679),d=n(5292),f=n(9876),p=n(4457),m=n(6755),h=n(5827),g=n(9036);let _=`.github/workflows`,v=`${_}/batch-secrets.yml`,y=c.homepage.replace(`https://github.com/`,``);async function b({isTrial:e},{workingFolder:t}){let{config:n,problems:r}=await(0,s.Xg)(t),i=r.length===0?n:o.s,c={root:t,paths:i.paths,ignore:i.pathsIgnore,config:i,chains:!1},{report:l,suggested:u}=await(0,a.z)({...c,failOn:`error`}),d=A(u),f=[S(t),T(t,d)];for(let n of f)n.text===void 0?(0,g.qz)(n.why):e?(0,g.yy)(`# ${n.path}\n${n.text}\n`,void 0):(0,g.qz)(x(t,n.path,n.text));for(let e of M(l,d))(0,g.qz)(e);return C(t)===``&&(0,g.qz)(`To block merges, make batch-secrets a required check.`),0}function x(e,t,n){let a=(0,i.join)(e,t);try{let o=(0,i.dirname)(a);for(;!(0,r.existsSync)(o);)o=(0,i.dirname)(o);return(0,f.UO)((0,r.realpathSync)(e),(0,r.realpathSync)(o))?((0,r.mkdirSync)((0,i.dirname)(a),{recursive:!0}),(0,r.writeFileSync)(a,n,{flag:`wx`}),`Wrote ${t}.`):`${t} leads out of this folder.`}catch(e){throw Error(`${t} can't be written`,{cause:e})}}function S(e){let t=w(e).find(({text:e})=>e.includes(`batch-secrets-check`)),n=t?.path??v,a=C(e);return a===``?t||(0,r.existsSync)((0,i.join)(e,n))?{path:n,text:void 0,why:`${n} is there and was left as it is.`}:{path:n,text:E(),why:``}:{path:n,text:void 0,why:`No workflow was written: GitHub looks for them at the top of the repository, in ${a}. Start init there, or give a workflow there the input \`working-directory\`.`}}function C(e){return(0,f.bj)(e,(0,h._)(e))}function w(e){let t=(0,i.join)(e,_);return(0,r.existsSync)(t)?(0,r.readdirSync)(t).filter(e=>/\.ya?ml$/.test(e)).map(e=>({path:`${_}/${e}`,text:(0,r.readFileSync)((0,i.join)(t,e),`utf8`)})):[]}function T(e,t){let n=(0,s.W1)(e),[r]=s.FG;return n===void 0?{path:r,text:D(t),why:``}:{path:n,text:void 0,why:`${n} is there and was left as it is.`}}function E(){return`name: Batch secrets
on:
  pull_request:
  merge_group:
permissions: {}
concurrency:
  group: batch-secrets-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  batch-secrets:
    runs-on: ubuntu-latest
    permissions:
      contents: read # to check out the files and read the configuration of the base
      pull-requests: write # to comment; with \`read\` the check works the same, without comments
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: ${y}@v1
`}function D(e){return`# yaml-language-server: $schema=${l}
# Every key, and what it means: ${c.homepage}/blob/v1/docs/configuration.md

# With which values, in which account and Region the parts of this repository are deployed.
${e.length===0?O:`deployments:\n${e.map(k).join(``)}`}
# What to leave out.
# paths-ignore:
#   - "**/test/**"

# Findings to live with for now, each with a reason.
# suppressions:
#   - rule: vpc-endpoint-present
#     path: infra/legacy/**
#     reason: "the VPC is replaced in spring"
#     until: "2027-03-31"
`}let O=`# deployments:
#   - name: production
#     unit: infra/batch
#     var-files: [infra/batch/env/production.tfvars]
#     account: "111122223333"
#     region: eu-west-1
`;function k({name:e,units:t,varFiles:n,parameters:r}){let i=(e,t)=>t.length===0?``:`    ${e}: [${t.map(e=>JSON.stringify(e)).join(`, `)}]\n`;return`  - name: ${JSON.stringify(e)}
${i(`unit`,t)}${i(`var-files`,n)}${i(`parameters`,r)}    # account: "111122223333"
    # region: eu-west-1
`}function A(e){return[...(0,u.$z)(e,({name:e})=>e)].map(([e,t])=>{let n=e=>j(t.flatMap(t=>t.key===e?[t.path]:[]));return{name:e,units:j(t.map(({unit:e})=>e)),varFiles:n(`var-files`),parameters:n(`parameters`)}})}function j(e){return[...new Set(e)]}function M({summary:e,problems:t,notes:n,unverified:r},i){let a=i.map(({name:e})=>e).join(`, `),o=(0,p.qd)(r).flatMap(e=>(0,d.F)(e)??[]);return[`Found ${(0,m.au)(e.jobDefinitions,`job definition`)} with ${(0,m.au)(e.references,`secret reference`)}: ${e.proven} proven, ${e.unverified} unverified, ${(0,m.au)(e.errors,`error`)}.`,...i.length===0?[]:[`Recognised ${a} by files with values. Left open: their accounts and Regions, and whether the names are right.`],...t.length===0?[]:[`${(0,m.au)(t.length,`file`)} could not be read: see batch-secrets-check check.`],...n.slice(0,3).map(({path:e,message:t})=>`${e}: ${t}`),...o.slice(0,3)]}})};