using System.Net.WebSockets;
using System.Text.Json;

namespace XoBlazor.Core.Consoles;

/// <summary>The first words on a console's socket: which leave somebody comes with. They travel here because addresses stand in logs.</summary>
/// <param name="Ticket">For a new place; null for one they had.</param>
/// <param name="Resume">For a place that they had; null for a new one.</param>
public sealed record ConsoleGreeting(string? Ticket, string? Resume)
{
    private const int Longest = 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Waits for them. Fails with <see cref="ConsoleRefusedException"/> when something else comes, or nothing; with <see cref="WebSocketException"/> when the socket breaks.</summary>
    public static async Task<ConsoleGreeting> ReadAsync(WebSocket socket, TimeProvider time, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var bytes = new byte[Longest];
        var length = 0;
        while (length < bytes.Length)
        {
            var part = await socket.ReceiveAsync(bytes.AsMemory(length), either.Token);
            length += part.Count;
            if (part.MessageType != WebSocketMessageType.Text)
                break;
            if (part.EndOfMessage)
                return Parse(bytes.AsSpan(0, length)) ?? throw Wrong();
        }

        throw Wrong();
    }

    /// <summary>Says why nobody is let in, and closes.</summary>
    public static async Task RefuseAsync(WebSocket socket, ConsoleRefusedException refusal, CancellationToken cancellation)
    {
        try
        {
            await socket.SendAsync(ConsoleControl.End(refusal.Code, refusal.Message), WebSocketMessageType.Text, true, cancellation);
            await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, refusal.Code, cancellation);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            socket.Abort();
        }
    }

    private static ConsoleGreeting? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            using var message = JsonDocument.ParseValue(ref reader);
            var greeting = message.RootElement.ValueKind == JsonValueKind.Object ? new ConsoleGreeting(Text(message.RootElement, "ticket"), Text(message.RootElement, "resume")) : null;
            return greeting is { Ticket: null, Resume: null } ? null : greeting;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement message, string name) => message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ConsoleRefusedException Wrong() =>
        new("bad-ticket", "A console's socket begins with a text message that holds its ticket. Open the console from its page.");
}
