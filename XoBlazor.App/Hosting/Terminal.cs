namespace XoBlazor.App.Hosting;

/// <summary>Where a command or a server that starts speaks with the person before it. Whoever needs another one, such as a test, makes it.</summary>
internal sealed class Terminal
{
    private const int DefaultWidth = 120;

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess { get; } = new()
    {
        In = Console.In,
        Out = Console.Out,
        Error = Console.Error,
        IsInputTyped = !Console.IsInputRedirected,
        IsOutputSeen = !Console.IsOutputRedirected,
        IsErrorSeen = !Console.IsErrorRedirected,
        ReadSecretly = ReadKeys,
    };

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Standard input and output as bytes, for whole files.</summary>
    public Func<Stream> OpenIn { get; init; } = Console.OpenStandardInput;

    /// <inheritdoc cref="OpenIn"/>
    public Func<Stream> OpenOut { get; init; } = Console.OpenStandardOutput;

    /// <summary>A person types what <see cref="In"/> gives.</summary>
    public bool IsInputTyped { get; init; }

    /// <summary>A person sees <see cref="Out"/>; otherwise it goes to a file or another program.</summary>
    public bool IsOutputSeen { get; init; }

    public bool IsErrorSeen { get; init; }

    /// <summary>Reads a line that is not shown while it is typed; null when there is nobody to type it.</summary>
    public Func<string?>? ReadSecretly { get; init; }

    /// <summary>There is somebody to be asked.</summary>
    public bool CanAsk => IsInputTyped && IsErrorSeen;

    /// <summary>Letters in a line.</summary>
    public int Width => IsErrorSeen && this == OfProcess && Console.WindowWidth is > 0 and var width ? width : DefaultWidth;

    /// <summary>A question stands there and is not answered yet.</summary>
    public bool IsAsking { get; private set; }

    /// <summary>Asks for a line. Questions go to <see cref="Error"/>: what a command gives out stays clean. Null when nobody can answer.</summary>
    public string? Ask(string question, bool isSecret = false)
    {
        if (!CanAsk)
            return null;
        Error.Write(question);
        Error.Flush();
        IsAsking = true;
        var answer = isSecret ? ReadSecretly?.Invoke() : In.ReadLine();
        IsAsking = false;
        if (isSecret)
            Error.WriteLine();
        return answer;
    }

    private static string? ReadKeys()
    {
        var typed = new System.Text.StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return typed.ToString();
                case ConsoleKey.D when key.Modifiers == ConsoleModifiers.Control && typed.Length == 0:
                    return null;
                case ConsoleKey.U when key.Modifiers == ConsoleModifiers.Control:
                    typed.Clear();
                    break;
                case ConsoleKey.Backspace:
                    typed.Length -= Math.Min(1, typed.Length);
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                        typed.Append(key.KeyChar);
                    break;
            }
        }
    }
}
