# fish completion of datagen: datagen completion fish | source
function __datagen_complete
    set -l typed (commandline -opc)
    set -e typed[1]
    set -l current (commandline -ct)
    set -l flag (string match -r -- '^--[\w-]+=' "$current")
    set -l lines (command datagen complete -- $typed "$current" 2>/dev/null)
    for line in $lines
        switch $line
            case ':nothing'
            case ':files'
                # What begins with the flag is no path.
                for path in (__fish_complete_path (string replace -r -- '^--[\w-]+=' '' "$current"))
                    echo "$flag$path"
                end
            case ':folders'
                __fish_complete_directories "$current"
            case '*'
                echo "$flag$line"
        end
    end
end
complete -c datagen -e
complete -c datagen -f -a '(__datagen_complete)'
