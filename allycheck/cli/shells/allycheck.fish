# Completion of allycheck in fish. Save it as ~/.config/fish/completions/allycheck.fish
function __allycheck_words
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l command $words[1]
    set -e words[1]
    set -l found (env _ALLYCHECK_COMPLETE=fish _ALLYCHECK_WORD="$word" $command $words 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path "$word"
    end
end
complete --command allycheck --no-files --keep-order --arguments '(__allycheck_words)'
