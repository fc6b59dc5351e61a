using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>A record of the audit.</summary>
/// <param name="Number">Counted without gaps; one that comes again has the same.</param>
/// <param name="Hash">Its link in the chain of the audit.</param>
/// <param name="Record">
/// An object: <c>time</c>, <c>category</c>, <c>action</c>, <c>outcome</c>, <c>actorId</c>, <c>actor</c>; where they are known <c>role</c>, <c>address</c>, <c>face</c>, <c>kind</c>, <c>pool</c>,
/// <c>target</c>, <c>targetName</c>, <c>parameters</c>, <c>message</c>, <c>of</c>, <c>milliseconds</c> and more.
/// </param>
public sealed record RecordedEntry(long Number, string Hash, JsonElement Record)
{
    /// <summary>What was done, such as <c>vm.start</c>.</summary>
    public string Action => Text("action");

    /// <summary><c>Begun</c>, <c>Succeeded</c>, <c>Failed</c>, <c>Refused</c>, <c>Cancelled</c> or <c>Unknown</c>.</summary>
    public string Outcome => Text("outcome");

    /// <summary>The name of who did it.</summary>
    public string Actor => Text("actor");

    /// <summary>When it was written, UTC, such as <c>2026-01-31T12:00:00.000Z</c>.</summary>
    public string Time => Text("time");

    internal static RecordedEntry Of(JsonElement entry) => new(entry.GetProperty("number").GetInt64(), entry.GetProperty("hash").GetString()!, entry.GetProperty("record"));

    private string Text(string name) => Record.GetProperty(name).GetString()!;
}
