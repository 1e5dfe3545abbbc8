export const id=8772;export const ids=[8772];export const modules={8772:((e,t,n)=>{n.r(t),n.d(t,{completions:()=>l});var r=n(6370),i=n(1346);let a=`batch-secrets-check`,o=new Set([`FILE`,`DIR`]);function s(e){return[...i.cz[e],`help`,`version`].map(t=>{let n=i.fF[t];return t===`format`&&(e===`rules`||e===`explain`)?{name:t,accepts:i.dd}:{name:t,accepts:typeof n==`string`?o.has(n)?`file`:`any`:n}})}function c(e){return e===`explain`?(0,r.A7)().map(({id:e})=>e):e===`completions`?i.mP:e===`rules`||e===`init`?[]:void 0}function l(e){return{bash:u,zsh:d,fish:f}[e]()}function u(){let e=i.oQ.map(e=>{let t=s(e),n=t.flatMap(({name:e,accepts:t})=>t===void 0?[]:[`      --${e}) COMPREPLY=($(compgen ${typeof t==`string`?t===`file`?`-f`:`-W ""`:`-W "${t.join(` `)}"`} -- "$cur")); return ;;`]),r=c(e),i=r===void 0?`-f -- "$cur"`:`-W "${r.join(` `)}" -- "$cur"`;return`    ${e})
      case $prev in
${n.join(`
`)}
      esac
      options="${t.map(({name:e})=>`--${e}`).join(` `)}"
      [[ $cur != -* ]] && COMPREPLY+=($(compgen ${i})) ;;`});return`# ${a} completions bash
_batch_secrets_check() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= options= word
  COMPREPLY=()
  # Bash parts --format=json into three words.
  if [[ $cur == "=" ]]; then cur=; elif [[ $prev == "=" ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${i.oQ.join(`|`)}) command=$word; break ;;
    esac
  done
  if [[ -z $command && $cur != -* ]]; then COMPREPLY=($(compgen -W "${i.oQ.join(` `)}" -- "$cur")); fi
  case \${command:-check} in
${e.join(`
`)}
  esac
  [[ $cur == -* ]] && COMPREPLY=($(compgen -W "$options" -- "$cur"))
  return 0
}
complete -o filenames -F _batch_secrets_check ${a}
`}function d(){let e=e=>s(e).map(({name:e,accepts:t})=>t===void 0?`'--${e}'`:`'*--${e}[]:${e}:${t===`file`?`_files`:t===`any`?``:`(${t.join(` `)})`}'`),t=i.oQ.map(t=>{let n=c(t),r=n===void 0?`_files`:`(${n.join(` `)})`;return`    ${t}) _arguments -s ${e(t).join(` `)} '*:argument:${r}' ;;`});return`#compdef ${a}
# ${a} completions zsh
_batch_secrets_check() {
  local -a commands=(${i.oQ.join(` `)})
  local command=check
  if (( CURRENT > 2 )) && (( \${commands[(Ie)$words[2]]} )); then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  elif (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    compadd -- $commands
  fi
  case $command in
${t.join(`
`)}
  esac
}
compdef _batch_secrets_check ${a}
`}function f(){let e=i.oQ.filter(e=>e!==`check`).join(` `),t=i.oQ.flatMap(t=>{let n=t===`check`?`not __fish_seen_subcommand_from ${e}`:`__fish_seen_subcommand_from ${t}`,r=c(t);return[...s(t).map(({name:e,accepts:t})=>{let r=t===void 0?``:typeof t==`string`?t===`file`?` -r -F`:` -x`:` -x -a '${t.join(` `)}'`;return`complete -c ${a} -n '${n}' -l ${e}${r}`}),...r===void 0?[]:[`complete -c ${a} -n '${n}' -f -a '${r.join(` `)}'`]]});return`# ${a} completions fish
complete -c ${a} -n __fish_use_subcommand -a '${i.oQ.join(` `)}'
${t.join(`
`)}
`}})};