using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>How an operation ended.</summary>
/// <param name="End"><c>succeeded</c>, <c>failed</c>, <c>cancelled</c>, or <c>unknown</c> when the server lost sight of it.</param>
/// <param name="Message">In words for people; null when there is nothing to say.</param>
/// <param name="Code">XAPI's code of the failure; null when there is none.</param>
/// <param name="MadePool">The pool of the object that it made; null when it made none.</param>
/// <param name="MadeUuid">The uuid of the object that it made; null when it made none.</param>
public sealed record OperationEnd(string End, string? Message, string? Code, string? MadePool, string? MadeUuid)
{
    /// <summary>It did what it was asked to.</summary>
    public bool IsSuccess => End == "succeeded";

    internal static OperationEnd Of(JsonElement answer) =>
        new(Text(answer, "end")!, Text(answer, "message"), Text(answer, "code"), Made(answer, "pool"), Made(answer, "uuid"));

    private static string? Made(JsonElement answer, string name) => answer.TryGetProperty("made", out var made) && made.ValueKind == JsonValueKind.Object ? Text(made, name) : null;

    private static string? Text(JsonElement value, string name) => value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
