# bash completion of datagen: source <(datagen completion bash)
__datagen_complete() {
    local rest piece blank line value directive='' i
    local -a typed=()
    rest=${COMP_LINE:0:COMP_POINT}
    for ((i = 0; i <= COMP_CWORD; i++)); do
        piece=${COMP_WORDS[i]}
        blank=${rest%%[![:space:]]*}
        rest=${rest#"$blank"}
        # The cursor may stand inside of the last word.
        [[ ${#piece} -gt ${#rest} ]] && piece=$rest
        if [[ $i -eq 0 || -n $blank ]]; then
            typed+=("$piece")
        else
            typed[${#typed[@]}-1]+=$piece
        fi
        rest=${rest#"$piece"}
    done
    COMPREPLY=()
    while IFS=$'\t' read -r value line; do
        case $value in
            :files | :folders | :nothing) directive=$value ;;
            *)
                # What bash takes for the word may begin with the flag that the value belongs to.
                [[ $piece == --*=* ]] && value="${piece%%=*}=$value"
                COMPREPLY+=("$value")
                ;;
        esac
    done < <(command datagen complete -- "${typed[@]:1}" 2>/dev/null)
    if type compopt >/dev/null 2>&1; then
        case $directive in
            :nothing) compopt +o default ;;
            :folders) compopt -o dirnames +o default ;;
        esac
    fi
}
complete -o default -F __datagen_complete datagen
