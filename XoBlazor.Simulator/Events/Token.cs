using System.Globalization;
using XoBlazor.Simulator.Calls;

namespace XoBlazor.Simulator.Events;

/// <summary>How far a client has read: the generation of the database and of the messages.</summary>
internal readonly record struct Token(long Database, long Messages)
{
    public static Token Start { get; } = new(-1, -1);

    public static Token Parse(string text)
    {
        if (text.Length == 0)
            return Start;
        var parts = text.Split(',');
        return parts.Length == 2 && TryParse(parts[0], out var database) && TryParse(parts[1], out var messages)
            ? new(database, messages) : throw new XapiException("EVENT_FROM_TOKEN_PARSE_FAILURE", text);

        static bool TryParse(string part, out long number) =>
            long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(Database, 0):D20},{Math.Max(Messages, 0):D20}");
}
