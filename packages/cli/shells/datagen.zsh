#compdef datagen
# zsh completion of datagen: source <(datagen completion zsh)
__datagen_complete() {
    local -a typed lines values descriptions
    local line
    # Without their quotes, of which none is evaluated.
    (( CURRENT > 2 )) && typed=("${(@Q)words[2,CURRENT-1]}")
    lines=("${(@f)$(command datagen complete -- "${typed[@]}" "$PREFIX" 2>/dev/null)}")
    for line in "${(@)lines[1,-2]}"; do
        values+=("${line%%$'\t'*}")
        descriptions+=("${line/$'\t'/  -- }")
    done
    case ${lines[-1]} in
        :files | :folders)
            # zsh's own _files runs a substitution that stands before a slash; variables it may look up.
            [[ ${PREFIX//\$[[:alpha:]_][[:alnum:]_]#/} == *[\$\`]* ]] && return
            [[ $PREFIX == --*=* ]] && compset -P 1 '*='
            if [[ ${lines[-1]} == :files ]]; then _files; else _path_files -/; fi
            ;;
        *)
            compset -P '--*='
            compadd -l -d descriptions -a values
            ;;
    esac
}
if [[ ${funcstack[1]} == _datagen ]]; then
    __datagen_complete "$@"
elif (( $+functions[compdef] )); then
    compdef __datagen_complete datagen
fi
