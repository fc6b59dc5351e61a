using System.CommandLine;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>completion bash|zsh|fish</c>: what a shell has to read so that Tab knows commands, options and objects. The shell asks <see cref="CompleteCommand"/> each time.</summary>
internal sealed class CompletionCommand : Command
{
    private const string Bash = """
        # xo-blazor completion for bash: put   source <(xo-blazor cli completion bash)   into ~/.bashrc
        _xo_blazor() {
          COMPREPLY=()
          local value words
          while IFS=$'\t' read -r value words; do
            COMPREPLY+=("$(printf '%q' "$value")")
          done < <("${COMP_WORDS[0]}" cli complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        }
        complete -o default -F _xo_blazor xo-blazor
        """;

    private const string Zsh = """
        #compdef xo-blazor
        # xo-blazor completion for zsh: put   source <(xo-blazor cli completion zsh)   after compinit into ~/.zshrc
        _xo_blazor() {
          local -a values shown
          local value text
          while IFS=$'\t' read -r value text; do
            values+=("$value")
            shown+=("$value${text:+  -- $text}")
          done < <("${words[1]}" cli complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)
          if (( ${#values} )); then
            compadd -l -d shown -a values
          else
            _files
          fi
        }
        if [ "$funcstack[1]" = _xo_blazor ]; then _xo_blazor "$@"; else compdef _xo_blazor xo-blazor; fi
        """;

    private const string Fish = """
        # xo-blazor completion for fish: xo-blazor cli completion fish > ~/.config/fish/completions/xo-blazor.fish
        function __xo_blazor_complete
            set -l words (commandline -opc) (commandline -ct)
            $words[1] cli complete -- $words[2..-1] 2>/dev/null
        end
        complete -c xo-blazor -a '(__xo_blazor_complete)'
        """;

    public CompletionCommand(ClientShell shell)
        : base("completion", "Print what a shell has to read so that Tab completes: source <(xo-blazor cli completion bash)")
    {
        var which = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        which.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Add(which);
        SetAction(parsed =>
        {
            shell.Terminal.Out.WriteLine(parsed.GetRequiredValue(which) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return ExitCode.Done;
        });
    }
}
