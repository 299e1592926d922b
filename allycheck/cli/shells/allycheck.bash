# Completion of allycheck in bash. In ~/.bashrc: eval "$(allycheck completion bash)"
_allycheck() {
    local IFS=$'\n'
    COMPREPLY=($(_ALLYCHECK_COMPLETE=bash _ALLYCHECK_WORD="${COMP_WORDS[COMP_CWORD]}" \
        "$1" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null))
    # What ends in an equals sign is typed on.
    if [[ ${COMPREPLY[0]-} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o default -F _allycheck allycheck
