#compdef allycheck
# Completion of allycheck in zsh. Save it as _allycheck in a folder of $fpath, before compinit.
_allycheck() {
    local line word
    local -a lines whole begun
    lines=("${(@f)$(_ALLYCHECK_COMPLETE=zsh _ALLYCHECK_WORD="$PREFIX" \
        "${(Q)words[1]}" "${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
    for line in "${lines[@]}"; do
        word=${line%%$'\t'*}
        [[ -n $word ]] || continue
        line=${word//:/\\:}:${line#*$'\t'}
        if [[ $word == *= ]]; then
            begun+=("$line")
        else
            whole+=("$line")
        fi
    done
    if (( ! $#whole && ! $#begun )); then
        _files
        return
    fi
    # What ends in an equals sign is typed on.
    (( $#whole )) && _describe -V allycheck whole
    (( $#begun )) && _describe -V allycheck begun -S ''
    return 0
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _allycheck "$@"
else
    compdef _allycheck allycheck
fi
