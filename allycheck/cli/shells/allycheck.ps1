# Completion of allycheck in PowerShell. Append it to the file that $PROFILE names.
Register-ArgumentCompleter -Native -CommandName allycheck -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    $Env:_ALLYCHECK_COMPLETE = 'powershell'
    $Env:_ALLYCHECK_WORD = $wordToComplete
    try {
        & $commandAst.CommandElements[0].ToString() @words 2>$null | ForEach-Object {
            $word, $meaning = $_ -split "`t", 2
            if (-not $meaning) { $meaning = $word }
            [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)
        }
    } finally {
        Remove-Item Env:_ALLYCHECK_COMPLETE, Env:_ALLYCHECK_WORD -ErrorAction SilentlyContinue
    }
}
