"""The command line: options -> call -> print -> exit code. The only place that knows typer or exits."""
