# PowerShell completion of datagen: datagen completion powershell | Out-String | Invoke-Expression
# The words go to the command as base64 of JSON, which no shell can take for anything else: PowerShell before 7.3 drops
# empty arguments and breaks quotes, and on Windows npm's datagen.cmd hands its arguments to cmd.exe, which would
# interpret them. Nothing of the line is evaluated.
Register-ArgumentCompleter -Native -CommandName datagen -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # What is written up to the cursor, without quotes; of variables and substitutions the text itself.
    $words = New-Object System.Collections.Generic.List[string]
    $current = ''
    foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        $extent = $element.Extent
        if ($extent.StartOffset -ge $cursorPosition) { break }
        if ($extent.EndOffset -ge $cursorPosition) {
            $current = $extent.Text.Substring(0, $cursorPosition - $extent.StartOffset).TrimStart('"', "'")
        } elseif ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $words.Add($element.Value)
        } else {
            $words.Add($extent.Text)
        }
    }
    $words.Add($current)

    $json = ConvertTo-Json -InputObject @($words) -Compress
    $encoded = [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($json))
    $lines = @($null | datagen complete --encoded $encoded 2>$null)

    $flag = ''
    if ($current -match '^--[\w-]+=') { $flag = $Matches[0] }
    # After a comma PowerShell replaces the last element of a list only.
    $kept = 0
    if ($current.EndsWith($wordToComplete)) { $kept = $current.Length - $wordToComplete.Length }
    $offered = @($lines | Where-Object { $_ -notin ':nothing', ':files', ':folders' } | ForEach-Object {
        $value, $description = $_ -split "`t", 2
        $text = "$flag$value".Substring($kept)
        if ($text -match '[^\w=+./\\:-]') { $text = "'" + $text.Replace("'", "''") + "'" }
        if (-not $description) { $description = $value }
        New-Object System.Management.Automation.CompletionResult $text, $value, 'ParameterValue', $description
    })
    if ($lines -contains ':files' -or $lines -contains ':folders') {
        $offered += @([System.Management.Automation.CompletionCompleters]::CompleteFilename($current.Substring($flag.Length)) |
            Where-Object { $lines -contains ':files' -or $_.ResultType -eq 'ProviderContainer' } | ForEach-Object {
                New-Object System.Management.Automation.CompletionResult ($flag + $_.CompletionText), $_.ListItemText, $_.ResultType, $_.ToolTip
            })
    }
    # Without a result PowerShell would offer the names of files.
    if ($offered.Count -eq 0) { '' } else { $offered }
}
