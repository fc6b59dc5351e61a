namespace XoBlazor.Core.Consoles;

/// <summary>How it stands between the relay and the host.</summary>
/// <param name="Name"><c>connecting</c>, <c>live</c> or <c>waiting</c>.</param>
/// <param name="Code">Why it waits, for programs; null when it does not.</param>
/// <param name="Text">The same for people; null when there is nothing to say.</param>
/// <param name="Veiled">The same for people who may not see the host.</param>
internal sealed record ConsoleState(string Name, string? Code = null, string? Text = null, string? Veiled = null)
{
    public const string WaitingName = "waiting";

    public static ConsoleState Connecting { get; } = new("connecting");

    public static ConsoleState Live { get; } = new("live");

    public static ConsoleState Waiting(string code, string text, string? veiled = null) => new(WaitingName, code, text, veiled ?? text);
}
