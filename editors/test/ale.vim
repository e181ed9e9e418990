" Vim with ALE, as a script: diagnostics and hover on a header of a driver.
" Run: ABIDE=path HEADER=path vim -Nu NONE -i NONE -n -es -S ale.vim
set nocompatible hidden
packadd ale
filetype plugin on

" What docs/editors.md tells to write into vimrc.
let g:ale_linters = {'c': ['abide'], 'cpp': ['abide']}
for s:language in ['c', 'cpp']
  call ale#linter#Define(s:language, {
  \ 'name': 'abide',
  \ 'lsp': 'stdio',
  \ 'executable': $ABIDE,
  \ 'command': '%e serve',
  \ 'project_root': {buffer -> fnamemodify(bufname(buffer), ':p:h')},
  \})
endfor

let s:out = []
let s:failed = 0
func s:check(name, ok, detail)
  call add(s:out, (a:ok ? 'ok   ' : 'FAIL ') .. a:name .. (a:ok ? '' : ' ' .. string(a:detail)))
  let s:failed += !a:ok
endfunc
func s:wait(holds)
  for _ in range(300)
    if a:holds() | return 1 | endif
    sleep 50m
  endfor
  return 0
endfunc

let s:dir = tempname()
call mkdir(s:dir)
call writefile(readfile($HEADER), s:dir .. '/sensor.h')
exe 'edit' s:dir .. '/sensor.h'
set filetype=c
call ale#Queue(0)
func s:codes()
  return map(copy(ale#engine#GetLoclist(bufnr(''))), {_, item -> get(item, 'code', '') .. ':' .. item.lnum})
endfunc
call s:check('diagnostics in Vim ' .. v:version, s:wait({-> index(s:codes(), 'pointer-field:21') >= 0 && index(s:codes(), 'padding-hole:14') >= 0}), s:codes())

call cursor(12, 9)
let g:ale_hover_to_floating_preview = 0
let g:ale_hover_to_preview = 1
ALEHover
func s:preview()
  for w in range(1, winnr('$'))
    if getwinvar(w, '&previewwindow') && join(getbufline(winbufnr(w), 1, '$'), "\n") =~# '4 bytes hole' | return 1 | endif
  endfor
endfunc
call s:check('hover', s:wait(function('s:preview')), map(range(1, winnr('$')), {_, w -> getbufline(winbufnr(w), 1, '$')}))

call add(s:out, s:failed ? 'vim: failed' : 'vim: all passed')
call writefile(s:out, '/dev/stdout', 'a')
if s:failed | cquit | endif
qall!
