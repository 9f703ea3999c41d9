# bash completion of datagen: source <(datagen completion bash)

# Sets REPLY to a word without its quotes; nothing in the word is evaluated.
__datagen_unquote() {
    local word=$1 char next quote='' i
    REPLY=''
    for ((i = 0; i < ${#word}; i++)); do
        char=${word:i:1}
        next=${word:i+1:1}
        if [[ $char == "$quote" ]]; then
            quote=''
        elif [[ -z $quote && $char == [\'\"] ]]; then
            quote=$char
        elif [[ $char == '\' && ( -z $quote || ( $quote == '"' && $next == [\$\`\"\\] ) ) ]]; then
            REPLY+=$next
            i=$((i + 1))
        else
            REPLY+=$char
        fi
    done
}

__datagen_complete() {
    local rest piece word blank line value directive='' i REPLY
    local -a typed=() words=()
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
    for word in "${typed[@]:1}"; do
        __datagen_unquote "$word"
        words+=("$REPLY")
    done
    __datagen_unquote "$piece"
    piece=$REPLY
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
    done < <(command datagen complete -- "${words[@]}" 2>/dev/null)
    if type compopt >/dev/null 2>&1; then
        case $directive in
            :nothing) compopt +o default ;;
            :folders) compopt -o dirnames +o default ;;
        esac
    fi
}
complete -o default -F __datagen_complete datagen
