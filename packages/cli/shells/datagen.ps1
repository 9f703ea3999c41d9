# PowerShell completion of datagen: datagen completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName datagen -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
            Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
            ForEach-Object { $_.Extent.Text })
    # Before PowerShell 7.3 an empty argument would be left out.
    $current = if ($wordToComplete -eq '') { '""' } else { $wordToComplete }
    $flag = if ($wordToComplete -match '^--[\w-]+=') { $Matches[0] } else { '' }
    $lines = @(& datagen complete '--' @typed $current 2>$null)
    foreach ($line in $lines) {
        if ($line -in ':nothing', ':files', ':folders') { continue }
        $value, $description = $line -split "`t", 2
        $tooltip = if ($description) { $description } else { $value }
        [System.Management.Automation.CompletionResult]::new("$flag$value", $value, 'ParameterValue', $tooltip)
    }
}
